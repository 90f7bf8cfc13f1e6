"""The recorded world by an honest model: both editions with equal figures, again for nothing, and again without it."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.domain.issue import Claim, Issue
from digest.quantity import quantities
from tests.cli.conftest import ran
from tests.llm.server import ModelServer
from tests.whole import world
from tests.whole.claims import claims, editions, faults, sources
from tests.whole.origin import at

pytestmark = [pytest.mark.shared, pytest.mark.slow]
RUN = ("run", "--week", "2026-W25", "--config", "config.toml")
NUMBERS = [("ai-weekly", "2026-W25"), ("recsys-weekly", "2026-W25"), ("ai-tech-daily", "2026-06-17")]


def test_equal_figures_a_free_second_run_and_the_same_bytes_offline(
    shared: Path, tmp_path: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.keep = False
    monkeypatch.chdir(tmp_path)
    with world.world(shared, at("2026-06-22T09:00")) as url:
        Path("config.toml").write_text(
            world.configuration(shared, url, "smtp://127.0.0.1:9", model.base_url), encoding="utf-8"
        )
        first = ran(*RUN, "--engine", "openai", "--no-send")
        assert first.code == 0, first.err
        asked = model.calls
        assert f"model: {asked} calls" in first.out
        again = ran(*RUN, "--engine", "openai", "--no-send")
    assert (again.code, model.calls - asked) == (0, 0), again.err
    assert "model: 0 calls" in again.out
    assert "nothing changed" in again.out
    found = editions(tmp_path / "public")
    assert {issue.engine for issue in found.values()} == {"fake-best"}
    texts = sources(tmp_path / "digest.db")
    for address, issue in found.items():
        assert faults(issue, texts) == [], address
    pairs = [(found[a], found[a.removesuffix("en") + "zh"]) for a in found if a.endswith("/en")]
    assert len(pairs) == 9
    assert sum(_equal(english, chinese) for english, chinese in pairs) > 200
    _replayed(model, asked)


def _replayed(model: ModelServer, asked: int) -> None:
    """Replay with the server switched off and the answers' cache emptied."""
    model.shutdown()
    model.server_close()
    with closing(sqlite3.connect("digest.db")) as database:
        database.execute("DELETE FROM answers")
        database.commit()
    shutil.rmtree("public")
    for publication, period in NUMBERS:
        for language in ("en", "zh"):
            done = ran("replay", f"{publication}/{period}/{language}", "--diff", "--config", "config.toml")
            assert (done.code, done.out) == (0, "the same bytes\n"), (publication, done.err)
    assert model.calls == asked


def _equal(english: Issue, chinese: Issue) -> int:
    """Assert that sentence for sentence both editions carry the same figures on the same items; count the figures."""
    mine, theirs = (list(_places(issue)) for issue in (english, chinese))
    assert [place for place, _ in mine] == [place for place, _ in theirs]
    count = 0
    for (place, one), (_, other) in zip(mine, theirs, strict=True):
        assert (one.kind, {c.item for c in one.citations}) == (other.kind, {c.item for c in other.citations}), place
        assert _figures(one) == _figures(other), (place, one.text, other.text)
        count += _figures(one).total()
    assert [entry.id for entry in english.entries] == [entry.id for entry in chinese.entries]
    assert [entry.value for entry in english.entries] == [entry.value for entry in chinese.entries]
    assert english.counts == chinese.counts
    return count


def _places(issue: Issue) -> Iterator[tuple[str, Claim]]:
    for n, claim in enumerate(claims(issue)):
        yield f"{issue.period} {n}", claim


def _figures(claim: Claim) -> Counter[object]:
    """Count the figures of a sentence: by value, for a unit may be written in the other script; of a count by name."""
    if claim.kind == "computed":
        return Counter(dict(claim.figures).items())
    return Counter((quantity.value, quantity.high) for quantity in quantities(claim.text))
