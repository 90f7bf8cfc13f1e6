"""Sending an outbox empty: a few connections at once, each group settled before the next is claimed."""

import smtplib
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from digest.deliver.outbox import Outbox, Parcel, Posted
from digest.deliver.pace import Pace
from digest.deliver.smtp import Answer, Line, Server, said

_TRIES = 4
_PAUSE_S = 0.5
_IN_A_ROW = 10

Sleep = Callable[[float], None]


@dataclass(slots=True)
class _State:
    """What the connections share: why all must stop, how many still work, how many messages were put off in a row."""

    working: int
    asked: threading.Event  # the caller's word to stop; only read here, for it may end more than this
    stop: threading.Event = field(default_factory=threading.Event)
    reason: str = ""
    put_off: int = 0
    given_back: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def over(self) -> bool:
        """Whether all must stop."""
        return self.stop.is_set() or self.asked.is_set()


def send_all(
    outbox: Outbox,
    server: Server,
    sender: str,
    *,
    connections: int = 4,
    pace: Pace | None = None,
    sleep: Sleep = time.sleep,
    stop: threading.Event | None = None,
) -> str:
    """Send until the outbox is empty; return "" then, or why sending stopped before.

    It stops, and gives back what it holds, when the server can't be reached four times in a row by any connection,
    when it refuses the sender or a message's content (that is no reader's fault), when it puts off ten messages in a
    row, and when `stop` is set or the main thread is interrupted: then after the messages that are on their way.
    """
    for count in (connections, 1):
        state = _State(working=count, asked=stop or threading.Event())
        _run([_Connection(outbox, server, sender, state, pace or Pace(), sleep) for _ in range(count)], state)
        if state.over or not state.given_back:
            break  # else a server that takes fewer connections left a group behind
    return state.reason


def _run(connections: Sequence["_Connection"], state: _State) -> None:
    with ThreadPoolExecutor(len(connections), thread_name_prefix="smtp") as pool:
        work = [pool.submit(connection.run) for connection in connections]
        try:
            for each in work:
                each.result()
        except BaseException:
            state.stop.set()
            raise


class _Connection:
    """One thread's connection, opened when needed and again when it broke."""

    def __init__(self, outbox: Outbox, server: Server, sender: str, state: _State, pace: Pace, sleep: Sleep) -> None:
        self._outbox, self._server, self._sender = outbox, server, sender
        self._state, self._pace, self._sleep = state, pace, sleep
        self._line: Line | None = None
        self._lost = False

    def run(self) -> None:
        """Send group after group until there is none, or all must stop."""
        done: list[Posted] = []
        try:
            while not self._over:
                group = self._outbox.exchange(done)
                done.clear()
                if not group:
                    return
                self._send(group, done)
        except BaseException:
            self._state.stop.set()
            raise
        finally:
            self._outbox.settle(done)
            self._hang_up()

    @property
    def _over(self) -> bool:
        return self._lost or self._state.over

    def _send(self, group: Sequence[Parcel], done: list[Posted]) -> None:
        for parcel in group:
            if self._over:
                done.append(Posted(parcel=parcel, fate="unsent"))
                continue
            content = parcel.content()
            self._pace.wait(parcel.address, self._sleep)
            answer = self._post(parcel.address, content)
            done.append(Posted(parcel=parcel, fate=answer.fate, note=answer.note))
            self._judge(answer)

    def _post(self, address: str, content: bytes) -> Answer:
        """Send one message; what broke before its last byte is tried again on a new connection."""
        answer = Answer("unsent")
        for attempt in range(_TRIES):
            if attempt:
                self._sleep(_PAUSE_S * 2**attempt)
            answer = self._once(address, content)
            if answer.fate != "unsent" or answer.ours:
                break
        return answer

    def _once(self, address: str, content: bytes) -> Answer:
        try:
            self._line = self._line or Line(self._server)
        except (OSError, smtplib.SMTPException) as error:
            refused = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError)
            return Answer("unsent", f"{self._server.host}:{self._server.port}: {said(error)}", ours=refused)
        answer = self._line.post(self._sender, address, content)
        if answer.closing:
            self._hang_up()
        return answer

    def _judge(self, answer: Answer) -> None:
        if answer.closing and answer.fate == "deferred":
            self._sleep(_PAUSE_S)
        with self._state.lock:
            self._state.put_off = self._state.put_off + 1 if answer.fate == "deferred" else 0
            if answer.fate == "unsent" and not answer.ours:
                self._lost = self._state.given_back = True
                self._state.working -= 1
            if answer.ours or self._state.put_off >= _IN_A_ROW or not self._state.working:
                self._state.reason = self._state.reason or answer.note
                self._state.stop.set()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
