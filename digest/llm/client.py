"""The only door to a model: cached, capped, bounded, and never raising for what happens outside."""

import asyncio
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from digest.domain.issue import Cost
from digest.llm.answer import Answer, Trouble, Usage, redacted
from digest.llm.budget import Budget, model_for, price_of
from digest.llm.cache import Answers, StoredAnswer, input_hash
from digest.llm.decode import compact
from digest.llm.hostile import cleaned
from digest.llm.line import Line
from digest.llm.prompts import Prompt, Tier, render
from digest.llm.settings import OPENAI, ModelSettings
from digest.llm.talk import Question, Talk

_LOG = logging.getLogger(__name__)
_GIVE_UP = 3  # questions in a row that found no server: from then on nobody waits for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A question and what came of it in the end, for `digest.llm.replay`: from the cache, by the cheap tier, failed.

    `usage` is what this run paid for it: nothing for an answer from the cache.
    """

    prompt: str
    prompt_hash: str
    input_hash: str
    model: str
    outcome: Answer | Trouble
    usage: Usage


def add(cost: Cost, call: Call) -> Cost:
    """Return a cost with one more question in it."""
    cached = isinstance(call.outcome, Answer) and call.outcome.cached
    return Cost(
        calls=cost.calls + call.usage.calls,
        prompt_tokens=cost.prompt_tokens + call.usage.prompt_tokens,
        completion_tokens=cost.completion_tokens + call.usage.completion_tokens,
        usd=cost.usd + call.usage.usd,
        cached=cost.cached + cached,
    )


class Model:
    """A model behind an OpenAI-compatible server, as an async context manager.

    `now` is the run's instant: it dates what is paid and decides which month's cap counts. `record` is told every
    question with its outcome. `forbidden` (or DIGEST_MODEL=forbidden in the environment) lets only the cache answer.
    `cost` grows with every question.
    """

    def __init__(
        self,
        settings: ModelSettings,
        answers: Answers,
        *,
        now: datetime,
        record: Callable[[Call], None] | None = None,
        forbidden: bool = False,
    ) -> None:
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        self.settings = settings
        self.cost = Cost()
        self.budget = Budget(
            run=settings.budget_usd_per_run, month=settings.budget_usd_per_month, month_spent=answers.spent(month)
        )
        self.line = Line(settings, self.budget)
        self._answers = answers
        self._now = now
        self._record = record
        self._forbidden = forbidden or os.environ.get("DIGEST_MODEL") == "forbidden"
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._dead: dict[str, Trouble] = {}
        self._misses = 0
        self._told: set[str] = set()

    async def __aenter__(self) -> Self:
        """Open nothing yet: a run that the cache answers never loads the client."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.line.close()

    async def ask(self, prompt: Prompt, values: Mapping[str, Any], *, tier: Tier | None = None) -> Answer | Trouble:
        """Return the answer to a prompt filled with values, from the cache where it was paid for before.

        Values are JSON; their strings are cleaned of invisible characters before they are hashed and rendered. `tier`
        overrides the prompt's; what would pass a cap is asked of the cheap tier. At most `settings.concurrency`
        questions are under way at once, each for at most `settings.timeout_s`.
        """
        values, tier = cleaned(values), tier or prompt.tier
        call = await self._asked(prompt, values, tier)
        if isinstance(call.outcome, Trouble) and call.outcome.kind == "budget" and self._falls(tier):
            call = await self._asked(prompt, values, "cheap")
        self._tell(call)
        if self._record is not None:
            self._record(call)
        return call.outcome

    def _falls(self, tier: Tier) -> bool:
        """Whether a cheaper model stands below a tier: what is too dear for the better one is asked of it."""
        return tier == "best" and model_for("cheap", self.settings) != model_for("best", self.settings)

    async def _asked(self, prompt: Prompt, values: Mapping[str, Any], tier: Tier) -> Call:
        question = self._question(prompt, values, tier)
        remembered = self._remembered(question)
        outcome, usage = (remembered, Usage()) if remembered else await self._paid(question)
        if isinstance(outcome, Trouble):
            outcome = self.redacted(outcome)
        call = Call(
            prompt=prompt.name,
            prompt_hash=prompt.hash,
            input_hash=question.input_hash,
            model=question.model,
            outcome=outcome,
            usage=usage,
        )
        self.cost = add(self.cost, call)
        return call

    def redacted(self, trouble: Trouble) -> Trouble:
        """Return the trouble without the key."""
        return redacted(trouble, self.settings.api_key)

    def _tell(self, call: Call) -> None:
        """Log the first trouble of each kind in full: the issue names kinds only, for its bytes must not vary."""
        if isinstance(call.outcome, Trouble) and call.outcome.kind not in self._told:
            self._told.add(call.outcome.kind)
            _LOG.warning(
                "model %s, prompt %s: %s: %s", call.model, call.prompt, call.outcome.kind, call.outcome.message
            )

    def _question(self, prompt: Prompt, values: Mapping[str, Any], tier: Tier) -> Question:
        model = model_for(tier, self.settings)
        task, material = render(prompt, values)
        return Question(
            prompt=prompt,
            model=model,
            input_hash=input_hash(values),
            task=task,
            material=material,
            price=price_of(model, self.settings),
        )

    def _remembered(self, question: Question) -> Answer | None:
        stored = self._answers.get(question.model, question.prompt.hash, question.input_hash)
        if stored is None or not stored.output:
            return None
        return Answer(
            data=json.loads(stored.output),
            model=question.model,
            prompt_hash=question.prompt.hash,
            input_hash=question.input_hash,
            cached=True,
        )

    async def _paid(self, question: Question) -> tuple[Answer | Trouble, Usage]:
        if self._forbidden:
            return Trouble(kind="forbidden", message="real model calls are forbidden (DIGEST_MODEL)"), Usage()
        if not self.settings.api_key and self.settings.base_url == OPENAI:
            return Trouble(kind="no key", message="no key; set the variable of [llm] api_key_env, or base_url"), Usage()
        async with self._slots:
            dead = self._dead.get("") or self._dead.get(question.model)
            if dead is not None:
                return dead, Usage()
            outcome, usage = await self._timed(question)
            self._learn(question, outcome)
            return outcome, usage

    async def _timed(self, question: Question) -> tuple[Answer | Trouble, Usage]:
        talk = Talk(question, self.line)
        outcome: Answer | Trouble
        try:
            async with asyncio.timeout(self.settings.timeout_s):
                outcome = await talk.run()
        except TimeoutError:
            outcome = Trouble(kind="unavailable", message=f"no answer within {self.settings.timeout_s:g} s")
        if talk.usage.calls:
            self._keep(question, outcome, talk.usage)
        return outcome, talk.usage

    def _learn(self, question: Question, outcome: Answer | Trouble) -> None:
        """Remember what will not change during this run, so that a thousand items don't each find it out."""
        if isinstance(outcome, Answer):
            self._misses = 0
        elif outcome.kind == "unauthorised":
            self._dead[""] = outcome
        elif outcome.kind == "unknown model":
            self._dead[question.model] = outcome
        elif outcome.kind == "unavailable":
            self._misses += 1
            if self._misses >= _GIVE_UP:
                self._dead[""] = outcome

    def _keep(self, question: Question, outcome: Answer | Trouble, usage: Usage) -> None:
        self._answers.put(
            StoredAnswer(
                model=question.model,
                prompt_hash=question.prompt.hash,
                input_hash=question.input_hash,
                output=compact(outcome.data) if isinstance(outcome, Answer) else "",
                prompt=question.prompt.name,
                prompt_tokens=usage.prompt_tokens,
                completion_tokens=usage.completion_tokens,
                calls=usage.calls,
                usd=usage.usd,
                at=self._now,
            )
        )
