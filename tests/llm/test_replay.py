"""A run on record: played again without a server, to the byte; and compared with another."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, replace

from digest.domain.issue import Cost, Issue
from digest.llm.answer import Answer, Ask, Trouble, Usage
from digest.llm.budget import DEGRADATION, Plan
from digest.llm.cache import MemoryAnswers, input_hash
from digest.llm.client import Call, Model
from digest.llm.compare import Difference, compare
from digest.llm.prompts import load
from digest.llm.replay import Record, Replay, dump, pack, parse, unpack
from digest.llm.settings import Price
from digest.score.rubric_model import rate
from digest.write.narrate import narrate
from digest.write.translate import translate
from tests.llm.material import NOW, PUBLICATION, draft, settings, works
from tests.llm.server import ModelServer

PRICE = {"fake-best": Price(prompt=1.0, completion=4.0)}


def record(calls: Sequence[Call]) -> Record:
    return Record(plan=Plan(), calls=tuple(calls))


async def steps(ask: Ask) -> tuple[object, Issue, Issue]:
    local, sources = draft()
    scores = await rate(works(), PUBLICATION, ask)
    issue, notes = await narrate(local, sources, ask)
    issue = replace(issue, engine_notes=notes)
    chinese, notes = await translate(issue, "zh", ask)
    return scores, issue, replace(chinese, engine_notes=notes)


def recorded(mode: str, answers: MemoryAnswers | None = None) -> tuple[list[Call], tuple[object, Issue, Issue], Cost]:
    calls: list[Call] = []

    async def inside(server: ModelServer) -> tuple[tuple[object, Issue, Issue], Cost]:
        made = settings(server, prices=PRICE, attempts=1)
        async with Model(made, answers or MemoryAnswers(), now=NOW, record=calls.append) as door:
            return await steps(door.ask), door.cost

    with ModelServer(mode) as server:
        return calls, *asyncio.run(inside(server))


def test_a_recorded_run_is_played_again_without_a_server() -> None:
    for mode in ("honest", "liar", "prose", "context"):
        calls, made, cost = recorded(mode)
        replay = Replay(unpack(pack(record(calls))).calls)
        assert asyncio.run(steps(replay.ask)) == made
        assert asdict(replay.cost) == asdict(cost) | {"usd": replay.cost.usd}
        assert abs(replay.cost.usd - cost.usd) < 1e-9
        assert replay.missing == 0


def test_the_record_s_bytes_do_not_depend_on_who_answered_first() -> None:
    calls, _, _ = recorded("honest")
    assert pack(record(calls)) == pack(record(calls[::-1]))
    assert dump(parse(dump(record(calls)))) == dump(record(calls))


def test_a_plan_that_the_budget_forced_is_on_record() -> None:
    assert unpack(pack(Record(plan=DEGRADATION[2], calls=()))).plan == DEGRADATION[2]


def test_a_question_that_is_not_on_record_is_trouble() -> None:
    replay = Replay([])
    local, sources = draft()
    issue, notes = asyncio.run(narrate(local, sources, replay.ask))
    assert issue.entries == local.entries
    assert len(notes) == 3
    assert replay.missing == 11
    assert replay.cost == Cost()


def test_a_second_run_asks_nothing_and_says_the_same() -> None:
    answers = MemoryAnswers()
    _, first, _ = recorded("honest", answers)
    calls, again, cost = recorded("honest", answers)
    assert again == first
    assert (cost.calls, cost.usd, cost.cached) == (0, 0.0, len(calls))


def test_a_question_that_was_asked_twice_gets_both_outcomes_in_their_order() -> None:
    def call(outcome: Answer | Trouble) -> Call:
        return Call(
            prompt="probe", prompt_hash="p", input_hash=input_hash({}), model="m", outcome=outcome, usage=Usage()
        )

    async def thrice(replay: Replay) -> list[Answer | Trouble]:
        return [await replay.ask(load("probe"), {}) for _ in range(3)]

    answer = Answer(data={"ready": True}, model="m", prompt_hash="p", input_hash=input_hash({}))
    trouble = Trouble(kind="unavailable", message="HTTP 500")
    kept = parse(dump(record([call(trouble), call(answer)])))
    assert asyncio.run(thrice(Replay(kept.calls))) == [trouble, answer, answer]


def test_what_was_too_dear_for_one_model_is_on_record_as_the_other_answered() -> None:
    calls: list[Call] = []
    dear = {"fake-best": Price(prompt=1e6, completion=1e6), "fake-cheap": Price(prompt=0.0, completion=0.0)}

    async def inside(server: ModelServer) -> Answer | Trouble:
        made = settings(server, prices=dear, budget_usd_per_run=1.0)
        async with Model(made, MemoryAnswers(), now=NOW, record=calls.append) as door:
            return await door.ask(load("probe"), {}, tier="best")

    with ModelServer() as server:
        outcome = asyncio.run(inside(server))
    assert [(call.model, call.outcome) for call in calls] == [("fake-cheap", outcome)]
    assert isinstance(outcome, Answer)


def test_equal_issues_have_no_difference() -> None:
    issue, _ = draft()
    assert not compare(issue, issue)
    assert compare(issue, issue) == Difference()


def test_what_differs_is_named() -> None:
    before, _ = draft()
    first, second, *rest = before.entries
    thread = before.threads[0]
    claim = replace(before.overview[0], text="Watch time rises by 2.4%.")
    after = replace(
        before,
        entries=(replace(second, value=1.5), first, *rest[:-1]),
        threads=(
            replace(thread, title="Other", claims=(claim, *thread.claims[1:])),
            replace(before.threads[1], id="new"),
        ),
    )
    found = compare(before, after)
    assert found
    assert found.items_gone == (rest[-1].id,)
    assert found.items_new == ()
    assert found.rescored == ((second.id, second.value, 1.5),)
    assert found.moved == (first.id, second.id)
    assert found.renamed == ((thread.id, thread.title, "Other"),)
    assert (found.threads_gone, found.threads_new) == ((before.threads[1].id,), ("new",))
    assert "Watch time rises by 2.4%." in found.sentences_new
    assert "2.4%" in found.figures_new
    assert "2.4%" not in found.figures_gone
