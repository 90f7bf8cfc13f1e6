"""The writer's desk: one model for a whole run, with its event loop and its bill."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar

from digest.domain.issue import Cost
from digest.llm.answer import Ask, Trouble
from digest.llm.budget import Plan, choose
from digest.llm.cache import Answers
from digest.llm.client import Call, Model
from digest.llm.forecast import Volume, loads
from digest.llm.settings import ModelSettings

T = TypeVar("T")


class Desk:
    """A model at work, as a context manager.

    `calls` are all its questions so far, those from the cache too; `notes` say which parts of the number at work stayed
    the local engine's, and why.
    """

    def __init__(self, settings: ModelSettings, answers: Answers, now: datetime, *, forbidden: bool = False) -> None:
        self.calls: list[Call] = []
        self.notes: list[str] = []
        self.plan = Plan()
        self.model = Model(settings, answers, now=now, record=self.calls.append, forbidden=forbidden)
        self._runner = asyncio.Runner()

    def begin(self, volume: Volume) -> None:
        """Plan a number so that it stays below the cap of a run, in the declared order of degradation."""
        settings = self.model.settings
        self.plan = choose(loads(volume), settings, settings.budget_usd_per_run)
        self.notes = [f"given up to stay within the budget: {self.plan.given_up}"] if self.plan.given_up else []

    @property
    def ask(self) -> Ask:
        """How steps ask the model, in the tier of the plan."""
        return partial(self.model.ask, tier=self.plan.tier) if self.plan.tier else self.model.ask

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Let a step of the model run to its end."""
        return self._runner.run(work)

    @property
    def cost(self) -> Cost:
        """What the model cost so far in this run."""
        return self.model.cost

    @property
    def over_budget(self) -> bool:
        """Whether a question was not asked because a cap would have been passed."""
        return any(isinstance(call.outcome, Trouble) and call.outcome.kind == "budget" for call in self.calls)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self.model.line.close())
        self._runner.close()


def difference(after: Cost, before: Cost) -> Cost:
    """Return what was spent between two readings of a bill."""
    return Cost(
        calls=after.calls - before.calls,
        prompt_tokens=after.prompt_tokens - before.prompt_tokens,
        completion_tokens=after.completion_tokens - before.completion_tokens,
        usd=round(after.usd - before.usd, 6),
        cached=after.cached - before.cached,
    )
