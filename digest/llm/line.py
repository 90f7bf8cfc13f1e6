"""The line to one server: opened late, retried with its Retry-After honoured, each attempt reserved in the budget."""

import asyncio
import logging
from typing import TYPE_CHECKING

import stamina

from digest.llm.answer import Trouble, Usage, redacted
from digest.llm.budget import Budget, at_most, tokens, usd
from digest.llm.decode import compact
from digest.llm.settings import ModelSettings, Price
from digest.llm.wire import FORMS, Habits, Later, Never, Reply, Request, send

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_LOG = logging.getLogger(__name__)
stamina.instrumentation.set_on_retry_hooks([])  # it would log each wait of each question, with a trace


class Line:
    """A connection pool to one server, with what was learnt about it. Close it when done."""

    def __init__(self, settings: ModelSettings, budget: Budget) -> None:
        self._settings = settings
        self._budget = budget
        self._habits: dict[str, Habits] = {}
        self._not_before = 0.0
        self._told_until = 0.0
        self._client: AsyncOpenAI | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    async def exchange(self, request: Request, price: Price) -> tuple[Reply, Usage]:
        """Return the server's reply and what it took. Raises Later (all attempts failed) or Never."""
        settings = self._settings
        async for attempt in stamina.retry_context(
            on=Later,
            attempts=settings.attempts,
            timeout=None,  # the deadline of the question holds instead
            wait_initial=settings.wait_initial_s,
            wait_max=settings.wait_max_s,
            wait_jitter=settings.wait_initial_s,
        ):
            with attempt:
                wait = attempt.next_wait if attempt.num < settings.attempts else None
                return await self._attempt(request, price, wait)
        raise AssertionError("stamina ends with a reply or an exception")  # pragma: no cover

    async def models(self) -> list[str]:
        """List the names of the server's models, sorted. Raises what openai raises."""
        return sorted([model.id async for model in self.client().models.list()])

    def form(self, model: str) -> str:
        """Return how a model's answers are structured so far: "json_schema", "json_object" or "plain"."""
        return FORMS[self._habits.get(model, Habits()).form]

    def client(self) -> "AsyncOpenAI":
        """Return the openai client, made at the first use."""
        if self._client is None:
            from openai import AsyncOpenAI  # noqa: PLC0415  costs most of a second: paid by those who ask a model

            self._client = AsyncOpenAI(
                base_url=self._settings.base_url,
                # Local servers want none, the client insists on one.
                api_key=self._settings.api_key or "none",
                max_retries=0,
                timeout=self._settings.timeout_s,
                # No compressed answers: their size could not be bounded before they are unpacked.
                default_headers={"Accept-Encoding": "identity"},
            )
        return self._client

    async def _attempt(self, request: Request, price: Price, wait: float | None) -> tuple[Reply, Usage]:
        await self._patience()
        # The schema travels too, in one way or the other.
        texts = [*(text for _, text in request.messages), compact(request.schema)]
        reserved = at_most(texts, request.max_tokens, price)
        if not self._budget.reserve(reserved):
            raise Never(
                Trouble(kind="budget", message=f"the next call could pass the cap; ${self._budget.left or 0:.4f} left")
            )
        habits = self._habits.setdefault(request.model, Habits())
        try:
            reply = await send(self.client(), request, habits, self._settings.max_answer_bytes)
        except (Later, Never) as error:
            self._postpone(error)
            self._tell(error, wait)
            # A refusal by status is free; a question that got lost may be billed, so its reservation stays held.
            if error.status:
                self._budget.settle(reserved, 0.0)
            raise
        usage = _usage(reply, texts, price)
        self._budget.settle(reserved, usage.usd)
        return reply, usage

    def _postpone(self, error: Later | Never) -> None:
        """Let all questions wait: a server that says when to come back means everybody."""
        if isinstance(error, Later):
            until = asyncio.get_running_loop().time() + min(error.after_s, self._settings.wait_max_s)
            self._not_before = max(self._not_before, until)

    def _tell(self, error: Later | Never, wait: float | None) -> None:
        """Log a wait, once for all the questions that share it; `wait` is None where none follows."""
        now = asyncio.get_running_loop().time()
        if wait is None or isinstance(error, Never) or now < self._told_until:
            return
        seconds = max(wait, self._not_before - now)
        self._told_until = now + seconds
        said = redacted(error.trouble, self._settings.api_key).message
        _LOG.warning("the model's server can't answer now (%s); asked again in %.1f s", said, seconds)

    async def _patience(self) -> None:
        wait = self._not_before - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)


def _usage(reply: Reply, texts: list[str], price: Price) -> Usage:
    """Count an exchange: by the server's own figures, else by our estimate."""
    prompt = sum(map(tokens, texts)) if reply.prompt_tokens is None else reply.prompt_tokens
    completion = tokens(reply.text) if reply.completion_tokens is None else reply.completion_tokens
    return Usage(calls=1, prompt_tokens=prompt, completion_tokens=completion, usd=usd(prompt, completion, price))
