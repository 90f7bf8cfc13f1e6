"""All questions of a number on record, and a model that answers from the record: offline, to the byte."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from digest.domain.issue import Cost
from digest.llm.answer import Answer, Trouble, Usage
from digest.llm.budget import Plan
from digest.llm.cache import input_hash
from digest.llm.client import Call, add
from digest.llm.decode import compact
from digest.llm.hostile import cleaned
from digest.llm.prompts import Prompt, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a number was made with: the plan that its budget allowed, and every question with its outcome."""

    plan: Plan
    calls: tuple[Call, ...]


def dump(record: Record) -> str:
    """Write a record as JSON Lines: the plan, then the calls by prompt and input, equal ones in the order asked.

    The order in which a server answers leaves no trace: the same run gives the same bytes.
    """
    calls = sorted(record.calls, key=lambda call: (call.prompt, call.input_hash))
    return "".join(f"{compact(row)}\n" for row in ({"plan": asdict(record.plan)}, *map(_row, calls)))


def parse(text: str) -> Record:
    """Read what `dump` wrote. Raises ValueError, KeyError or TypeError for other text."""
    first, *rest = [json.loads(line) for line in text.splitlines() if line.strip()]
    return Record(plan=Plan(**first["plan"]), calls=tuple(map(_call, rest)))


def pack(record: Record) -> bytes:
    """Return a record as it is kept: compressed to about a tenth."""
    return zlib.compress(dump(record).encode(), 9)


def unpack(data: bytes) -> Record:
    """Read what `pack` made. Raises zlib.error, or what `parse` raises."""
    return parse(zlib.decompress(data).decode())


class Replay:
    """Answers from a record, troubles included; `cost` is what the recorded run paid. A question not in it is trouble.

    Questions are known by the name of their prompt and the hash of their input: a prompt that was edited since does not
    matter, the record says what was answered then. One that was asked twice gets both outcomes in their order.
    `missing` counts the questions that the record does not hold.
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self.cost = Cost()
        self.missing = 0
        self._calls: defaultdict[tuple[str, str], list[Call]] = defaultdict(list)
        for call in calls:
            self._calls[call.prompt, call.input_hash].append(call)

    async def ask(
        self,
        prompt: Prompt,
        values: Mapping[str, Any],
        *,
        tier: Tier | None = None,  # noqa: ARG002  the record knows which model answered
    ) -> Answer | Trouble:
        """Return what was answered then."""
        left = self._calls.get((prompt.name, input_hash(cleaned(values))))
        if left is None:
            self.missing += 1
            return Trouble(kind="forbidden", message=f"the record has no such question to prompt {prompt.name}")
        call = left.pop(0) if len(left) > 1 else left[0]
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
