import threading
from collections.abc import Sequence

import pytest

from digest.deliver.outbox import Parcel, Posted
from digest.deliver.post import send_all
from digest.deliver.smtp import server_of
from digest.errors import ConfigError
from tests.deliver.sink import Sink, free_port

SENDER = "news@e.org"


class Groups:
    """An outbox in memory that remembers the order of claims and outcomes."""

    def __init__(self, count: int, size: int = 2, attempts: int = 1) -> None:
        parcels = [
            Parcel(delivery=n, address=f"r{n}@e.org", content=lambda n=n: b"Subject: %d\r\n\r\nHello %d\r\n" % (n, n))
            for n in range(count)
        ]
        self._groups = [parcels[n : n + size] for n in range(0, count, size)]
        self._lock = threading.Lock()
        self.done: list[Posted] = []

    def exchange(self, done: Sequence[Posted]) -> Sequence[Parcel]:
        with self._lock:
            self.done += done
            return self._groups.pop(0) if self._groups else ()

    def settle(self, done: Sequence[Posted]) -> None:
        with self._lock:
            self.done += done

    @property
    def fates(self) -> dict[int, str]:
        assert len({posted.parcel.delivery for posted in self.done}) == len(self.done)
        return {posted.parcel.delivery: posted.fate for posted in sorted(self.done, key=lambda p: p.parcel.delivery)}

    def note(self, n: int) -> str:
        return next(posted.note for posted in self.done if posted.parcel.delivery == n)


def _send(outbox: Groups, sink: Sink, connections: int = 1) -> str:
    waits: list[float] = []
    return send_all(outbox, server_of(sink.url), SENDER, connections=connections, sleep=waits.append)


def test_every_message_arrives_once_byte_for_byte() -> None:
    with Sink() as sink:
        outbox = Groups(30, size=4)
        assert _send(outbox, sink, connections=4) == ""
    assert outbox.fates == dict.fromkeys(range(30), "sent")
    assert sorted(sink.messages) == sorted(
        (f"r{n}@e.org", b"Subject: %d\r\n\r\nHello %d\r\n" % (n, n)) for n in range(30)
    )


def test_a_refused_address_is_its_own_trouble() -> None:
    with Sink(rcpt={"r1@e.org": ["550 5.1.1 no such user"]}) as sink:
        outbox = Groups(4)
        assert _send(outbox, sink) == ""
    assert outbox.fates == {0: "sent", 1: "refused", 2: "sent", 3: "sent"}
    assert outbox.note(1) == "550 5.1.1 no such user"


@pytest.mark.parametrize("reply", ["451 later", "421 closing"])
def test_later_is_deferred_wherever_it_is_said(reply: str) -> None:
    with Sink(rcpt={"r0@e.org": [reply]}, data={"r2@e.org": [reply]}) as sink:
        outbox = Groups(4)
        assert _send(outbox, sink) == ""
    assert outbox.fates == {0: "deferred", 1: "sent", 2: "deferred", 3: "sent"}
    assert outbox.note(0) == reply


def test_who_is_put_off_ten_times_in_a_row_stops() -> None:
    with Sink(rcpt={f"r{n}@e.org": ["451 busy"] for n in range(30)}) as sink:
        outbox = Groups(14)
        assert _send(outbox, sink) == "451 busy"
    assert list(outbox.fates.values()).count("deferred") == 10
    assert sink.messages == []


def test_a_refused_sender_is_our_trouble_and_stops_all() -> None:
    with Sink(mail=["", "550 5.7.1 you are blocked"]) as sink:
        outbox = Groups(6)
        assert _send(outbox, sink) == "550 5.7.1 you are blocked"
    assert outbox.fates == {0: "sent", 1: "unsent"}
    assert len(sink.messages) == 1


def test_a_refused_message_is_our_trouble_and_stops_all() -> None:
    with Sink(data={"r0@e.org": ["554 5.7.1 looks like spam"]}) as sink:
        outbox = Groups(4)
        assert "spam" in _send(outbox, sink)
    assert outbox.fates == {0: "unsent", 1: "unsent"}
    assert sink.messages == []


