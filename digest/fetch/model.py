"""What is asked of the network and what comes back: trouble outside is a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

FailureKind = Literal[
    "address",  # the URL or the address behind it is refused
    "connect",  # no connection, or it broke
    "timeout",  # the total deadline passed
    "status",  # an HTTP status that is no success
    "gone",  # 410: the origin says that nothing will come again
    "busy",  # 429 or 503, or the host asked for a pause that is too long to wait for
    "redirects",  # too many, in a circle, or to somewhere that is no web address
    "too-large",  # more bytes than allowed, before or after unpacking
    "coding",  # a content coding that was not asked for, stacked codings, damaged gzip
    "disabled",  # not asked at all, because an earlier answer was 410
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of all requests.

    `concurrency` counts open requests in all, `per_host` those to one host and port. `timeout_s` is the total deadline
    of a request with its redirects and retries, from the moment at which it may start. `max_bytes` holds for the body
    as sent and as unpacked. `allow_private_hosts` are host names or addresses that may be loopback or private.
    """

    concurrency: int = 32
    per_host: int = 2
    timeout_s: float = 20.0
    max_bytes: int = 5_000_000
    allow_private_hosts: tuple[str, ...] = ()
    user_agent: str = "frontier-digest/0.1 (+https://github.com/frontier-digest/digest)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One GET.

    `fresh` asks in any case and unconditionally: no validators, no remembered redirect, expiry or 410.
    `min_gap_s` keeps that many seconds between the end of one such request to the host and the start of the next, and
    holds them to one connection. `patience_s` may be waited beyond the deadline for Retry-After and between attempts.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    min_gap_s: float = 0.0
    patience_s: float = 0.0
    attempts: int = 2
    max_bytes: int | None = None
    timeout_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is remembered of a URL between runs, as of `checked`; an answer that says the same again is not noted.

    `etag` and `last_modified` are the origin's own bytes (as Latin-1 text), sent back unchanged. Until `expires` it
    needs no asking. `moved_to` is the target of its last permanent redirect and `moves` how often in a row it was.
    """

    url: str
    checked: datetime
    etag: str = ""
    last_modified: str = ""
    expires: datetime | None = None
    moved_to: str = ""
    moves: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A success: 2xx with its body, or "not modified" without one.

    `url` is where the body came from after redirects. `headers` have lower-case names. `validators` are to be put
    where `Validators.get` finds them together with what the body holds, not before: a crash in between would lose it.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool = False
    validators: Stored | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No success: what happened, in one line without credentials.

    `retry_after` is the pause in seconds that the origin asks for. `body` is the beginning of an error's body.
    """

    kind: FailureKind
    message: str
    status: int | None = None
    retry_after: float | None = None
    body: bytes = b""


class Validators(Protocol):
    """Where validators are remembered between runs."""

    def get(self, url: str) -> Stored | None:
        """Return what was put last for the URL."""
        ...

    def put(self, url: str, stored: Stored) -> None:
        """Remember it in place of what was there."""
        ...


class MemoryValidators:
    """Validators that last as long as the process."""

    def __init__(self) -> None:
        self._known: dict[str, Stored] = {}

    def get(self, url: str) -> Stored | None:
        """Return what was put last for the URL."""
        return self._known.get(url)

    def put(self, url: str, stored: Stored) -> None:
        """Remember it in place of what was there."""
        self._known[url] = stored
