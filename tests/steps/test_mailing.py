import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest import period
from digest.errors import ConfigError, UsageError
from digest.steps import mailing
from digest.steps.context import Context
from digest.steps.mailing import Report
from digest.steps.outbox import wait_after
from digest.store import deliveries, issues, readers
from digest.store.database import Database
from digest.store.deliveries import Edition
from tests.deliver.office import EDITION, NOW, PUBLISHED, SECRET, later, office, publish, subscribe
from tests.deliver.sink import Sink, free_port
from tests.store.made import HOUR


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(f"sqlite:///{tmp_path / 'digest.db'}") as opened:
        yield opened


@pytest.fixture
def context(database: Database, tmp_path: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    context = office(database, tmp_path, sink.url)
    publish(context)
    return context


def _send(context: Context, **how: bool) -> Report:
    return mailing.send(context, EDITION, sleep=lambda _: None, **how)


def test_every_reader_gets_the_issue_once_with_links_of_their_own(context: Context, sink: Sink) -> None:
    addresses = [f"r{n}@e.org" for n in range(60)]
    subscribe(context, *addresses)
    report = _send(context)
    assert (report.queued, report.counts, report.complete, report.stopped) == (60, {"sent": 60}, True, "")
    assert sink.addresses == sorted(addresses)
    assert _send(context).queued == 0
    assert len(sink.messages) == 60
    wanted = re.compile(rb"\r\nList-Unsubscribe: <(https://news.e.org/u/[^>]{18,})>\r\n")
    urls = {url for _, content in sink.messages for url in wanted.findall(content)}
    assert len(urls) == 60
    assert max(map(len, urls)) <= 60
    address, content = sink.messages[0]
    parsed = message_from_bytes(content, policy=policy.default)
    assert parsed["To"] == f"<{address}>" or parsed["To"] == address
    assert parsed["Subject"] == "RecSys Weekly 2026-W25: OneRank, and what follows"
    assert parsed["List-Id"] == "<weekly.en.e.org>"
    assert b"invalid/" not in content


def test_nobody_to_send_to_is_complete(context: Context) -> None:
    assert _send(context) == Report(edition=EDITION)
    assert _send(context).complete


def test_later_is_tried_again_when_it_is_due(context: Context, sink: Sink) -> None:
    subscribe(context, "a@e.org", "b@e.org", "c@e.org")
    sink.rcpt = {"a@e.org": ["451 greylisted", "451 greylisted"], "c@e.org": ["550 unknown"]}
    report = _send(context)
    assert (report.counts, report.complete, report.next_due) == (
        {"deferred": 1, "refused": 1, "sent": 1},
        False,
        NOW + timedelta(minutes=5),
    )
    assert _send(context, resume=True).counts == report.counts
    again = _send(later(context, lambda now: now + HOUR), resume=True)
    assert again.next_due == NOW + HOUR + timedelta(minutes=10)
    assert _send(later(context, lambda now: now + 2 * HOUR), resume=True).counts == {"refused": 1, "sent": 2}
    assert sink.addresses == ["a@e.org", "b@e.org"]


def test_who_is_put_off_for_ever_is_given_up(context: Context, sink: Sink) -> None:
    subscribe(context, "a@e.org")
    sink.rcpt = {"a@e.org": ["451 no"] * 50}
    for n in range(10):
        report = _send(later(context, lambda now, n=n: now + 9 * n * HOUR), resume=n > 0)  # type: ignore[misc]  n is bound now
    assert report.counts == {"refused": 1}
    with context.database.read() as tx:
        assert deliveries.listing(tx, EDITION)[0].note == "given up: 451 no"


def test_pauses_double_up_to_eight_hours() -> None:
    pauses = [wait_after(n) for n in (1, 2, 3, 7, 8, 100)]
    assert pauses == [timedelta(minutes=m) for m in (5, 10, 20, 320, 480, 480)]


def test_an_uncertain_reader_is_listed_and_sent_again_only_when_asked(context: Context, sink: Sink) -> None:
    subscribe(context, "a@e.org", "b@e.org")
    sink.data = {"a@e.org": ["keep-drop"]}
    report = _send(context)
    assert (report.uncertain, report.complete) == (("a@e.org",), False)
    assert _send(context, resume=True).uncertain == ("a@e.org",)
    assert sink.addresses == ["a@e.org", "b@e.org"]
    assert _send(context, resend_uncertain=True).complete
    assert sink.addresses == ["a@e.org", "a@e.org", "b@e.org"]
    ids = {message_from_bytes(content)["Message-ID"] for address, content in sink.messages if address == "a@e.org"}
    assert len(ids) == 1


def test_a_server_that_is_not_there_loses_nobody(context: Context, tmp_path: Path, sink: Sink) -> None:
    subscribe(context, "a@e.org", "b@e.org")
    nowhere = office(context.database, tmp_path, f"smtp://127.0.0.1:{free_port()}")
    report = _send(nowhere)
    assert report.counts == {"waiting": 2}
    assert report.stopped.startswith("127.0.0.1:")
    assert _send(context, resume=True).counts == {"sent": 2}
    assert sink.addresses == ["a@e.org", "b@e.org"]


def test_resume_queues_nobody_new(context: Context, sink: Sink) -> None:
    subscribe(context, "a@e.org")
    _send(context)
    subscribe(context, "new@e.org")
    assert _send(context, resume=True).queued == 0
    assert mailing.preview(context, EDITION)[0] == 1
    assert _send(context).queued == 1
    assert sink.addresses == ["a@e.org", "new@e.org"]


def test_a_preview_writes_nothing(context: Context, sink: Sink) -> None:
    subscribe(context, "a@e.org")
    count, content = mailing.preview(context, EDITION)
    assert count == 1
    assert b"To: <reader@example.org>" in content
    with context.database.read() as tx:
        assert deliveries.counts(tx, EDITION) == {}
    assert sink.messages == []


def test_one_copy_to_one_address_is_not_recorded(context: Context, sink: Sink) -> None:
    assert mailing.send_to(context, EDITION, " Editor@e.org ", sleep=lambda _: None) == ""
    assert sink.addresses == ["Editor@e.org"]
    with context.database.read() as tx:
        assert deliveries.counts(tx, EDITION) == {}
    sink.rcpt = {"no@e.org": ["550 unknown"]}
    assert mailing.send_to(context, EDITION, "no@e.org") == "550 unknown"
    with pytest.raises(UsageError, match="is no e-mail address"):
        mailing.send_to(context, EDITION, "a@e.org, b@e.org")


def test_what_waits_is_found_also_when_a_crash_came_before_the_queue(context: Context, sink: Sink) -> None:
    subscribe(context, "early@e.org", since=PUBLISHED)
    subscribe(context, "late@e.org", since=PUBLISHED + HOUR)
    [report] = mailing.send_waiting(context)
    assert report.complete
    assert sink.addresses == ["early@e.org"]
    assert mailing.send_waiting(context) == []


def test_an_edition_without_files_does_not_hold_up_the_others(context: Context, sink: Sink) -> None:
    other = Edition(publication="weekly", period="2026-W25", language="zh")
    publish(context, other)
    subscribe(context, "a@e.org")
    with context.database.write() as tx:
        readers.confirm(tx, 1, [("weekly", "zh")], PUBLISHED)
    (context.output / "weekly/2026-W25/en/mail.html").unlink()
    first, second = mailing.send_waiting(context)
    assert "holds no mail" in first.stopped
    assert first.counts == {"waiting": 1}
    assert (second.edition, second.complete) == (other, True)


def test_old_issues_are_not_sent_by_themselves(context: Context, sink: Sink, tmp_path: Path) -> None:
    subscribe(context, "a@e.org")
    assert mailing.send_waiting(later(context, lambda now: now + timedelta(days=30))) == []
    assert mailing.send_waiting(later(context, lambda now: now - timedelta(days=3))) == []
    assert mailing.send_waiting(office(context.database, tmp_path)) == []
    with context.database.write() as tx:
        issues.save(tx, "weekly", period.week("2026-W25"), "en", b"{}", PUBLISHED, "review")
    assert mailing.send_waiting(context) == []
    assert sink.messages == []


def test_what_can_not_be_sent_says_why(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="weekly/2026-W24/en is not published"):
        mailing.send(context, Edition(publication="weekly", period="2026-W24", language="en"))
    (context.output / "weekly/2026-W25/en/mail.txt").unlink()
    with pytest.raises(UsageError, match=r"holds no mail .* run: digest site build"):
        _send(context)
    with pytest.raises(ConfigError, match=r"\[mail\] smtp_url is not set"):
        _send(office(context.database, tmp_path))
    monkeypatch.delenv("DIGEST_SECRET")
    with pytest.raises(ConfigError, match="DIGEST_SECRET needs"):
        mailing.tokens_of(context.config)


SENDER = """
import sys
from pathlib import Path
from digest.steps import mailing
from digest.store.database import Database
from tests.deliver.office import EDITION, office
with Database.open(sys.argv[1]) as database:
    mailing.send(office(database, Path(sys.argv[2]), sys.argv[3], connections=4), EDITION)
"""


@pytest.mark.parametrize(("kills", "count"), [(3, 600), pytest.param(10, 2_000, marks=pytest.mark.chaos)])
def test_a_sender_killed_again_and_again_mails_nobody_twice_and_loses_nobody(
    context: Context, sink: Sink, tmp_path: Path, kills: int, count: int
) -> None:
    addresses = [f"r{n}@e.org" for n in range(count)]
    subscribe(context, *addresses)
    sink.delay_s = 0.004
    for n in range(kills):
        _kill_after(1 + 17 * n % 40, sink, tmp_path)
    assert len(sink.messages) < count
    report = _send(context, resume=True)
    assert set(report.counts) == {"sent", "uncertain"}
    assert sum(report.counts.values()) == count
    assert len(report.uncertain) <= kills * 4 * 25
    assert len(sink.addresses) == len(set(sink.addresses))
    with context.database.read() as tx:
        sent = {delivery.address for delivery in deliveries.listing(tx, EDITION, "sent")}
    assert sent <= set(sink.addresses)
    assert set(sink.addresses) - sent <= set(report.uncertain)
    assert sent | set(report.uncertain) == set(addresses)


def _kill_after(messages: int, sink: Sink, folder: Path) -> None:
    """Start a sender and kill it when so many more messages have come in."""
    wanted = len(sink.messages) + messages
    arguments = [sys.executable, "-c", SENDER, f"sqlite:///{folder / 'digest.db'}", str(folder), sink.url]
    with subprocess.Popen(arguments, env=os.environ | {"DIGEST_SECRET": SECRET}) as sender:
        while len(sink.messages) < wanted:
            assert sender.poll() is None, "it ended before it could be killed"
            time.sleep(0.001)
        sender.send_signal(signal.SIGKILL)
