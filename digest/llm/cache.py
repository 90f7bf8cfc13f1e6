"""Answers already paid for: what a cache must offer, and one in memory."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from digest.llm.decode import compact


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """One paid answer.

    `output` is the accepted answer as JSON text, or "" for a question that cost money and gave nothing usable. `usd`
    includes the repairs that it took; `at` is the instant of the run that paid.
    """

    model: str
    prompt_hash: str
    input_hash: str
    output: str
    prompt: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 1
    usd: float = 0.0
    at: datetime


class Answers(Protocol):
    """What the client asks of a cache; the store satisfies it."""

    def get(self, model: str, prompt_hash: str, input_hash: str) -> StoredAnswer | None:
        """Return the answer under that key, or None."""
        ...

    def put(self, answer: StoredAnswer) -> None:
        """Keep an answer and its payment, durably, replacing an answer with the same key."""
        ...

    def spent(self, since: datetime) -> float:
        """Sum the US dollars paid at or after an instant, also for answers that were replaced since."""
        ...


class MemoryAnswers:
    """A cache that lives as long as the process."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str], StoredAnswer] = {}
        self._payments: list[tuple[datetime, float]] = []

    def get(self, model: str, prompt_hash: str, input_hash: str) -> StoredAnswer | None:
        """Return the answer under that key, or None."""
        return self._rows.get((model, prompt_hash, input_hash))

    def put(self, answer: StoredAnswer) -> None:
        """Keep an answer and its payment, replacing an answer with the same key."""
        self._rows[answer.model, answer.prompt_hash, answer.input_hash] = answer
        self._payments.append((answer.at, answer.usd))

    def spent(self, since: datetime) -> float:
        """Sum the US dollars paid at or after an instant, also for answers that were replaced since."""
        return sum(usd for at, usd in self._payments if at >= since)


def input_hash(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a prompt's values, hex; equal values in any order of keys give the same."""
    return hashlib.sha256(compact(values).encode()).hexdigest()
