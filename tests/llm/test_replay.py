"""A run on record: played again without a server, to the byte; and compared with another."""

import asyncio
from dataclasses import asdict, replace

from digest.domain.issue import Cost, Issue
from digest.llm.answer import Answer, Ask, Trouble, Usage
from digest.llm.cache import MemoryAnswers, input_hash
from digest.llm.client import Call, Model
from digest.llm.compare import Difference, compare
from digest.llm.prompts import load
from digest.llm.replay import Replay, dump, parse
from digest.llm.settings import Price
from digest.score.rubric_model import rate
from digest.write.narrate import narrate
from digest.write.translate import translate
from tests.llm.material import NOW, PUBLICATION, draft, settings, works
from tests.llm.server import ModelServer

PRICE = {"fake-best": Price(prompt=1.0, completion=4.0)}


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
        replay = Replay(parse(dump(calls)))
        assert asyncio.run(steps(replay.ask)) == made
        assert asdict(replay.cost) == asdict(cost) | {"usd": replay.cost.usd}
        assert abs(replay.cost.usd - cost.usd) < 1e-9
        assert replay.missing == 0


def test_the_record_s_bytes_do_not_depend_on_who_answered_first() -> None:
    calls, _, _ = recorded("honest")
    assert dump(calls) == dump(reversed(calls))
    assert dump(parse(dump(calls))) == dump(calls)


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


def test_what_was_too_dear_for_one_model_is_played_as_the_other_answered() -> None:
    def call(model: str, outcome: Answer | Trouble) -> Call:
        return Call(
            prompt="probe", prompt_hash="p", input_hash=input_hash({}), model=model, outcome=outcome, usage=Usage()
        )

    answer = Answer(data={"ready": True}, model="cheap", prompt_hash="p", input_hash=input_hash({}))
    calls = [call("best", Trouble(kind="budget", message="no")), call("cheap", answer)]
    for order in (calls, calls[::-1]):
        assert asyncio.run(Replay(parse(dump(order))).ask(load("probe"), {})) == answer


def test_equal_issues_have_no_difference() -> None:
    issue, _ = draft()
    assert not compare(issue, issue)
    assert compare(issue, issue) == Difference()


def test_what_differs_is_named() -> None:
    before, _ = draft()
    first, second, *rest = before.entries
    thread = before.threads[0]
    claim = replace(thread.claims[0], text="Watch time rises by 2.4%.")
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
