"""The documentation against the program: nothing undocumented, and nothing documented that is not there."""

import dataclasses
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from digest import config
from digest.cli.main import group
from tests.conftest import ROOT

DOCS = ROOT / "docs"
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
COMMON = {"--config", "--now"}


def commands(of: click.Command = group, name: str = "digest") -> Iterator[tuple[str, click.Command]]:
    if not isinstance(of, click.Group):
        yield name, of
        return
    context = click.Context(of)
    for each in of.list_commands(context):
        found = of.get_command(context, each)
        assert found is not None
        yield from commands(found, f"{name} {each}")


COMMANDS = dict(commands())


def sections(text: str, level: int = 3) -> dict[str, str]:
    """Parts of a page by the code in their heading."""
    parts = re.split(rf"^#{{{level}}} (.+)$", text, flags=re.MULTILINE)
    bodies = [re.split(rf"^#{{1,{level}}} ", body, maxsplit=1, flags=re.MULTILINE)[0] for body in parts[2::2]]
    return {head.strip(): body for head, body in zip(parts[1::2], bodies, strict=True)}


def documented_commands() -> dict[str, str]:
    """Bodies of the commands' sections by the command's name, without its arguments."""
    heads = {head.strip("`"): body for head, body in sections(REFERENCE).items() if head.startswith("`digest ")}
    return {re.split(r" [A-Z\[]", head)[0]: body for head, body in heads.items()}


def code_blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def table(heading: str) -> dict[str, tuple[str, str]]:
    """Rows of a configuration table: key to default and meaning."""
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \| (.*) \|$", sections(REFERENCE)[heading], flags=re.MULTILINE)
    return {key: (default.strip("`"), meaning) for key, default, meaning in rows}


def headings() -> dict[str, str]:
    lists = ("hook", "source", "publication")
    return {name: f"`[[{name}]]`" if name in lists else f"`[{name}]`" for name in config.keys()}  # noqa: SIM118  a function


