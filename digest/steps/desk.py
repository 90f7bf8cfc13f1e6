"""The writer's desk: one model for a whole run, with its event loop, its bill, and a record of every number."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar

from digest.domain.issue import Cost
from digest.llm.answer import Answer, Ask, Trouble
from digest.llm.budget import DEGRADATION, Plan, choose, estimate
from digest.llm.cache import Answers
from digest.llm.client import Call, Model
from digest.llm.forecast import Volume, loads
from digest.llm.replay import Record, Replay
from digest.llm.settings import ModelSettings

T = TypeVar("T")


class Desk:
    """A model at work, as a context manager.

    `calls` are the questions of the number at work so far, those from the cache too; `notes` say which parts of it
    stayed the local engine's, and why. With a `record` its outcomes stand in for the model, its plan for the budget.
    """

    def __init__(
        self,
        settings: ModelSettings,
        answers: Answers,
        now: datetime,
        *,
        forbidden: bool = False,
        record: Record | None = None,
    ) -> None:
        self.calls: list[Call] = []
        self.notes: list[str] = []
        self.plan = Plan()
        self.model = Model(settings, answers, now=now, record=self.calls.append, forbidden=forbidden)
        self._given = record
        self._replay = Replay(record.calls) if record else None
        self._ahead: list[Volume] = []
        self._runner = asyncio.Runner()

    def expect(self, volumes: Sequence[Volume]) -> float:
        """Share the caps between the numbers of a run, in their order; return their cost by estimate in US dollars."""
        self._ahead = list(volumes)
        return sum(step.usd for volume in volumes for step in estimate(loads(volume), self.model.settings))

    def begin(self, volume: Volume, before: Record | None = None) -> None:
        """Plan a number so that it and those ahead stay below both caps, in the declared order of degradation.

        Where `before` is on record, the plan gives up no more than it did: its answers are paid for.
        """
        ahead, self._ahead = self._ahead or [volume], self._ahead[1:]
        asked = [load for each in ahead for load in loads(each)]
        left, least = self.model.budget.left, before.plan if before else None
        self.calls.clear()
        self.plan = self._given.plan if self._given else choose(asked, self.model.settings, left, least)
        self.notes = [f"given up to stay within the budget: {self.plan.given_up}"] if self.plan.given_up else []

    @property
    def ask(self) -> Ask:
        """How steps ask the model, in the tier of the plan."""
        if self._replay:
            return self._replay.ask
        return partial(self.model.ask, tier=self.plan.tier) if self.plan.tier else self.model.ask

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Let a step of the model run to its end."""
        return self._runner.run(work)

    @property
    def cost(self) -> Cost:
        """What the model cost so far in this run."""
        return self.model.cost

    @property
    def record(self) -> Record:
        """What is needed to make the number at work again."""
        return Record(plan=self.plan, calls=tuple(self.calls))

    @property
    def missing(self) -> int:
        """How many questions the given record does not hold."""
        return self._replay.missing if self._replay else 0

    @property
    def over_budget(self) -> bool:
        """Whether the number at work lacks an answer because a cap would have been passed."""
        return self.plan == DEGRADATION[-1] or "budget" in self._troubles()

    @property
    def out_of_reach(self) -> str:
        """Why no question of the number at work found a model, "" when one did or none was asked."""
        if any(isinstance(call.outcome, Answer) for call in self.calls):
            return ""
        return next((kind for kind in self._troubles() if kind in _NOBODY), "")

    def _troubles(self) -> list[str]:
        return [call.outcome.kind for call in self.calls if isinstance(call.outcome, Trouble)]

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


_NOBODY = frozenset({"unavailable", "no key", "unauthorised", "unknown model", "forbidden"})
