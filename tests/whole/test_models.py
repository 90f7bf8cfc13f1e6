"""The sample week by a model that is honest, lies, is odd, or is broken; and by one that can't be reached or paid."""

import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest

from digest.domain.issue import Issue
from digest.llm.wording import worded
from tests.cli.conftest import ran
from tests.cli.test_run import SCHEMA, digests
from tests.llm.server import FAULTS, FORMS, MODES, ModelServer
from tests.whole.claims import claims, editions, faults, sources, told_lies

WEEK = ("run", "--week", "2026-W25", "--sample", "--engine", "openai")
ONE = (*WEEK, "--no-collect", "--publication", "recsys-weekly")

# What the local engine does where a lie can't be used at all; "" where the model's words stay, less the lies.
LYING = {
    "liar": "", "wrong_figures": "", "dropped_qualifiers": "", "swapped_companies": "", "invented_quotes": "",
    "invented_links": "Item notes", "obeys": "", "unknown_ids": "Scores, Item notes", "double_ids": "Scores",
    "missing_ids": "Scores, Item notes", "score_7": "Scores", "score_five": "Scores", "score_nan": "Scores",
    "another": "",
}  # fmt: skip
# What a server does before, around or instead of an answer, and yet the answer is there in the end; a server that is
# slow at first keeps two questions waiting beyond their time.
ODD = {
    "fences": "status_200", "thinking": "status_200", "repaired": "status_200", "reasoner": "status_200",
    "no_usage": "status_200", "slow_first": "status_200", "rate_limited": "status_429", "failing": "status_500",
    "unstructured": "status_400", "object_only": "status_400", "no_temperature": "status_400", "context": "status_400",
}  # fmt: skip
UNUSABLE, DECLINED = "the model's answer could not be used", "the model declined"
UNREACHED, REFUSED = "the model could not be reached", "the model's server refused the key"
BROKEN = {
    "truncated": UNUSABLE, "empty": UNUSABLE, "prose": UNUSABLE, "huge": UNUSABLE, "refusal": DECLINED,
    "filtered": DECLINED, "hang": UNREACHED, "drop": UNREACHED, "midway": UNREACHED, "down": UNREACHED,
    "not_a_completion": UNREACHED, "broken": UNREACHED, "unauthorised": REFUSED, "forbidden": REFUSED, "quota": REFUSED,
    "unknown_model": "the server does not know the model", "odd_request": "the model's server rejected the request",
}  # fmt: skip
# Tried on one question in tests/llm: here only in the long series.
LONG = {
    "liar", "another", "thinking", "repaired", "reasoner", "no_usage", "slow_first", "object_only", "no_temperature",
    "prose", "filtered", "broken", "midway", "down", "not_a_completion", "forbidden", "quota", "odd_request",
}  # fmt: skip


def _modes(table: Mapping[str, str]) -> list[object]:
    return [pytest.param(mode, marks=pytest.mark.chaos) if mode in LONG else mode for mode in table]


def test_every_mode_of_the_server_is_tried_here() -> None:
    assert {*LYING, *ODD, *BROKEN, "honest"} == MODES
    assert set(BROKEN) | set(ODD) == FAULTS | set(FORMS)