def test_every_command_has_its_section_and_no_other_has_one() -> None:
    assert set(documented_commands()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_at_its_command(name: str) -> None:
    body = documented_commands()[name]
    options = [o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")]
    assert [o for o in options if o not in COMMON and not re.search(rf"`{o}[ `]", body)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_does_not_exist(name: str) -> None:
    rows = [line for line in documented_commands()[name].splitlines() if line.startswith("| `-")]
    told = {option for row in rows for option in re.findall(r"`(--[a-z-]+)", row.split("|")[1])}
    assert told <= {o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts)}


def test_options_of_all_commands_are_documented_once() -> None:
    common = sections(REFERENCE, 2)["Common to all commands"]
    assert all(f"`{option} " in common for option in COMMON)
    assert all({o for p in found.params for o in p.opts} >= COMMON for found in COMMANDS.values())


@pytest.mark.parametrize("name", headings())
def test_every_key_is_documented_and_no_other(name: str) -> None:
    assert set(table(headings()[name])) == set(config.keys()[name])


@pytest.mark.parametrize("name", sorted(set(headings()) - {"hook", "source", "publication"}))
def test_defaults_are_those_of_the_program(name: str) -> None:
    kind = type(getattr(config.Config(), name))
    keys = {f.metadata.get("key", f.name): f.default for f in dataclasses.fields(kind)}
    told = {key: tomllib.loads(f"value = {default}")["value"] for key, (default, _) in table(headings()[name]).items()}
    assert told == {key: list(default) if isinstance(default, tuple) else default for key, default in keys.items()}


def test_a_key_that_nothing_uses_is_said_to_have_no_effect() -> None:
    modules = [p for p in (ROOT / "digest").rglob("*.py") if p.parent.name != "config"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    attributes = {"from": "sender", "title": "titles", "url": "url", "query": "address"}
    idle = [
        f"[{name}] {key}"
        for name, heading in headings().items()
        for key, (_, meaning) in table(heading).items()
        if not re.search(rf"\.{attributes.get(key, key)}\b", code) and "no effect yet" not in meaning
    ]
    assert idle == []


def test_every_extra_is_documented_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = re.findall(r"^\| `(\w+)` \|", sections(REFERENCE, 2)["Extras"], flags=re.MULTILINE)
    assert sorted(told) == sorted(project.get("optional-dependencies", {}))


def test_every_exit_code_is_documented() -> None:
    from digest import errors  # noqa: PLC0415  read here alone

    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.DigestError)]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", sections(REFERENCE)["Exit codes"], flags=re.MULTILINE)}
    assert told == {0, *(c.exit_code for c in classes)}


def test_every_field_of_an_issue_is_documented() -> None:
    import json  # noqa: PLC0415  read here alone

    schema = json.loads((ROOT / "templates" / "issue.schema.json").read_text(encoding="utf-8"))
    shapes = [schema, *schema["$defs"].values(), schema["properties"]["cost"]]
    names = {name for shape in shapes for name in shape.get("properties", {})}
    body = sections(REFERENCE)["issue.json"]
    assert [name for name in sorted(names) if f"`{name}`" not in body] == []


def words_of(page: Path) -> Iterator[list[str]]:
    """The digest commands in a page's shell blocks and in its inline code, as words."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|console|ini)?\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line.split("  #")[0] for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(r"`(digest [a-z][^`\n]*)`", text) if page.name != "reference.md" else []
    for line in [*lines, *inline]:
        for found in re.findall(r"(?:^|[\s/|])digest ([a-z][^|<>&;]*)", line):
            yield shlex.split(found)


def unknown(words: list[str]) -> str:
    """Say what of a command line does not exist, or nothing."""
    at: click.Command = group
    rest = list(words)
    while isinstance(at, click.Group) and rest and not rest[0].startswith("-"):
        found = at.get_command(click.Context(at), rest[0])
        if found is None:
            return " ".join(words)
        at, rest = found, rest[1:]
    options = {o for p in at.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "--version"}
    return " ".join(word for word in rest if word.startswith("--") and word.split("=")[0] not in options)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_in_code_blocks_exist(page: Path) -> None:
    assert [found for words in words_of(page) if (found := unknown(words))] == []


def test_the_reading_of_commands_can_fail() -> None:
    assert unknown(["fly"]) == "fly"
    assert unknown(["run", "--weak", "2026-W25"]) == "--weak"
    assert unknown(["sources", "check", "--json"]) == ""


def test_readme_commands_are_seen_and_its_targets_exist() -> None:
    assert len(list(words_of(ROOT / "README.md"))) >= 5
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    told = {name for block in code_blocks(README) for name in re.findall(r"^make (\w+)", block, flags=re.MULTILINE)}
    assert {"run", "test"} <= told <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["quality.md", "performance.md"])
def test_figures_stand_with_the_command_that_prints_them(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    bare = [head for head, body in sections(text, 2).items() if re.search(r"\d", body) and not code_blocks(body)]
    assert list(sections(text, 2))
    assert bare == []
    assert all(
        re.search(r"digest eval|python |make ", "".join(code_blocks(b)))
        for b in sections(text, 2).values()
        if code_blocks(b)
    )


def test_pictures_are_small() -> None:
    pictures = sorted((DOCS / "screenshots").glob("*.png"))
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > 300_000] == []


def test_every_room_is_in_the_architecture() -> None:
    rooms = {p.name for p in (ROOT / "digest").iterdir() if p.suffix == ".py" and p.name != "__init__.py"}
    rooms |= {f"{p.name}/" for p in (ROOT / "digest").iterdir() if (p / "__init__.py").is_file()}
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"[\w/]+", page[page.index("    digest/\n") : page.index("    prompts/")].replace(".py", ""))
    )
    assert sorted(room for room in rooms if room.removesuffix(".py") not in named) == []


def test_every_room_of_the_architecture_is_there() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    tree = page[page.index("    digest/\n") : page.index("    tests/       mirrors")]
    inside = [
        word for line in re.findall(r"^      (\S.*)$", tree, flags=re.MULTILINE) for word in re.split(r"  +", line)[:2]
    ]
    named = [w for words in inside for w in words.split() if re.fullmatch(r"[\w]+(/|\.py|\.toml)", w)]
    assert named
    assert [n for n in named if not (ROOT / "digest" / n).exists() and not (ROOT / n).exists()] == []


def test_the_places_where_one_thing_is_changed_are_there() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    table = page[page.index("## Where to change one thing") : page.index("## Doors")]
    named = re.findall(r"`([^`]+)`", table)
    assert named
    assert [n for n in named if not any((at / n).exists() for at in (ROOT, ROOT / "digest"))] == []


def test_every_benchmark_is_in_the_table() -> None:
    from benchmarks.__main__ import MEASURES, TRAINERS  # noqa: PLC0415  read here alone

    there = {p.stem for p in (ROOT / "benchmarks").glob("*.py")} - {"__init__", "__main__"}
    assert {measure.module for measure in MEASURES} | TRAINERS == there
