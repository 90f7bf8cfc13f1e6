"""A daemon whose clock is moved through 2026-W25, between real servers for the sources, the model and the mail."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from digest import daemon, period
from digest.config import load
from digest.store import runs
from digest.store.database import Database
from tests.deliver.sink import Sink
from tests.llm.server import ModelServer
from tests.whole.origin import Origin, at, configuration, hours, written
from tests.whole.readers import expected, received, subscribe

DAYS = [day.name for day in period.days(period.week("2026-W25"))]
PERIODS = {"ai-tech-daily": DAYS, "ai-weekly": ["2026-W25"], "recsys-weekly": ["2026-W25"]}
START, END = at("2026-06-15T08:30"), at("2026-06-22T09:30")


def test_each_reader_gets_each_edition_of_the_week_once(tmp_path: Path, model: ModelServer, sink: Sink) -> None:
    model.keep = False
    with Origin(START) as origin:
        path = written(tmp_path, configuration(origin.url, sink.url, model.base_url))
        config = load(path)
        with Database.open(config.digest.database) as database:
            wanted = subscribe(database, 40, START)
        told: dict[datetime, list[str]] = {}
        for now in [START, *hours(at("2026-06-16T06:00"), END)]:
            if now.hour not in {6, 7, 8, 9, 20}:
                continue  # nothing is due between; the daemon would only look at the clock
            origin.now = now
            told[now] = daemon.tick(config, now)
        assert origin.faults == []
    assert received(sink) == expected(wanted, PERIODS)
    at_hours = {line.removeprefix("published "): now for now, lines in told.items() for line in lines if "publish" in line}
    for day, after in zip(DAYS, [*DAYS[1:], "2026-06-22"], strict=True):
        for language in ("en", "zh"):
            assert at_hours[f"ai-tech-daily/{day}/{language}"] == at(f"{after}T07:00")
    for slug in ("ai-weekly", "recsys-weekly"):
        assert at_hours[f"{slug}/2026-W25/en"] == at("2026-06-22T08:00")
    with Database.open(config.digest.database) as database, database.read() as tx:
        keys = [run.key for run in runs.listing(tx, 1000)]
        assert len(keys) == len(set(keys))
        assert {run.state for run in runs.listing(tx, 1000)} == {"done"}
    assert model.calls > 0
    for found in sorted((tmp_path / "public").glob("*/*/en/issue.json")):
        issue = json.loads(found.read_text("utf-8"))
        assert issue["engine"] == "openai" or issue["engine"].startswith("fake"), issue["engine"]
