"""No faster than allowed: messages per minute, in all and to one domain."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Gives each message its moment; 0 means no limit. Shared by all connections."""

    def __init__(
        self, per_minute: int = 0, per_domain_per_minute: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._gaps = (
            60 / per_minute if per_minute else 0.0,
            60 / per_domain_per_minute if per_domain_per_minute else 0.0,
        )
        self._clock = clock
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, address: str, sleep: Callable[[float], None]) -> None:
        """Wait until a message to the address may be sent."""
        if any(self._gaps):
            pause = self._reserve(address.rpartition("@")[2])
            if pause > 0:
                sleep(pause)

    def _reserve(self, domain: str) -> float:
        every, each = self._gaps
        with self._lock:
            now = self._clock()
            moment = max(now, self._next.get("", now), self._next.get(domain, now))
            if every:
                self._next[""] = moment + every
            if each:
                self._next[domain] = moment + each
        return moment - now
