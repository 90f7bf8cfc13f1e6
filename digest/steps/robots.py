"""What a host's robots.txt allows, and how far apart it wants its visitors' requests."""

from dataclasses import dataclass

from digest.fetch.client import Fetcher
from digest.fetch.model import Request, Response

_BYTES = 500_000  # RFC 9309, 2.5: at least 500 KiB are read
_ASKED_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a host's robots.txt says; `text` is None where everything is refused."""

    text: str | None

    def allows(self, url: str, agent: str) -> bool:
        """Whether the agent may ask for the address."""
        from protego import Protego  # noqa: PLC0415  only those who read pages pay for it

        return self.text is not None and bool(Protego.parse(self.text).can_fetch(url, agent))

    def gap_s(self, agent: str, longest: float) -> float:
        """Return the seconds that the host wants between two requests, `longest` at most."""
        from protego import Protego  # noqa: PLC0415  as above

        delay = Protego.parse(self.text or "").crawl_delay(agent)
        return min(max(float(delay or 0.0), 0.0), longest)


def agent_of(user_agent: str) -> str:
    """Return the name by which robots.txt knows the program."""
    return (user_agent or "frontier-digest").split("/")[0]


async def rules_of(fetcher: Fetcher, host: str) -> Rules:
    """Read a host's robots.txt: none (4xx) allows all, one that can't be had allows nothing (RFC 9309, 2.3.1)."""
    request = Request(url=f"{host}/robots.txt", fresh=True, attempts=1, timeout_s=_ASKED_S, max_bytes=_BYTES)
    answer = await fetcher.fetch(request)
    if isinstance(answer, Response):
        return Rules(text=answer.body.decode("utf-8", "replace"))
    absent = answer.status is not None and 400 <= answer.status < 500 and answer.kind in {"status", "gone"}  # noqa: PLR2004  the classes of HTTP
    return Rules(text="" if absent else None)
