"""All collectors against the recorded week, through real sockets."""

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect.model import Settings
from digest.domain.item import Source
from digest.fetch.model import MemoryValidators
from tests.collect.worlds import WEEK, Outcome, feed, outcomes

pytestmark = [pytest.mark.shared, pytest.mark.slow]
SUNDAY = datetime(2026, 6, 21, 23, 59, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(shared: Path) -> Iterator[str]:
    command = [sys.executable, str(shared / "world" / "world.py"), "--week", "2026-W25", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[-1]
        server.kill()


def collect(base: str, sources: list[Source], validators: MemoryValidators | None = None) -> dict[str, Outcome]:
    settings = Settings(
        arxiv_api_url=f"{base}/arxiv/api/query",
        arxiv_rss_url=f"{base}/arxiv/rss",
        arxiv_delay_s=0.0,
        github_url=f"{base}/github",
        x_api_url=f"{base}/x",
        x_token="any",
        hf_url=f"{base}/hf",
    )
    return asyncio.run(
        outcomes(sources, settings=settings, now=SUNDAY, validators=validators, timeout_s=20.0, max_bytes=5_000_000)
    )


def listed(base: str) -> list[Source]:
    with urllib.request.urlopen(f"{base}/feeds/index.json", timeout=20) as answer:
        rows = json.load(answer)
    return [feed(row["slug"], row["url"], "podcast" if row["kind"] == "podcast" else "feed") for row in rows]


def test_every_paper_announced_in_the_week_arrives(world: str) -> None:
    found = collect(world, [feed(name, f"cat:{name}", "arxiv") for name in ("cs.IR", "cs.LG", "cs.CL", "cs.AI")])
    assert {each.status for each in found.values()} == {"ok"}
    papers = {item.id: item for each in found.values() for item in each.items}
    inside = [item for item in papers.values() if WEEK.start <= item.when < WEEK.end]
    assert sum("cs.IR" in item.extra["categories"].split() for item in inside) == 90
    assert len(papers) > 1950


def test_every_feed_is_read_and_unchanged_afterwards(world: str) -> None:
    sources, validators = listed(world), MemoryValidators()
    found = collect(world, sources, validators)
    assert {each.status for each in found.values()} <= {"ok", "stale"}
    assert sum(len(each.items) for each in found.values()) > 3300
    assert sum(item.kind == "episode" for each in found.values() for item in each.items) >= 3
    again = collect(world, sources, validators)
    assert {each.status for each in again.values()} == {"unchanged"}


def test_posts_repositories_and_chosen_papers(world: str) -> None:
    with urllib.request.urlopen(f"{world}/github/trending", timeout=20) as answer:
        rows = answer.read().decode().count("Box-row")
    names = ("karpathy", "swyx", "nobody_at_all")
    sources = [Source(kind="x", slug="x", title="x", accounts=names), feed("hf", "", "hf-papers")]
    found = collect(world, [*sources, feed("github", "", "github-trending")])
    assert (found["x"].status, found["x"].note) == ("ok", "no such account: nobody_at_all")
    assert all(item.signals["likes"] >= 0 and item.published for item in found["x"].items)
    assert len(found["hf"].items) == 139
    assert len(found["github"].items) == rows > 5


def test_faults_are_named_and_harm_nobody(world: str) -> None:
    good = listed(world)[0]
    faults = ("503", "empty", "html", "410", "gzipbomb", "redirectloop", "truncate")
    bad = [feed(name, f"{world}/_fault/{name}/feeds/{good.slug}.xml") for name in faults]
    passing = feed("503x1", f"{world}/_fault/503x1/feeds/{good.slug}.xml")
    found = collect(world, [*bad, passing, good])
    statuses = {name: found[name].status for name in faults}
    wanted = dict.fromkeys(faults, "failed") | {"empty": "empty", "410": "disabled"}
    assert statuses == wanted
    assert all(found[name].error for name in faults)
    assert found[good.slug].status == found["503x1"].status == "ok"
