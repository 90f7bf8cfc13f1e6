"""All questions of an issue on record, and a model that answers from the record: offline, to the byte."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from digest.domain.issue import Cost
from digest.llm.answer import Answer, Trouble, Usage
from digest.llm.cache import input_hash
from digest.llm.client import Call, add
from digest.llm.decode import compact
from digest.llm.hostile import cleaned
from digest.llm.prompts import Prompt, Tier


def dump(calls: Iterable[Call]) -> str:
    """Write calls as JSON Lines, sorted by prompt and input, each question once: the same run gives the same bytes."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for call in calls:
        rows.setdefault((call.prompt, call.input_hash, call.model), _row(call))
    return "".join(compact(rows[key]) + "\n" for key in sorted(rows))


def parse(text: str) -> list[Call]:
    """Read what `dump` wrote. Raises ValueError or KeyError for other text."""
    return [_call(json.loads(line)) for line in text.splitlines() if line.strip()]


class Replay:
    """Answers from a record, troubles included; `cost` is what the recorded run paid. A question not in it is trouble.

    Questions are known by the name of their prompt and the hash of their input: a prompt that was edited since does not
    matter, the record says what was answered then.
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self.cost = Cost()
        self.missing = 0
        # What was too dear for one model was asked of another: the answer counts.
        ranked = sorted(calls, key=lambda call: isinstance(call.outcome, Answer))
        self._calls = {(call.prompt, call.input_hash): call for call in ranked}

    async def ask(
        self,
        prompt: Prompt,
        values: Mapping[str, Any],
        *,
        tier: Tier | None = None,  # noqa: ARG002  the record knows which model answered
    ) -> Answer | Trouble:
        """Return what was answered then."""
        call = self._calls.get((prompt.name, input_hash(cleaned(values))))
        if call is None:
            self.missing += 1
            return Trouble(kind="forbidden", message=f"the record has no such question to prompt {prompt.name}")
        self.cost = add(self.cost, call)
        return call.outcome


def _row(call: Call) -> dict[str, Any]:
    row: dict[str, Any] = {
        "prompt": call.prompt,
        "prompt_hash": call.prompt_hash,
        "input_hash": call.input_hash,
        "model": call.model,
        "usage": asdict(call.usage),
    }
    if isinstance(call.outcome, Trouble):
        return row | {"trouble": asdict(call.outcome)}
    return row | {"answer": call.outcome.data, "cached": call.outcome.cached}


def _call(row: Mapping[str, Any]) -> Call:
    usage = Usage(**row["usage"])
    outcome: Answer | Trouble
    if "trouble" in row:
        outcome = Trouble(**row["trouble"])
    else:
        outcome = Answer(
            data=row["answer"],
            model=row["model"],
            prompt_hash=row["prompt_hash"],
            input_hash=row["input_hash"],
            usage=usage,
            cached=row["cached"],
        )
    return Call(
        prompt=row["prompt"],
        prompt_hash=row["prompt_hash"],
        input_hash=row["input_hash"],
        model=row["model"],
        outcome=outcome,
        usage=usage,
    )
