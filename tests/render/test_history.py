"""The threads of a publication over its issues."""

from digest.render.charts import timeline
from digest.render.history import Told, history
from tests.render import samples
from tests.render.pages import handlers, hrefs, is_safe, loads, scripts, texts, tree


def told(thread: str, week: int, works: int = 2, title: str = "") -> Told:
    return Told(thread=thread, title=title or f"Thread {thread}", period=f"2026-W{week:02d}", works=works)


def made(*chapters: Told) -> bytes:
    return history("recsys-weekly", chapters, samples.SITE)["recsys-weekly/threads/index.html"]


def test_threads_told_last_stand_first_with_their_issues() -> None:
    page = made(told("a", 23), told("a", 24), told("b", 24), told("c", 23), told("a", 25, title="A, as it is now"))
    assert texts(page, ".told b") == ["A, as it is now", "Thread b", "Thread c"]
    assert texts(page, ".told span")[0] == "W23 → W24 → W25 · 6 works"
    assert "../2026-W24/en/index.html" in hrefs(page)
    assert texts(page, "svg .strong") == texts(page, ".told b")
    assert texts(page, "h1") == ["RecSys Weekly: Threads"]


def test_marks_stand_in_their_weeks_and_grow_with_their_works() -> None:
    drawing = str(
        timeline([("a", {"2026-W24": 1, "2026-W25": 9, "2026-W01": 4})], ["2026-W24", "2026-W25"], "T")
    ).encode()
    dots = [(float(one.attributes["cx"] or 0), float(one.attributes["r"] or 0)) for one in tree(drawing).css("circle")]
    assert len(dots) == 2
    assert dots[0] < dots[1]
    assert dots[0][1] < dots[1][1] <= 11
    assert "circle" not in timeline([("a", {})], ["2026-W24"], "T")


def test_the_chart_is_bounded_and_the_list_is_whole() -> None:
    page = made(*(told(str(n), 1 + n // 2) for n in range(100)))
    assert len(texts(page, ".told li")) == 100
    assert len(texts(page, "svg .strong")) == 32  # two a week in the last 16 weeks


def test_no_thread_is_said_so() -> None:
    page = made()
    assert "No issue has been published yet." in texts(page, "main p")
    assert b"<svg" not in page


def test_hostile_titles_stay_text() -> None:
    page = made(*(told(str(n), 20, title=text) for n, text in enumerate(samples.HOSTILE)))
    assert [*loads(page), *scripts(page), *handlers(page)] == []
    assert [href for href in hrefs(page) if not is_safe(href)] == []
