"""What asking a model gives: an answer, or trouble as a value."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from digest.llm.prompts import Prompt, Tier

TroubleKind = Literal[
    "unavailable",  # no connection, 5xx, 429 or silence until the deadline
    "no key",  # nothing to introduce oneself with
    "unauthorised",  # 401 or 403
    "unknown model",  # 404
    "context",  # the request is longer than the model's context
    "malformed",  # no usable answer after two repairs
    "refused",  # the model or its filter declines
    "rejected",  # another 4xx
    "budget",  # the cap of the run or the month would be passed
    "forbidden",  # a switch forbids real calls
]


_SECRET = 6  # characters: a shorter key is a placeholder, and stands in many words


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one answer took: tokens as the server counts them, and US dollars; `calls` counts repairs too."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            usd=self.usd + other.usd,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decoded answer that fits its prompt's schema; all strings in `data` are cleaned and on one line."""

    data: Any
    model: str
    prompt_hash: str
    input_hash: str
    usage: Usage = Usage()
    cached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no answer. `message` is one line for a person, without secrets."""

    kind: TroubleKind
    message: str


def redacted(trouble: Trouble, key: str) -> Trouble:
    """Return the trouble without the key, which some servers repeat in their messages."""
    return replace(trouble, message=trouble.message.replace(key, "***")) if len(key) >= _SECRET else trouble


class Ask(Protocol):
    """How a step reaches a model: `Model.ask`, a replay, or a fake."""

    async def __call__(
        self, prompt: Prompt, values: Mapping[str, Any], *, tier: Tier | None = None
    ) -> Answer | Trouble:
        """Answer a prompt filled with values; `tier` overrides the prompt's own."""
        ...


def told(part: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Say which parts the local engine wrote and why, a sentence for each reason: the issue prints them."""
    return tuple(
        f"{part}: {count} by the local engine ({_WORDS.get(kind, kind)})."
        for kind, count in sorted(Counter(kinds).items())
    )


def shortened_note(part: str, count: int, chars: int) -> tuple[str, ...]:
    """Say how many texts were read up to a limit only; nothing when none was."""
    return (f"{part}: {count} texts were read up to their first {chars:,} characters.",) if count else ()


def disarmed_note(part: str, count: int) -> tuple[str, ...]:
    """Say how many texts were read without the sentences that order a model about; nothing when none was."""
    return (f"{part}: {count} texts were read without sentences that give orders to a model.",) if count else ()


_WORDS: Mapping[str, str] = {
    "unavailable": "the model could not be reached",
    "no key": "no key for a model's server is set",
    "unauthorised": "the model's server refused the key",
    "unknown model": "the server does not know the model",
    "context": "the text is too long for the model",
    "malformed": "the model's answer could not be used",
    "refused": "the model declined",
    "rejected": "the model's server rejected the request",
    "budget": "the budget is used up",
    "forbidden": "model calls are switched off",
}
