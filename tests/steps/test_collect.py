"""What collecting stores beside the items: what was there before, what was announced, how each source did."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest import app, pipeline
from digest.cli.summary import lines
from digest.collect.gather import Collected
from digest.collect.model import Listing
from digest.config import load
from digest.domain.item import Item
from digest.pipeline import Outcome
from digest.steps.collect import Pass, window_of, window_until
from digest.steps.context import Context
from digest.steps.receipt import receipt
from digest.steps.targets import of_week
from digest.store import items, sources
from tests.cli.conftest import ran
from tests.steps import process

NOW = datetime(2026, 6, 19, 18, tzinfo=UTC)
NOON = datetime(2026, 6, 19, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, httpserver: HTTPServer) -> Path:
    tables = f"""
[[source]]
kind = "feed"
slug = "undated"
url = "{httpserver.url_for("/feed")}"
[[source]]
kind = "arxiv"
slug = "cs-ir"
query = "cat:cs.IR"
[[publication]]
slug = "weekly"
title = "Weekly"
cadence = "weekly"
kinds = ["paper"]
[[publication]]
slug = "posts"
title = "Posts"
cadence = "weekly"
kinds = ["post"]
"""
    return process.written(tmp_path, tables)


@pytest.fixture
def context(path: Path) -> Iterator[Context]:
    with app.opened(load(path, {}), NOW) as opened:
        yield opened


def serve(server: HTTPServer, *names: str) -> None:
    rows = "".join(f"<item><title>About {name}</title><link>https://e.org/{name}</link></item>" for name in names)
    server.clear()
    server.expect_request("/feed").respond_with_data(f"<rss version='2.0'><channel>{rows}</channel></rss>")


def paper(number: int, **more: object) -> Item:
    values = {"announced": NOON, "published": NOW - timedelta(days=1), **more}
    return Item(
        id=f"arxiv:2606.{number:05}",
        source="cs-ir",
        kind="paper",
        title=f"Ranking users, part {number}",
        url=f"https://arxiv.org/abs/2606.{number:05}",
        first_seen=NOW,
        text="We propose a recommendation model.",
        **values,  # type: ignore[arg-type]  # a test's shorthand
    )


def test_what_a_feed_held_without_a_date_when_it_was_first_read_is_no_news(
    context: Context, httpserver: HTTPServer
) -> None:
    serve(httpserver, "one", "two")
    first = pipeline.gather_only(context, window_until(NOW), ["undated"])
    serve(httpserver, "three", "one", "two")
    later = replace(context, now=NOW + timedelta(hours=6))
    second = pipeline.gather_only(later, window_until(later.now), ["undated"])
    with context.database.read() as tx:
        found = {item.title: item.flags for item in items.between(tx, NOW, later.now + timedelta(days=1))}
    assert found == {
        "About one": {"undated", "backlog"},
        "About two": {"undated", "backlog"},
        "About three": {"undated"},
    }
    assert [(each.new, each.updated) for each in (first[0], second[0])] == [(2, 0), (1, 0)]


def test_what_was_announced_reaches_the_receipt(context: Context) -> None:
    source = context.config.sources[1]
    window = window_until(NOW)
    part = Collected(source=source, status="ok", items=(paper(1), paper(2)), note="x", done=False)
    run = Pass(context, window)
    run.take(replace(part, listing=Listing(day=date(2026, 6, 19), announced=5, arrived=2)))
    run.take(
        replace(part, items=(paper(3),), listing=Listing(day=date(2026, 6, 19), announced=5, arrived=3), done=True)
    )
    run.save()
    assert run.totals["cs-ir"].listing == Listing(day=date(2026, 6, 19), announced=5, arrived=3)
    assert (run.totals["cs-ir"].seen, run.totals["cs-ir"].new) == (3, 3)
    weekly, posts = of_week("2026-W25", context.config.publications, context.zone, NOW)
    composed = pipeline.compose(context, weekly)
    rows = {row.slug: row for row in receipt(context, weekly, composed.reading, composed.clustered).sources}
    assert (rows["cs-ir"].seen, rows["cs-ir"].announced, rows["undated"].announced) == (3, 5, None)
    other = pipeline.compose(context, posts)
    assert {row.announced for row in receipt(context, posts, other.reading, other.clustered).sources} == {None}
    told = "\n".join(lines(Outcome(gathered=(run.totals["cs-ir"],), made=()), "public"))
    assert "cs-ir: x" in told


def test_a_paper_keeps_the_day_of_the_listing_that_first_named_it(context: Context) -> None:
    friday = paper(1, announced=NOON, extra={"listed": "2026-06-19", "version": "1"})
    calendar = paper(1, announced=NOON + timedelta(days=3), extra={"version": "2"}, updated=NOW)
    listed_again = replace(calendar, announced=NOON + timedelta(days=4), extra={"listed": "2026-06-23"})
    elsewhere = replace(friday, source="cs-lg", announced=NOON + timedelta(days=3), extra={})
    with context.database.write() as tx:
        items.save(tx, [paper(1, announced=NOON - timedelta(days=1)), paper(2, extra={"version": "1"})])
        for each in (friday, calendar, listed_again, elsewhere):
            items.save(tx, [each])
        listed_by_another = replace(paper(2), source="cs-lg", extra={"listed": "2026-06-22"})
        items.save(tx, [replace(listed_by_another, announced=NOON + timedelta(days=3))])
        first, second = items.get(tx, "arxiv:2606.00001"), items.get(tx, "arxiv:2606.00002")
    assert first is not None
    assert second is not None
    assert (first.announced, first.extra["listed"], first.updated) == (NOON, "2026-06-19", NOW)
    assert (second.announced, second.extra) == (NOON + timedelta(days=3), {"listed": "2026-06-22", "version": "1"})


def test_a_batch_tells_whose_items_were_new_and_whose_changed(context: Context) -> None:
    with context.database.write() as tx:
        items.save(tx, [paper(1)])
        saved = items.save(tx, [replace(paper(1), text="Other words."), paper(2), replace(paper(3), source="cs-lg")])
    assert (saved.new_of, saved.updated_of) == ({"cs-ir": 1, "cs-lg": 1}, {"cs-ir": 1})


def test_a_pass_saves_before_it_ends(context: Context) -> None:
    source = context.config.sources[1]
    run = Pass(context, window_until(NOW))
    run.take(Collected(source=source, status="ok", items=tuple(paper(n) for n in range(299)), done=False))
    with context.database.read() as tx:
        assert items.get(tx, "arxiv:2606.00000") is None
    run.take(Collected(source=source, status="ok", items=(paper(299),)))
    with context.database.read() as tx:
        assert items.get(tx, "arxiv:2606.00000") is not None
        assert [each.seen for each in sources.health(tx)] == [300]


def test_named_periods_end_where_they_end_and_what_is_due_ends_now(context: Context) -> None:
    targets = of_week("2026-W24", context.config.publications, context.zone, NOW)
    past, due = window_of(NOW, targets), window_until(NOW, targets)
    assert (past.end, past.backfill) == (datetime(2026, 6, 15, tzinfo=UTC), True)
    assert (due.start, due.backfill) == (datetime(2026, 6, 8, tzinfo=UTC), False)
    assert due.end > NOW


def test_a_run_of_what_is_due_dates_what_appears_today_by_today(
    path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    serve(httpserver, "one")
    text = path.read_text("utf-8").split('[[source]]\nkind = "arxiv"')
    path.write_text(text[0] + "[[publication]]" + text[1].split("[[publication]]", 1)[1], "utf-8")
    monday = "2026-06-22T09:00:00Z"
    assert ran("run", "--config", str(path), "--now", monday, "--no-send").code == 0
    with app.opened(load(path, {}), NOW) as context, context.database.read() as tx:
        (item,) = items.between(tx, datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
    assert (item.published, item.when) == (None, datetime(2026, 6, 22, 9, tzinfo=UTC))


def test_a_source_that_nobody_configured_is_refused(path: Path) -> None:
    refused = ran("collect", "--config", str(path), "--source", "undatet")
    assert (refused.code, refused.err) == (2, "digest: --source undatet: perhaps you meant undated\n")
    assert "digest sources list" in ran("collect", "--config", str(path), "--source", "zzz").err
