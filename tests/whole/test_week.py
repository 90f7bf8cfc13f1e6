"""A daemon whose clock is moved through 2026-W25, between real servers for the sources, the model and the mail."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from digest import daemon, period
from digest.config import Config, load
from digest.store import runs
from digest.store.database import Database
from tests.deliver.sink import Sink
from tests.llm.server import ModelServer
from tests.whole import world
from tests.whole.origin import Origin, at, configuration, hours, written
from tests.whole.readers import expected, received, subscribe

DAYS = [day.name for day in period.days(period.week("2026-W25"))]
PERIODS = {"ai-tech-daily": DAYS, "ai-weekly": ["2026-W25"], "recsys-weekly": ["2026-W25"]}
START, END = at("2026-06-15T08:30"), at("2026-06-22T09:30")
_WAKING = {6, 7, 8}  # between these nothing is due: the daemon would only look at the clock


def test_each_reader_gets_each_edition_of_the_week_once(tmp_path: Path, model: ModelServer, sink: Sink) -> None:
    model.keep = False
    with Origin(START) as origin:
        config = load(written(tmp_path, configuration(origin.url, sink.url, model.base_url)))
        told = _walked(config, 40, sink, lambda now: setattr(origin, "now", now))
        assert origin.faults == []
    _in_order(config, told, tmp_path)
    assert model.calls > 0


@pytest.mark.shared
@pytest.mark.slow
def test_200_readers_of_the_recorded_world_get_each_edition_once(
    shared: Path, tmp_path: Path, model: ModelServer, sink: Sink
) -> None:
    model.keep = False
    with world.world(shared, START) as url:
        config = load(written(tmp_path, world.configuration(shared, url, sink.url, model.base_url)))
        told = _walked(config, 200, sink, lambda now: world.move(url, now))
    _in_order(config, told, tmp_path)
    assert model.calls > 0


def _walked(config: Config, count: int, sink: Sink, move: Callable[[datetime], None]) -> dict[str, datetime]:
    """Let the daemon live through the week; return when each edition was published."""
    with Database.open(config.digest.database) as database:
        wanted = subscribe(database, count, START)
    published: dict[str, datetime] = {}
    for now in [START, *hours(at("2026-06-16T06:00"), END)]:
        if now.hour not in _WAKING:
            continue
        move(now)
        for line in daemon.tick(config, now):
            what, _, slug = line.partition(" ")
            if what == "published":
                assert slug not in published
                published[slug] = now
    assert received(sink) == expected(wanted, PERIODS)
    return published


def _in_order(config: Config, published: dict[str, datetime], folder: Path) -> None:
    """The week's numbers came at their hours and by the model, and each run ran once and well."""
    for language in ("en", "zh"):
        for day, after in zip(DAYS, [*DAYS[1:], "2026-06-22"], strict=True):
            assert published[f"ai-tech-daily/{day}/{language}"] == at(f"{after}T07:00")
        for slug in ("ai-weekly", "recsys-weekly"):
            assert published[f"{slug}/2026-W25/{language}"] == at("2026-06-22T08:00")
    with Database.open(config.digest.database) as database, database.read() as tx:
        ran = runs.listing(tx, 1000)
    assert len(ran) == len({run.key for run in ran})
    assert {run.state for run in ran} == {"done"}
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("public/*/*/*/issue.json"))]
    assert {issue["engine"] for issue in found} == {"fake-best"}
    assert {(i["publication"], i["period"]) for i in found} >= {(p, n) for p, names in PERIODS.items() for n in names}
