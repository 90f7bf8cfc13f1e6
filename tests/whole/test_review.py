"""A week that is held for review, from the run that makes it to the readers who get it; and what is corrected in it."""

import json
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from digest import daemon
from digest.config import load
from digest.packed import packed
from tests.cli.conftest import Ran, ran
from tests.cli.test_run import digests
from tests.deliver.sink import Sink
from tests.render.pages import dangling
from tests.whole.origin import at
from tests.whole.test_kills import _started

WEEKLY, DAILY = "recsys-weekly/2026-W25", "ai-tech-daily/2026-06-18"
SLUGS = ("--publication", "recsys-weekly", "--publication", "ai-tech-daily")
MAKE = ("run", "--week", "2026-W25", "--no-collect", *SLUGS)
CLOCK = "2026-06-22T08:00:00Z"


def configured(folder: Path, smtp: str = "") -> None:
    """Write plain.toml, which publishes at once, and review.toml, which holds: the same store, folder and week."""
    head = '[digest]\ndatabase = "sqlite:///sample/digest.db"\noutput = "sample/public"\nengine = "local"\n'
    head += 'collect_every_minutes = 100000\nsite_url = "https://news.e.org"\n'
    head += f'[mail]\nsmtp_url = "{smtp}"\nfrom = "Digest <news@e.org>"\n'
    tables = (packed("sample") / "config.toml").read_text("utf-8").replace('[[publication]]\nslug = "ai-weekly"\n', "")
    (folder / "plain.toml").write_text(head + tables, "utf-8")
    held = tables.replace("[[publication]]\n", "[[publication]]\nreview = true\n")
    (folder / "review.toml").write_text(head + held, "utf-8")


