"""How many requests a host gets at a time, how far apart, and when it wants to be left alone."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Sleep = Callable[[float], Awaitable[None]]
_PATIENT = 4  # busy answers in a row after which the pauses grow
_LONGEST_PAUSE_S = 64.0


class HostBusyError(Exception):
    """The host asked for a longer pause than the request may wait."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"the host asks to wait {wait_s:.0f} s")
        self.wait_s = wait_s


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    pace: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # earliest start of the next paced request
    closed_until: float = 0.0  # Retry-After of a 429 or 503, for the whole host
    busy: int = 0  # such answers in a row


class Hosts:
    """The queues before the hosts; their times are the monotonic clock's: a fixed clock of the process stops none."""

    def __init__(self, concurrency: int, per_host: int, sleep: Sleep) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._per_host = per_host
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._started = time.monotonic()

    @asynccontextmanager
    async def turn(self, name: str, gap_s: float, longest_wait_s: float) -> AsyncIterator[None]:
        """Wait for a turn at a host. Raises HostBusyError when its pause is longer than `longest_wait_s`."""
        host = self._host(name)
        async with host.pace if gap_s > 0 else host.slots:
            await self._open(host, longest_wait_s)
            if gap_s > 0:
                # the run before this one may have asked just now: the gap holds for the first request too
                await self._until(max(host.free_at, self._started + gap_s))
            try:
                async with self._all:
                    yield
            finally:
                if gap_s > 0:
                    host.free_at = time.monotonic() + gap_s

    def close(self, name: str, seconds: float) -> None:
        """Let nobody in for some seconds; longer and longer at a host that stays busy: nobody queues for it."""
        host = self._host(name)
        host.busy += 1
        grown = min(_LONGEST_PAUSE_S, 2.0 ** (host.busy - _PATIENT))
        host.closed_until = max(
            host.closed_until, time.monotonic() + max(seconds, grown if host.busy > _PATIENT else 0)
        )

    def served(self, name: str) -> None:
        """Note that a host answered: it is busy no more."""
        self._host(name).busy = 0

    async def _open(self, host: _Host, longest_wait_s: float) -> None:
        wait = host.closed_until - time.monotonic()
        if wait > longest_wait_s:
            raise HostBusyError(wait)
        await self._until(host.closed_until)

    async def _until(self, moment: float) -> None:
        wait = moment - time.monotonic()
        if wait > 0:
            await self._sleep(wait)

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(slots=asyncio.Semaphore(self._per_host)))