def test_an_honest_model_writes_and_a_second_run_asks_nothing(
    tmp_path: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = ran(*WEEK)
    assert first.code == 0, first.err
    asked, before = writer.calls, digests(tmp_path)
    found = editions(tmp_path / "sample/public")
    assert len(found) == 18
    assert {issue.engine for issue in found.values()} == {"fake-best"}
    assert asked > len(found)
    assert f"model: {asked} calls" in first.out
    _hold(tmp_path)
    again = ran(*WEEK)
    assert again.code == 0, again.err
    assert (writer.calls - asked, "nothing changed" in again.out) == (0, True)
    assert "model: 0 calls" in again.out
    assert digests(tmp_path) == before


@pytest.mark.parametrize("mode", _modes(LYING))
def test_nothing_that_a_liar_adds_is_published(here: Path, writer: ModelServer, mode: str) -> None:
    local = editions(here / "sample/public", "recsys-weekly")
    writer.mode = mode
    done = ran(*ONE)
    assert done.code == 0, done.err
    assert writer.calls > 20
    assert writer.faults == []
    found = _hold(here)
    for address, issue in found.items():
        notes = " ".join(issue.engine_notes)
        assert issue.language == "zh" or all(part in notes for part in LYING[mode].split(", ")), (address, notes)
        if "Scores" in LYING[mode]:
            assert _scores(issue) == _scores(local[address])


@pytest.mark.parametrize("mode", _modes(ODD))
def test_an_odd_server_s_model_writes_all_the_same(
    here: Path, writer: ModelServer, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_LLM_TIMEOUT_S", "3" if mode == "slow_first" else "20")
    writer.context_chars = 1_000
    writer.mode = mode
    done = ran(*ONE)
    assert done.code == 0, done.err
    found = _hold(here)
    assert {issue.engine for issue in found.values()} == {"fake-best"}
    assert writer.counts[ODD[mode]] > 0
    notes = [note for issue in found.values() for note in issue.engine_notes if "by the local engine" in note]
    if mode == "slow_first":  # the questions that got no answer in their time, and no others
        assert set(notes) <= {f"Scores: {writer.failures} by the local engine (the model could not be reached)."}, notes
    else:
        assert all("too long for the model" in note and not note.startswith(("Scores", "Item notes")) for note in notes)
        assert bool(notes) == (mode == "context"), notes


@pytest.mark.parametrize("mode", _modes(BROKEN))
def test_a_broken_model_leaves_the_writing_to_the_local_engine_and_it_is_said(
    here: Path, writer: ModelServer, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = editions(here / "sample/public", "recsys-weekly")
    monkeypatch.setenv("DIGEST_LLM_TIMEOUT_S", "1" if mode == "hang" else "20")
    writer.mode = mode
    done = ran(*ONE)
    assert done.code == 0, done.err
    for address, issue in _hold(here).items():
        assert issue.engine == "local", address
        assert _words(issue) == _words(local[address])
        assert set(issue.engine_notes) >= set(
            worded([f"Item notes: {_count(issue)} ({BROKEN[mode]})."], issue.language)
        )
        page = (here / "sample/public" / address / "issue.md").read_text("utf-8")
        assert all(note in page for note in issue.engine_notes), issue.engine_notes


def test_a_switch_forbids_real_calls_and_leaves_the_cache(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MODEL", "forbidden")
    assert ran(*ONE).code == 0
    assert writer.calls == 0
    for issue in _hold(here).values():
        assert issue.engine == "local"
        (note,) = worded([f"Item notes: {_count(issue)} (model calls are switched off)."], issue.language)
        assert note in issue.engine_notes
    monkeypatch.delenv("DIGEST_MODEL")
    assert ran(*ONE).code == 0
    asked, before = writer.calls, digests(here)
    assert asked > 0
    monkeypatch.setenv("DIGEST_MODEL", "forbidden")
    assert "nothing changed" in ran(*ONE).out
    assert (writer.calls, digests(here)) == (asked, before)


def _hold(folder: Path) -> Mapping[str, Issue]:
    """Hold what was published against the schema and its sources; return the number that the model was asked for."""
    texts = sources(folder / "sample/digest.db")
    public = folder / "sample/public"
    found = editions(public)
    assert {issue.language for issue in found.values()} == {"en", "zh"}
    for address, issue in found.items():
        jsonschema.validate(json.loads((public / address / "issue.json").read_bytes()), SCHEMA)
        assert list(claims(issue)), address
        assert faults(issue, texts) == [], address
    assert told_lies(public) == []
    mine = editions(public, "recsys-weekly")
    assert len(mine) == 2
    return mine


def _count(issue: Issue) -> str:
    return f"{len(issue.entries)} by the local engine"


def _scores(issue: Issue) -> list[tuple[str, float]]:
    return [(entry.id, entry.value) for entry in issue.entries]


def _words(issue: Issue) -> list[object]:
    return [(entry.id, entry.summary) for entry in issue.entries]