@pytest.fixture(scope="module")
def emptied(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample week with its items and without what was made of them."""
    folder = tmp_path_factory.mktemp("emptied") / "here"
    shutil.copytree(collected, folder)
    shutil.rmtree(folder / "sample/public")
    with sqlite3.connect(folder / "sample/digest.db") as connection:
        for table in ("issues", "told", "threads", "records", "scores", "steps", "runs"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
    connection.close()
    configured(folder)
    return folder


def mailed(folder: Path, smtp: str) -> None:
    """Write review.toml with a mail server and a source that is not there: what is due waits, and the tick is short."""
    configured(folder, smtp)
    text = (folder / "review.toml").read_text("utf-8")
    head, _, tail = text.partition("[[source]]")
    source = '[fetch]\nallow_private_hosts = ["127.0.0.1"]\n[[source]]\nkind = "feed"\nslug = "none"\n'
    source += 'url = "http://127.0.0.1:9/"\n'
    (folder / "review.toml").write_text(head + source + tail[tail.index("[[publication]]") :], "utf-8")


def made(emptied: Path, folder: Path, name: str) -> Ran:
    shutil.copytree(emptied, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return ran(*MAKE, "--config", name, "--now", CLOCK)


@pytest.fixture(scope="module")
def plain(emptied: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The week as a run without review publishes it."""
    folder = tmp_path_factory.mktemp("plain") / "here"
    assert made(emptied, folder, "plain.toml").code == 0
    return folder


@pytest.fixture(scope="module")
def held(emptied: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The week as a run with review holds it."""
    folder = tmp_path_factory.mktemp("held") / "here"
    done = made(emptied, folder, "review.toml")
    assert done.code == 0, done.err
    assert f"held  {WEEKLY}/en: digest issues review {WEEKLY}/en" in done.out
    return folder


@pytest.fixture
def here(held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the held week, with its configuration and an hour later."""
    folder = tmp_path / "here"
    shutil.copytree(held, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DIGEST_CONFIG", "review.toml")
    monkeypatch.setenv("DIGEST_NOW", "2026-06-22T09:00:00Z")
    return folder


def documents(folder: Path) -> dict[str, bytes]:
    with sqlite3.connect(folder / "sample/digest.db") as connection:
        found = dict(connection.execute("SELECT publication || period || language, document FROM issues"))
    connection.close()
    return found


def states(folder: Path) -> dict[str, str]:
    with sqlite3.connect(folder / "sample/digest.db") as connection:
        found = dict(connection.execute("SELECT publication || '/' || period || '/' || language, state FROM issues"))
    connection.close()
    return found


def site(folder: Path) -> dict[str, bytes]:
    root = folder / "sample/public"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_is_held_is_nowhere_but_in_the_store(here: Path) -> None:
    assert set(states(here).values()) == {"review"}
    files = site(here)
    assert [path for path in files if "2026-" in path] == []
    titles = [json.loads(document)["headline"] for document in documents(here).values()]
    assert [t for t in titles for text in files.values() if t.encode() in text] == []
    assert b"<entry>" not in files["recsys-weekly/en/feed.xml"]
    assert b"2026-W25" not in b"".join(files.values())


def test_held_stories_count_as_told_so_the_next_day_tells_what_it_would_have_told(here: Path, plain: Path) -> None:
    assert documents(here) == documents(plain)
    assert len(documents(here)) == 16


def test_a_run_again_gives_the_same_bytes_and_keeps_the_state(here: Path) -> None:
    before = documents(here)
    assert ran("issues", "approve", WEEKLY).code == 0
    again = ran(*MAKE, "--no-send", "--now", CLOCK)
    assert again.code == 0
    assert "nothing changed" in again.out
    assert documents(here) == before
    assert {slug for slug, state in states(here).items() if state != "review"} == {f"{WEEKLY}/en", f"{WEEKLY}/zh"}
    assert "as approved" in again.out  # the next run publishes what was let go
    assert states(here)[f"{WEEKLY}/zh"] == "published"


def test_approved_and_published_it_is_what_a_run_without_review_publishes(here: Path, plain: Path) -> None:
    for slug in sorted({slug.rpartition("/")[0] for slug in states(here)}, reverse=True):
        assert ran("issues", "approve", slug).code == 0
    assert not (here / "sample/public" / WEEKLY).exists()
    done = ran("issues", "publish")
    assert len(done.out.splitlines()) == 16
    assert digests(here) == digests(plain)


def test_one_edition_is_let_go_without_links_to_what_is_held(here: Path) -> None:
    assert ran("issues", "approve", f"{WEEKLY}/en").out.startswith(f"{WEEKLY}/en: approved;")
    assert ran("issues", "publish", f"{WEEKLY}/en").code == 0
    assert dangling(site(here)) == []
    page = here / "sample/public" / WEEKLY / "en/index.html"
    assert b'hreflang="zh-CN"' not in page.read_bytes()
    refused = ran("issues", "publish", WEEKLY)
    assert (refused.code, f"{WEEKLY}/zh is held for review" in refused.err) == (2, True)
    assert ran("issues", "approve", WEEKLY).out.splitlines() == [
        f"{WEEKLY}/en: published already",
        f"{WEEKLY}/zh: approved; the next run publishes it, or: digest issues publish",
    ]
    assert ran("issues", "approve", f"{WEEKLY}/zh").out.startswith(f"{WEEKLY}/zh: approved already")
    assert ran("issues", "publish").code == 0
    assert b'hreflang="zh-CN"' in page.read_bytes()
    assert dangling(site(here)) == []
    assert ran("issues", "publish", WEEKLY).err == f"{WEEKLY} is published already\n"


@pytest.mark.parametrize("kills", [3, pytest.param(6, marks=pytest.mark.chaos)])
def test_a_killed_publish_goes_on_to_the_same_bytes(here: Path, plain: Path, kills: int) -> None:
    for slug in sorted({slug.rpartition("/")[0] for slug in states(here)}):
        ran("issues", "approve", slug)
    for n in range(kills):
        with _started(here, "issues", "publish") as process:
            time.sleep(0.4 + 0.5 * n % 3)
            process.send_signal(signal.SIGKILL)
    assert ran("issues", "publish").code == 0
    assert digests(here) == digests(plain)


def test_what_an_editor_published_is_not_changed_by_a_run(here: Path) -> None:
    ran("issues", "approve", WEEKLY)
    ran("issues", "publish")
    before, held = documents(here), site(here)
    key = next(iter(json.loads(before["recsys-weekly2026-W25en"])["items"]))["id"]
    assert ran("issues", "rate", key, "-").code == 0
    text = (here / "review.toml").read_text("utf-8")
    (here / "other.toml").write_text(text.replace('slug = "recsys-weekly"', 'slug = "recsys-weekly"\nmax_items = 9'))
    again = ran("run", "--week", "2026-W25", "--no-collect", *SLUGS[:2], "--config", "other.toml")
    assert "published as approved, though it would now be another" in again.out
    assert documents(here) == before
    assert site(here) == held


def test_what_is_changed_after_its_approval_is_held_again(here: Path) -> None:
    ran("issues", "approve", WEEKLY)
    text = (here / "review.toml").read_text("utf-8")
    (here / "other.toml").write_text(text.replace('slug = "recsys-weekly"', 'slug = "recsys-weekly"\nmax_items = 9'))
    again = ran("run", "--week", "2026-W25", "--no-collect", *SLUGS[:2], "--config", "other.toml")
    assert f"held  {WEEKLY}/en" in again.out
    assert states(here)[f"{WEEKLY}/en"] == "review"
    assert not (here / "sample/public" / WEEKLY).exists()


def test_the_reviewer_reads_each_sentence_with_its_evidence(here: Path) -> None:
    rows = {row["issue"]: row for row in ran("issues", "review", "--json").rows}
    assert len(rows) == 16
    assert rows[f"{WEEKLY}/en"]["state"] == "held"
    text = ran("issues", "review", f"{WEEKLY}/en").out
    assert text.startswith("# ")
    assert f"**{rows[f'{WEEKLY}/en']['sentences']}** " in text
    assert "## Evidence" in text
    assert "quoted · supported" in text
    assert ran("issues", "review", WEEKLY).out.count("\n# ") == 1
    assert f"{WEEKLY}/en" in ran("status").out
    assert [row["state"] for row in ran("doctor", "--json").rows if row["what"] == "review"] == ["note"]


def test_mail_goes_out_once_it_is_published_and_never_before_nor_twice(here: Path, sink: Sink) -> None:
    mailed(here, sink.url)
    ran("subscribers", "add", "r@e.org", "--choice", "recsys-weekly:en", "--now", "2026-06-01T00:00Z")
    refused = ran("send", f"{WEEKLY}/en")
    assert (refused.code, f"digest issues approve {WEEKLY}/en" in refused.err) == (2, True)
    assert ran("send", f"{WEEKLY}/en", "--to", "x@e.org").code == 2
    assert ran("send", f"{WEEKLY}/en", "--dry-run").code == 2
    daemon.tick(load(Path("review.toml")), at("2026-06-22T10:00"))
    assert sink.messages == []
    ran("issues", "approve", WEEKLY, "--now", "2026-07-04T10:00Z")
    refused = ran("send", f"{WEEKLY}/en")
    assert (refused.code, "digest issues publish" in refused.err) == (2, True)
    told = daemon.tick(load(Path("review.toml")), at("2026-07-04T10:01"))
    assert f"published {WEEKLY}/en" in told
    assert sink.addresses == ["r@e.org"]
    fixed = ran("issues", "correct", f"{WEEKLY}/en", "--claim", "3", "--note", "No.", "--now", "2026-07-04T11:00Z")
    assert fixed.code == 0
    daemon.tick(load(Path("review.toml")), at("2026-07-04T12:00"))
    assert sink.addresses == ["r@e.org"]


def test_a_past_that_is_let_go_today_is_sent_to_nobody(emptied: Path, tmp_path: Path, sink: Sink) -> None:
    folder = tmp_path / "late"
    shutil.copytree(emptied, folder)
    configured(folder, sink.url)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("DIGEST_CONFIG", "review.toml")
        patch.setenv("DIGEST_NOW", "2026-09-01T00:00Z")
        ran("subscribers", "add", "r@e.org", "--choice", "recsys-weekly:en", "--now", "2026-06-01T00:00Z")
        assert ran(*MAKE[:4], *SLUGS[:2]).code == 0
        ran("issues", "approve", WEEKLY)
        mailed(folder, sink.url)
        daemon.tick(load(Path("review.toml")), at("2026-09-01T01:00"))
        assert states(folder)[f"{WEEKLY}/en"] == "published"
    assert sink.messages == []


def test_a_correction_killed_anywhere_is_whole_after_the_same_again(here: Path) -> None:
    ran("issues", "approve", WEEKLY)
    ran("issues", "publish")
    words = ("issues", "correct", f"{WEEKLY}/en", "--claim", "4", "--note", "It is 0.1%.")
    other = here.parent / "whole"
    shutil.copytree(here, other)
    for n in range(4):
        with _started(here, *words) as process:
            time.sleep(0.25 + 0.2 * n)
            process.send_signal(signal.SIGKILL)
    assert ran(*words).code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(other)
        assert ran(*words).code == 0
    assert digests(here) == digests(other)
    assert b"It is 0.1%." in (here / "sample/public" / WEEKLY / "en/index.html").read_bytes()


def test_the_next_number_tells_the_correction_and_is_replayed_to_the_byte(here: Path) -> None:
    day = "ai-tech-daily/2026-06-17/en"
    ran("issues", "approve", "ai-tech-daily/2026-06-17")
    ran("issues", "publish")
    words = ("issues", "correct", day, "--note", "Not so.", "--now", "2026-06-18T12:00Z")
    assert ran(*words).code == 0
    with sqlite3.connect("sample/digest.db") as connection:
        connection.execute("DELETE FROM issues WHERE period = '2026-06-18'")
    connection.close()
    make = ("run", "--day", "2026-06-18", "--no-collect", "--config", "plain.toml")
    assert ran(*make).code == 0
    page = here / "sample/public" / DAILY / "en/index.html"
    assert "Corrections of earlier issues" in page.read_text("utf-8")
    assert "Not so." in page.read_text("utf-8")
    assert "往期更正" not in (here / "sample/public" / DAILY / "zh/index.html").read_text("utf-8")
    before = digests(here)
    assert "nothing changed" in ran(*make).out
    assert digests(here) == before
    assert ran("replay", f"{DAILY}/en", "--config", "plain.toml").out == "the same bytes\n"
    assert dangling(site(here)) == []


def test_the_daemon_says_what_it_holds(emptied: Path, tmp_path: Path) -> None:
    from digest import app, pipeline  # noqa: PLC0415  with the run of its own
    from digest.daemon import _make  # noqa: PLC0415  what a tick does with a number that is due
    from digest.steps.targets import of_day  # noqa: PLC0415

    shutil.copytree(emptied, tmp_path / "due")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path / "due")
        config = load(Path("review.toml"))
        with app.opened(config, at("2026-06-19T08:00")) as context:
            target = of_day("2026-06-18", config.publications, "UTC", context.now)[0]
            assert _make(context, target) == [f"held {DAILY}/en", f"held {DAILY}/zh"]
            assert pipeline.go_on(context).released == ()


def test_a_run_with_nothing_due_publishes_what_was_let_go_and_sends_it(here: Path, sink: Sink) -> None:
    configured(here, sink.url)
    ran("subscribers", "add", "r@e.org", "--choice", "recsys-weekly:en", "--now", "2026-06-01T00:00Z")
    assert (ran("run").out, sink.messages) == ("", [])
    ran("issues", "approve", f"{WEEKLY}/en")
    waiting = ran("run", "--no-send")
    assert waiting.err == "nothing is due\n"
    assert waiting.out == f"published {Path('sample/public') / WEEKLY / 'en/index.html'}, as approved\n"
    assert sink.messages == []
    assert "1 sent" in ran("run").out
    assert (ran("run").out, sink.addresses) == ("", ["r@e.org"])
