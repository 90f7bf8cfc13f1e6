"""A number made again from its record, with the model's server gone and the answers' cache emptied."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, ran
from tests.llm.server import ModelServer
from tests.whole.claims import editions

WEEK = ("run", "--week", "2026-W25", "--sample", "--engine", "openai", "--no-collect", "--publication", "recsys-weekly")
ISSUE = "recsys-weekly/2026-W25"


def _replayed(*words: str) -> list[Ran]:
    return [ran("replay", f"{ISSUE}/{language}", "--sample", *words) for language in ("en", "zh")]


def _forget() -> None:
    """Empty the answers' cache, as retention and a vacuum would."""
    with closing(sqlite3.connect("sample/digest.db")) as database:
        database.execute("DELETE FROM answers")
        database.commit()
    assert "bytes before" in ran("vacuum", "--config", str(_config())).out


def _config() -> Path:
    path = Path("vacuum.toml")
    path.write_text('[digest]\ndatabase = "sqlite:///sample/digest.db"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("mode", ["honest", "liar", "broken", "context"])
def test_the_bytes_are_the_same_without_server_cache_and_key(
    here: Path, writer: ModelServer, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.mode = mode
    made = ran(*WEEK)
    assert made.code == 0, made.err
    asked = writer.calls
    assert asked > 20
    _forget()
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("DIGEST_LLM_BASE_URL")
    assert [(done.code, done.out, done.err) for done in _replayed("--diff")] == [(0, "the same bytes\n", "")] * 2
    assert writer.calls == asked
    notes = [issue.engine_notes for issue in editions(here / "sample/public", "recsys-weekly").values()]
    assert all(notes) or mode != "broken"


def test_without_its_record_an_emptied_cache_gives_other_bytes(here: Path, writer: ModelServer) -> None:
    """What makes the test above able to fail."""
    assert ran(*WEEK).code == 0
    with closing(sqlite3.connect("sample/digest.db")) as database:
        database.execute("DELETE FROM records")
        database.commit()
    assert [done.out for done in _replayed()] == ["the same bytes\n"] * 2  # from the cache
    _forget()
    assert [(done.code, done.out) for done in _replayed()] == [(1, "differs\n")] * 2


def test_what_a_cap_left_out_is_left_out_again(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", "0.004")
    assert ran(*WEEK).code == 0
    found = editions(here / "sample/public", "recsys-weekly")
    assert all("budget" in note or "预算" in note for issue in found.values() for note in issue.engine_notes[:1])
    assert all(issue.engine_notes for issue in found.values())
    _forget()
    monkeypatch.delenv("DIGEST_LLM_BUDGET_USD_PER_RUN")
    assert [done.out for done in _replayed()] == ["the same bytes\n"] * 2


def test_a_number_that_the_local_engine_made_anew_has_no_record_left(here: Path, writer: ModelServer) -> None:
    assert ran(*WEEK).code == 0
    assert ran(*WEEK, "--engine", "local").code == 0
    assert [done.out for done in _replayed()] == ["the same bytes\n"] * 2
    assert {issue.engine for issue in editions(here / "sample/public", "recsys-weekly").values()} == {"local"}


def test_another_model_shows_what_it_would_have_changed_and_is_paid_for(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ran(*WEEK).code == 0
    before = {path: path.read_bytes() for path in sorted((here / "sample/public").rglob("issue.json"))}
    paid = _paid()
    with ModelServer("another") as other:
        other.keep = False
        monkeypatch.setenv("DIGEST_LLM_BASE_URL", other.base_url)
        done = ran("replay", f"{ISSUE}/en", "--sample", "--model", "gpt-4o", "--diff")
        asked = other.calls
        again = ran("replay", f"{ISSUE}/en", "--sample", "--model", "gpt-4o", "--diff")
        assert other.calls == asked  # its answers are in the cache now
    assert (done.code, again.out) == (0, done.out)
    kinds = {line.split(":")[0] for line in done.out.splitlines()}
    assert kinds >= {
        "items gone",
        "items new",
        "rescored",
        "sentences gone",
        "sentences new",
        "figures gone",
        "differs",
    }
    assert kinds & {"renamed", "threads gone", "threads new"}
    assert re.search(r"^rescored: \S+ -> [\d.]+ -> [\d.]+$", done.out, re.MULTILINE)
    assert asked > 20
    assert _paid() > paid
    assert {path: path.read_bytes() for path in before} == before
    assert [one.out for one in _replayed()] == ["the same bytes\n"] * 2


def _paid() -> float:
    with closing(sqlite3.connect("sample/digest.db")) as database:
        return float(database.execute("SELECT coalesce(sum(usd), 0) FROM payments").fetchone()[0])


def test_a_damaged_record_is_named(here: Path, writer: ModelServer) -> None:
    assert ran(*WEEK).code == 0
    with closing(sqlite3.connect("sample/digest.db")) as database:
        database.execute("UPDATE records SET document = x'00'")
        database.commit()
    done = ran("replay", f"{ISSUE}/en", "--sample")
    assert (done.code, "its record of model calls is damaged" in done.err) == (5, True)


def test_what_can_t_be_replayed_is_said(here: Path, writer: ModelServer) -> None:
    assert ran("replay", "recsys-weekly/2026-W24/en", "--sample").code == 2
    assert ran("replay", f"{ISSUE}/fr", "--sample").code == 2
    with closing(sqlite3.connect("sample/digest.db")) as database:
        database.execute("DELETE FROM sightings")
        database.execute("UPDATE items SET source = 'gone'")
        database.commit()
    done = ran("replay", f"{ISSUE}/en", "--sample")
    assert (done.code, "nothing of its period" in done.err) == (5, True)
