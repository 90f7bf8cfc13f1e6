"""The sample week by a model that is honest, lies, or is broken."""

from pathlib import Path

import pytest

from tests.cli.conftest import ran
from tests.cli.test_run import digests
from tests.llm.server import ModelServer
from tests.whole.claims import claims, editions, faults, sources, told_lies
from tests.whole.conftest import WEEKLIES

WEEK = ("run", "--week", "2026-W25", "--sample", "--engine", "openai")


def _hold(folder: Path) -> None:
    texts = sources(folder / "sample/digest.db")
    found = editions(folder / "sample/public")
    assert {issue.language for issue in found.values()} == {"en", "zh"}
    for address, issue in found.items():
        assert list(claims(issue)), address
        assert faults(issue, texts) == [], address
    assert told_lies(folder / "sample/public") == []


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
    _hold(tmp_path)
    again = ran(*WEEK)
    assert again.code == 0, again.err
    assert (writer.calls - asked, "nothing changed" in again.out) == (0, True)
    assert digests(tmp_path) == before


@pytest.mark.parametrize(
    "mode",
    [
        "liar",
        "swapped_companies",
        "invented_quotes",
        *(
            pytest.param(mode, marks=pytest.mark.chaos)
            for mode in (
                "wrong_figures", "dropped_qualifiers", "invented_links",
                "unknown_ids", "double_ids", "missing_ids", "obeys", "score_7", "score_nan",
            )
        ),
    ],
)  # fmt: skip
def test_nothing_that_a_liar_adds_is_published(here: Path, writer: ModelServer, mode: str) -> None:
    writer.mode = mode
    done = ran(*WEEK, *WEEKLIES, "--no-collect")
    assert done.code == 0, done.err
    assert writer.calls > 20
    assert writer.faults == []
    assert len(editions(here / "sample/public")) == 4
    _hold(here)


@pytest.mark.parametrize(
    "mode",
    [
        "broken",
        *(
            pytest.param(mode, marks=pytest.mark.chaos)
            for mode in ("refusal", "down", "drop", "prose", "empty", "truncated", "unauthorised", "quota")
        ),
    ],
)  # fmt: skip
def test_a_broken_model_leaves_the_writing_to_the_local_engine_and_it_is_said(
    here: Path, writer: ModelServer, mode: str
) -> None:
    local = editions(here / "sample/public")
    writer.mode = mode
    done = ran(*WEEK, *WEEKLIES[:2], "--no-collect")
    assert done.code == 0, done.err
    _hold(here)
    for address, issue in editions(here / "sample/public", "recsys-weekly").items():
        assert issue.engine == "local", address
        assert [entry.summary for entry in issue.entries] == [entry.summary for entry in local[address].entries]
        assert any(note.startswith("Item notes") for note in issue.engine_notes), issue.engine_notes
        page = (here / "sample/public" / address / "issue.md").read_text("utf-8")
        assert all(note in page for note in issue.engine_notes), issue.engine_notes