def test_a_lost_answer_is_uncertain_and_not_tried_again() -> None:
    with Sink(data={"r0@e.org": ["drop"], "r1@e.org": ["keep-drop"]}) as sink:
        outbox = Groups(4)
        assert _send(outbox, sink) == ""
    assert outbox.fates == {0: "uncertain", 1: "uncertain", 2: "sent", 3: "sent"}
    assert "no answer to the message" in outbox.note(0)
    assert sink.addresses == ["r1@e.org", "r2@e.org", "r3@e.org"]


def test_a_connection_lost_before_the_last_byte_is_tried_again() -> None:
    with Sink(rcpt={"r1@e.org": ["drop", "drop"]}) as sink:
        outbox = Groups(4)
        assert _send(outbox, sink) == ""
    assert outbox.fates == dict.fromkeys(range(4), "sent")


def test_a_server_that_is_not_there_gives_everything_back() -> None:
    outbox = Groups(6)
    waits: list[float] = []
    port = free_port()
    server, stop = server_of(f"smtp://127.0.0.1:{port}"), threading.Event()
    stopped = send_all(outbox, server, SENDER, connections=2, sleep=waits.append, stop=stop)
    assert not stop.is_set(), "what the caller may stop with is not ours to set"
    assert stopped.startswith(f"127.0.0.1:{port}: ")
    assert set(outbox.fates.values()) == {"unsent"}
    assert sorted(waits) == [1.0, 1.0, 2.0, 2.0, 4.0, 4.0]


def test_a_server_that_takes_fewer_connections_gets_all() -> None:
    with Sink(most_connections=1, delay_s=0.02) as sink:
        outbox = Groups(12)
        _send(outbox, sink, connections=3)
        taken = sink.addresses
    assert len(taken) == list(outbox.fates.values()).count("sent") > 0
    assert set(outbox.fates.values()) <= {"sent", "unsent"}


def test_the_word_to_stop_ends_after_the_message_on_its_way() -> None:
    stop = threading.Event()
    with Sink() as sink:
        outbox = Groups(6, size=3)
        outbox._groups[0][1] = Parcel(delivery=1, address="r1@e.org", content=lambda: stop.set() or b"\r\nx\r\n")  # type: ignore[func-returns-value]  set() gives None
        assert send_all(outbox, server_of(sink.url), SENDER, connections=1, stop=stop) == ""
    assert outbox.fates == {0: "sent", 1: "sent", 2: "unsent"}


def test_a_bug_ends_all_and_keeps_what_is_known() -> None:
    def fail() -> bytes:
        raise ZeroDivisionError

    with Sink() as sink:
        outbox = Groups(4)
        outbox._groups[0][1] = Parcel(delivery=1, address="r1@e.org", content=fail)
        with pytest.raises(ZeroDivisionError):
            _send(outbox, sink)
    assert outbox.fates == {0: "sent"}


@pytest.mark.parametrize(
    ("url", "password", "fault"),
    [
        ("mail.e.org:25", "", "write it like smtp://user@host:587"),
        ("http://e.org", "", "can't be read"),
        ("smtp://e.org:99999", "", "can't be read"),
        ("smtp://", "", "names no server"),
        ("smtp://user:pass@e.org", "", "keep the password in the environment"),
        ("smtp://user@e.org", "", "the environment has no password"),
    ],
)
def test_a_wrong_url_names_the_remedy(url: str, password: str, fault: str) -> None:
    with pytest.raises(ConfigError, match=fault) as error:
        server_of(url, password)
    assert "pass@" not in str(error.value)


def test_a_password_travels_through_tls_alone() -> None:
    assert server_of("smtp://user%40x@e.org:587", "pw").security == "starttls"
    assert server_of("smtp://user%40x@e.org:587", "pw").user == "user@x"
    assert server_of("smtps://user@e.org", "pw").security == "tls"
    assert server_of("smtps://user@e.org", "pw").port == 465
    assert server_of("smtp://e.org").security == "offered"
    assert server_of("smtp://user@localhost", "pw").security == "offered"


def test_a_server_without_the_needed_tls_gets_no_password() -> None:
    with Sink() as sink:
        server = server_of(f"smtp://user@127.0.0.1:{sink.port}", "pw")
        stopped = send_all(Groups(2), server, SENDER, connections=1, sleep=lambda _: None)
    assert "AUTH" in stopped
