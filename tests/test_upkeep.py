"""How the program says that it does, from what the store remembers."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest import upkeep
from digest.domain.item import Source
from digest.steps.context import Context
from digest.store import sources
from digest.store.database import Database
from digest.store.sources import Check
from tests.deliver.office import NOW, office

OLD = timedelta(days=100)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with Database.open(f"sqlite:///{tmp_path / 'digest.db'}") as database:
        made = office(database, tmp_path)
        config = replace(
            made.config,
            digest=replace(made.config.digest, database=f"sqlite:///{tmp_path / 'digest.db'}"),
            sources=tuple(Source(kind="feed", slug=slug, title=slug) for slug in ("lively", "silent", "broken")),
        )
        yield replace(made, config=config)


def checked(context: Context, *checks: Check, ago: timedelta = timedelta()) -> None:
    with context.database.write() as tx:
        sources.record(tx, NOW - ago, checks)


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def states(context: Context) -> dict[str, tuple[str, str]]:
    return {str(row["what"]): (str(row["state"]), str(row["note"])) for row in upkeep.examine(context)}


def test_a_source_that_was_never_read_is_no_trouble(context: Context) -> None:
    assert states(context)["sources"] == ("note", "none was read yet; run: digest collect")
    assert {row["status"] for row in upkeep.sources(context)} == {"never read"}


def test_silence_beyond_the_rhythm_is_named(context: Context) -> None:
    checked(context, Check(slug="silent", status="ok", seen=3, new=3), ago=OLD)
    checked(context, Check(slug="silent", status="ok", seen=3), Check(slug="lively", status="ok", seen=1, new=1))
    assert [row["status"] for row in upkeep.sources(context)] == ["ok", "stale", "never read"]
    assert states(context)["sources"] == ("ok", "2 read; stale: silent")
    found = upkeep.status(context)
    assert found["stale"] == ["silent"]
    assert "source silent is stale: silent beyond its rhythm" in list(upkeep.status_lines(found))


def test_a_failing_source_is_wrong_and_counted(context: Context) -> None:
    for _ in range(2):
        checked(context, Check(slug="broken", status="failed", error="503"))
    checked(context, Check(slug="lively", status="ok", seen=1, new=1))
    assert states(context)["sources"] == ("wrong", "1 of 3 failed at their last check: broken")
    assert "source broken failed 2 times in a row: 503" in list(upkeep.status_lines(upkeep.status(context)))


def test_a_token_is_asked_for_where_it_is_needed(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(context)["X token"] == ("ok", "no X source is configured")
    with_x = replace(context, config=replace(context.config, sources=(Source(kind="x", slug="x", title="X"),)))
    assert states(with_x)["X token"] == ("note", "X_BEARER_TOKEN is not set: X sources are not read")
    monkeypatch.setenv("X_BEARER_TOKEN", "t")
    assert states(with_x)["X token"] == ("ok", "X_BEARER_TOKEN is set")


def test_what_is_missing_is_wrong(context: Context, tmp_path: Path) -> None:
    assert states(context)["configuration"][0] == "ok"
    (tmp_path / "file").touch()
    table = replace(context.config.digest, output=str(tmp_path / "file" / "public"), database="sqlite:///none.db")
    bare = replace(context, config=replace(context.config, sources=(), origin="my.toml", digest=table))
    found = states(bare)
    assert found["configuration"] == ("wrong", "my.toml needs at least one [[source]] and one [[publication]]")
    assert found["output folder"] == (
        "wrong",
        f"{table.output}: can't be written (Not a directory); check [digest] output",
    )
    assert found["database"][0] == "wrong"


def test_a_disk_without_room_is_wrong_for_database_and_output(context: Context, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with full_disk(40_000):
        found = states(context)
    assert found["output folder"] == (
        "wrong",
        f"{context.output}: can't be written (File too large); check [digest] output",
    )
    assert found["database"] == ("wrong", f"{tmp_path}: can't be written (File too large); free space on its disk")
    assert [path.name for path in sorted(tmp_path.iterdir())] == [path.name for path in before]
