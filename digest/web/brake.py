"""How often one may ask: a few times, then not for a while."""

from collections import OrderedDict
from datetime import datetime, timedelta

_REMEMBERED = 10_000


class Brake:
    """Lets each name pass `times` times within `span`; remembers the last 10,000 names."""

    def __init__(self, times: int, span: timedelta) -> None:
        self._times, self._span = times, span
        self._passed: OrderedDict[str, list[datetime]] = OrderedDict()

    def passes(self, name: str, now: datetime) -> bool:
        """Whether the name may pass now; if so it is counted."""
        recent = [moment for moment in self._passed.pop(name, []) if now - moment < self._span]
        free = len(recent) < self._times
        self._passed[name] = [*recent, now] if free else recent
        while len(self._passed) > _REMEMBERED:
            self._passed.popitem(last=False)
        return free
