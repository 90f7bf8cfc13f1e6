"""Publishing what was let go: files, links, the pages around, and what a crash between them leaves."""

from dataclasses import replace
from pathlib import Path

import pytest

from digest.errors import DigestError, UsageError
from digest.steps import errata, release, review
from digest.steps.context import Context
from digest.steps.render import rebuild
from digest.store import issues
from digest.store.threads import save as save_threads
from tests.render.pages import dangling
from tests.steps.numbers import EN, ZH, after, edition, file, kept, target
from tests.store.made import thread


def states(context: Context) -> dict[str, str]:
    with context.database.read() as tx:
        return {row.slug: row.state for row in issues.listing(tx)}


def site(context: Context) -> dict[str, bytes]:
    root = context.output
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def written(context: Context) -> dict[Path, tuple[int, int]]:
    """Tell which file stands at each place, and when it was last written, folders included."""
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in context.output.rglob("*")}


def test_nothing_approved_writes_nothing(at_desk: Context) -> None:
    kept(at_desk, edition(), "review")
    assert release.publish(at_desk) == []
    assert not at_desk.output.exists()


def test_what_is_held_or_a_draft_is_refused_by_name(at_desk: Context) -> None:
    kept(at_desk, edition(), "review")
    with pytest.raises(UsageError, match=f"{EN} is held for review; .*: digest issues approve {EN}"):
        release.publish(at_desk, EN)
    kept(at_desk, edition(), "draft")
    with pytest.raises(UsageError, match="make it again with: digest run"):
        release.publish(at_desk, "recsys-weekly/2026-W25")
    with pytest.raises(UsageError, match="no issue"):
        release.publish(at_desk, "recsys-weekly/2026-W24/en")


def test_only_what_is_named_is_published(at_desk: Context) -> None:
    for language in ("en", "zh"):
        kept(at_desk, edition(language=language), "review")
    review.approve(at_desk, "recsys-weekly/2026-W25")
    assert release.publish(at_desk, ZH) == [ZH]
    assert states(at_desk) == {EN: "approved", ZH: "published"}
    assert release.publish(at_desk, ZH) == []
    assert release.publish(at_desk) == [EN]


def test_pages_link_to_a_held_number_only_once_it_is_published(at_desk: Context) -> None:
    for language in ("en", "zh"):
        kept(at_desk, edition(24, language), "review")
        kept(at_desk, edition(25, language, continues="2026-W24"), "review")
    kept(at_desk, edition(26), "draft")
    review.approve(at_desk, "recsys-weekly/2026-W25")
    release.release(at_desk)
    assert "2026-W24/en/index.html" not in file(at_desk, EN)
    held = dangling(site(at_desk))
    review.approve(at_desk, "recsys-weekly/2026-W24/en")
    release.release(at_desk)
    assert "2026-W24/en/index.html" in file(at_desk, EN)
    assert "2026-W24/zh/index.html" not in file(at_desk, ZH)
    assert 'href="../zh/index.html"' not in file(at_desk, "recsys-weekly/2026-W24/en")
    assert dangling(site(at_desk)) == held == []
    before = site(at_desk)
    assert rebuild(at_desk) == 3
    assert site(at_desk) == before


def test_the_threads_of_a_held_number_are_on_no_page(at_desk: Context) -> None:
    kept(at_desk, edition(24), "published")
    kept(at_desk, edition(25), "review")
    with at_desk.database.write() as tx:
        save_threads(tx, "recsys-weekly", target(24).period, [thread("t1", 1, 2)], {"t1": "Told of old"})
        save_threads(tx, "recsys-weekly", target(25).period, [thread("t2", 3, 4)], {"t2": "A secret yet"})
    rebuild(at_desk)
    page = (at_desk.output / "recsys-weekly/threads/index.html").read_text("utf-8")
    assert "Told of old" in page
    assert "A secret yet" not in page
    review.approve(at_desk, EN)
    release.release(at_desk)
    assert "A secret yet" in (at_desk.output / "recsys-weekly/threads/index.html").read_text("utf-8")


def test_where_files_can_t_be_written_it_stays_approved_and_goes_on_later(at_desk: Context) -> None:
    kept(at_desk, edition(), "review")
    review.approve(at_desk, EN)
    at_desk.output.write_text("a file in the place of the folder", "utf-8")
    with pytest.raises(DigestError, match=r"check \[digest\] output"):
        release.release(at_desk)
    assert states(at_desk) == {EN: "approved"}
    at_desk.output.unlink()
    assert release.release(after(at_desk, 1)) == [EN]
    assert states(at_desk) == {EN: "published"}


def test_a_correction_that_a_crash_kept_from_its_page_comes_with_the_next_release(at_desk: Context) -> None:
    kept(at_desk, edition(), "review")
    review.approve(at_desk, EN)
    release.release(at_desk)
    errata.correct(at_desk, EN, "It is 0.12%.", number=4)
    assert "0.12%" not in file(at_desk, EN)
    assert release.release(after(at_desk, 1)) == []
    assert "It is 0.12%." in file(at_desk, EN)
    assert "It is 0.12%." in (at_desk.output / "recsys-weekly/en/feed.xml").read_text("utf-8")
    before = written(at_desk)
    assert release.release(after(at_desk, 2)) == []
    assert written(at_desk) == before


def test_a_correction_does_not_publish_what_else_is_approved(at_desk: Context) -> None:
    kept(at_desk, edition(), "published")
    kept(at_desk, edition(language="zh"), "review")
    review.approve(at_desk, ZH)
    done = errata.correct(at_desk, EN, "It is 0.12%.")
    assert release.release(at_desk, [done.edition]) == []
    assert states(at_desk)[ZH] == "approved"
    assert "It is 0.12%." in file(at_desk, EN)
    assert 'href="../zh/index.html"' not in file(at_desk, EN)


def test_another_publication_is_left_alone(at_desk: Context) -> None:
    kept(at_desk, replace(edition(), publication="other"), "published")
    kept(at_desk, edition(), "review")
    review.approve(at_desk, EN)
    release.release(at_desk)
    assert not (at_desk.output / "other/2026-W25/en").exists()
