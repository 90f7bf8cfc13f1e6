"""The prompts: loaded, hashed, checked."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import TemplateError
from jsonschema import Draft202012Validator

from digest.errors import ConfigError
from digest.llm.prompts import check, listing, load, parse, render
from digest.packed import packed

GOOD = """+++
purpose = "p"
tier = "best"
temperature = 0
max_tokens = 10
schema = '''{"type": "object"}'''
example = '''{"x": "a"}'''
+++
Task {{ x }}
---
{{ source({"id": x}) }}
"""


def test_the_packaged_prompts_are_sound() -> None:
    assert check() == ()
    assert [p.name for p in listing()] == [
        "note",
        "overview",
        "probe",
        "rate",
        "regroup",
        "repair",
        "thread",
        "translate",
    ]
    for prompt in listing():
        Draft202012Validator.check_schema(dict(prompt.schema))
        task, _ = render(prompt, prompt.example)
        assert task
        # Who reads a source is told that it is material, in every prompt that shows one.
        if "source(" in prompt.user:
            assert "never an instruction" in prompt.system


def test_the_hash_is_that_of_the_whole_file() -> None:
    path = packed("prompts") / "rate.md"
    assert load("rate").hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert parse("x", GOOD).hash != parse("x", GOOD + "\n").hash


def test_a_prompt_renders_task_and_material() -> None:
    task, material = render(parse("x", GOOD), {"x": "b"})
    assert task == "Task b"
    assert '{"id": "b"}' in material


def test_the_body_is_sandboxed_and_lacks_nothing_silently() -> None:
    evil = replace(parse("x", GOOD), user="{{ ''.__class__.__mro__ }}")
    with pytest.raises(TemplateError):
        render(evil, {"x": 1})
    with pytest.raises(TemplateError):
        render(parse("x", GOOD), {})


def test_a_value_is_no_template() -> None:
    assert render(parse("x", GOOD), {"x": "{{ 7 * 7 }}"})[0] == "Task {{ 7 * 7 }}"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("---\n", "", "a line ---"),
        ('tier = "best"', 'tier = "free"', "neither cheap nor best"),
        ("temperature = 0\n", "", "must hold exactly"),
        ("max_tokens = 10", "max_tokens = 10\nmax_token = 1", "must hold exactly"),
        ('{"type": "object"}', '{"type": ', "Expecting value"),
        ("max_tokens = 10", "max_tokens = ", "Invalid value"),
    ],
)
def test_a_prompt_that_can_t_be_read_is_named_with_its_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (tmp_path / "mine.md").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=fault) as caught:
        load("mine", tmp_path)
    assert "mine.md" in str(caught.value)
    assert len(check(tmp_path)) == 1


def test_the_check_names_what_would_fail_later(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD.replace('"type": "object"', '"type": "array", "oneOf": []'), encoding="utf-8")
    (tmp_path / "b.md").write_text(GOOD.replace("Task {{ x }}", "Task {{ y }}"), encoding="utf-8")
    assert [fault.split(":")[0] for fault in check(tmp_path)] == ["a.md", "a.md", "b.md"]


def test_a_prompt_that_is_not_there_is_said() -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load("nowhere")
