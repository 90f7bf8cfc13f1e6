"""One request to an OpenAI-compatible server: what is sent, what comes back, and what each failure means."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from digest.llm.answer import Trouble
from digest.llm.decode import wire_schema
from digest.text import one_line

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_FILTERED = {"content_filter": "the server's filter stopped the answer"}
FORMS = ("json_schema", "json_object", "plain")
_CONTEXT = ("context_length", "context length", "maximum context", "context window", "too many tokens", "context size")
_STRUCTURE = ("response_format", "json", "schema", "structured", "grammar")
_MESSAGE_CHARS = 200
FITTING = "Answer with one JSON object that fits this JSON Schema:"


class Later(Exception):  # noqa: N818  no error: try again
    """The server can't answer now.

    `after_s` is its Retry-After, 0 where it gave none; `status` the HTTP status, 0 where the question got lost.
    """

    def __init__(self, trouble: Trouble, status: int = 0, after_s: float = 0.0) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble
        self.status = status
        self.after_s = after_s


class Never(Exception):  # noqa: N818  a value with a way out
    """This request is not to be sent again. `status` is the HTTP status, 0 where there was none."""

    def __init__(self, trouble: Trouble, status: int = 0) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server wrote. Tokens are None where it does not count them; `cut` says that it ran into the limit."""

    text: str
    refusal: str = ""
    cut: bool = False
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(slots=True)
class Habits:
    """What a server was found to refuse, so that it is asked only once: the way of structuring, and two parameters."""

    form: int = 0
    temperature: bool = True
    limit: str = "max_tokens"
    proven: bool = False

    def learn(self, message: str) -> bool:
        """Take back the feature that a 400 complains of; False when nothing is left to take back.

        A server that has answered before is only believed when it names the feature: one odd request must not cost all
        others their structure.
        """
        text = message.lower()
        if "temperature" in text and self.temperature:
            self.temperature = False
        elif "max_completion_tokens" in text and self.limit == "max_tokens":
            self.limit = "max_completion_tokens"
        elif self.form < len(FORMS) - 1 and (not self.proven or any(word in text for word in _STRUCTURE)):
            self.form += 1
        else:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question in the words of the protocol. `messages` are (role, text)."""

    model: str
    name: str
    messages: Sequence[tuple[str, str]]
    schema: Mapping[str, Any]
    temperature: float
    max_tokens: int


def body(request: Request, habits: Habits) -> dict[str, Any]:
    """Return the keyword arguments of the openai client for a request."""
    form = FORMS[habits.form]
    (role, task), *rest = request.messages
    if form != "json_schema":
        task += f"\n\n{FITTING}\n{json.dumps(request.schema, sort_keys=True)}"
    sent: dict[str, Any] = {
        "model": request.model,
        "messages": [{"role": r, "content": text} for r, text in [(role, task), *rest]],
        habits.limit: request.max_tokens,
    }
    if habits.temperature:
        sent["temperature"] = request.temperature
    if form == "json_schema":
        shape = {"name": request.name, "strict": True, "schema": wire_schema(request.schema)}
        sent["response_format"] = {"type": "json_schema", "json_schema": shape}
    elif form == "json_object":
        sent["response_format"] = {"type": "json_object"}
    return sent


async def send(client: "AsyncOpenAI", request: Request, habits: Habits, max_bytes: int) -> Reply:
    """Send a request and read at most `max_bytes` of the answer. Raises Later or Never."""
    import openai  # noqa: PLC0415  costs most of a second: paid by those who ask a model

    while True:
        form = habits.form
        try:
            async with client.chat.completions.with_streaming_response.create(**body(request, habits)) as response:
                reply = _reply(await _bounded(response, max_bytes))
                habits.proven = True
                return reply
        except openai.BadRequestError as error:
            if _context(error) or _filtered(error):
                raise translated(error) from error
            # Another request may have learnt the same meanwhile: then only try again.
            if habits.form == form and not habits.learn(str(error.message)):
                raise translated(error) from error
        except openai.OpenAIError as error:
            raise translated(error) from error


def retry_after(headers: Mapping[str, str]) -> float:
    """Read Retry-After or retry-after-ms in seconds; 0 for none or nonsense.

    An instant (RFC 9110, 10.2.3) is seen from the answer's own Date, whatever our clock says.
    """
    for name, scale in (("retry-after-ms", 1_000.0), ("retry-after", 1.0)):
        try:
            value = float(headers.get(name, "")) / scale
        except ValueError:
            continue
        return value if math.isfinite(value) and value > 0 else 0.0
    try:
        until, said = (parsedate_to_datetime(headers.get(name, "")) for name in ("retry-after", "date"))
        return max(0.0, (until - said).total_seconds())
    except (TypeError, ValueError):
        return 0.0


async def _bounded(response: Any, max_bytes: int) -> bytes:  # noqa: ANN401  a private type of openai
    data = bytearray()
    try:
        async for chunk in response.iter_bytes():
            data += chunk
            if len(data) > max_bytes:
                break
    # openai does not translate what its HTTP client raises midway, and brings a client of its own.
    except Exception as error:
        raise Later(Trouble(kind="unavailable", message=f"the answer broke off: {one_line(str(error))}")) from error
    if len(data) > max_bytes:
        raise Never(Trouble(kind="malformed", message=f"the answer is longer than {max_bytes:,} bytes"))
    return bytes(data)


def _reply(data: bytes) -> Reply:
    try:
        answer = json.loads(data)
        choice = answer["choices"][0]
        message = choice["message"]
        usage = answer.get("usage") or {}
        return Reply(
            text=_text(message.get("content")),
            refusal=_text(message.get("refusal")) or _FILTERED.get(choice.get("finish_reason"), ""),
            cut=choice.get("finish_reason") == "length",
            prompt_tokens=_count(usage.get("prompt_tokens")),
            completion_tokens=_count(usage.get("completion_tokens")),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Later(Trouble(kind="unavailable", message="the server's answer is no chat completion")) from error


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def translated(error: Exception) -> Later | Never:
    """Return what an error of the openai client means."""
    import openai  # noqa: PLC0415  the same

    message = one_line(str(getattr(error, "message", error)))[:_MESSAGE_CHARS]
    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code, message, error)
    if isinstance(error, openai.APIConnectionError):
        return Later(Trouble(kind="unavailable", message=f"no answer: {message}"))
    return Never(Trouble(kind="rejected", message=message))


def _status(status: int, message: str, error: Any) -> Later | Never:  # noqa: ANN401  one of openai's errors
    line = f"HTTP {status}: {message}"
    if status in {408, 409, 425, 429} or status >= 500:  # noqa: PLR2004  HTTP's own numbers
        # An account without money answers 429 too, and waiting does not fill it.
        if getattr(error, "code", None) == "insufficient_quota":
            return Never(Trouble(kind="unauthorised", message=line), status)
        return Later(Trouble(kind="unavailable", message=line), status, retry_after(error.response.headers))
    if status in {401, 403}:
        return Never(Trouble(kind="unauthorised", message=line), status)
    if status == 404:  # noqa: PLR2004  the same
        return Never(Trouble(kind="unknown model", message=line), status)
    if status == 413 or _context(error):  # noqa: PLR2004  the same
        return Never(Trouble(kind="context", message=line), status)
    return Never(Trouble(kind="refused" if _filtered(error) else "rejected", message=line), status)


def _context(error: Any) -> bool:  # noqa: ANN401  one of openai's errors
    text = f"{getattr(error, 'code', '')} {error.message}".lower()
    return any(word in text for word in _CONTEXT)


def _filtered(error: Any) -> bool:  # noqa: ANN401  one of openai's errors
    return "content_filter" in str(getattr(error, "code", ""))
