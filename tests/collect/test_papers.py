import json
from datetime import UTC, datetime

from digest.collect.model import Settings
from digest.collect.papers import days
from tests.collect.worlds import PAST, WEEK, Outcome, feed, one
from tests.fetch.server import Route, answer

SOURCE = feed("hf", "", kind="hf-papers")
PAPER = {
    "id": "2606.00001",
    "title": "On\n Ranking",
    "summary": "We rank\nthings.",
    "upvotes": 89,
    "githubStars": 20,
    "githubRepo": "https://github.com/o/r",
    "projectPage": "javascript:x",
    "publishedAt": "2026-06-11T00:00:00.000Z",
    "submittedOnDailyAt": "2026-06-15T00:00:00.000Z",
    "authors": [{"name": "Role One"}, {"name": "Hidden", "hidden": True}, 3],
    "organization": {"fullname": "Example Lab"},
}


def path(day: int) -> str:
    return f"/api/daily_papers?date=2026-06-{day}&limit=100"


def collect(routes: dict[str, Route]) -> Outcome:
    return one(routes, SOURCE, settings=Settings(hf_url="{base}"))


def test_a_chosen_paper() -> None:
    routes = {path(day): answer(b"[]") for day in range(15, 22)}
    rows = [{"paper": PAPER, "numComments": 4}, {"paper": {"id": "2606.2"}}, {"paper": 3}, {}, "x"]
    found = collect(routes | {path(15): answer(json.dumps(rows).encode())})
    item, bare = found.items
    assert (item.id, item.kind, item.title, item.text) == ("hf:2606.00001", "paper", "On Ranking", "We rank things.")
    assert (item.keys, item.url) == (("arxiv:2606.00001",), "https://huggingface.co/papers/2606.00001")
    assert item.signals == {"upvotes": 89, "comments": 4, "stars": 20}
    assert (item.published, item.authors) == (datetime(2026, 6, 15, tzinfo=UTC), ("Role One",))
    assert (item.links, item.extra["organization"]) == (("https://github.com/o/r",), "Example Lab")
    assert bare.published == datetime(2026, 6, 15, tzinfo=UTC)
    assert (found.status, len(found.parts)) == ("ok", 7)


def test_days_that_fail_are_counted() -> None:
    found = collect({path(day): answer(b"[]") for day in range(15, 19)})
    assert (found.status, found.error) == ("failed", "3 of 7 days could not be read")


def test_an_answer_of_another_shape_fails() -> None:
    for body in (b'{"error": 1}', b"<html>", b""):
        assert collect({path(15): answer(body)}).status == "failed"


def test_no_papers_is_empty() -> None:
    assert collect({path(day): answer(b"[]") for day in range(15, 22)}).status == "empty"


def test_days_end_today_and_a_month_is_the_most() -> None:
    assert [day.day for day in days(WEEK, datetime(2026, 6, 17, 1, tzinfo=UTC))] == [15, 16, 17]
    assert len(days(PAST, datetime(2027, 1, 1, tzinfo=UTC))) == 7
