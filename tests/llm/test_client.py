"""The door: cached, capped, bounded, and trouble is a value."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.domain.issue import Cost
from digest.llm.answer import Answer, Trouble
from digest.llm.cache import MemoryAnswers, StoredAnswer
from digest.llm.client import Call, Model
from digest.llm.prompts import load
from digest.llm.settings import Price
from digest.llm.wire import FITTING
from tests.llm.material import NOW, settings
from tests.llm.server import ModelServer

ITEM = {"id": "arxiv:1", "kind": "paper", "title": "A", "company": "", "text": "It is 5% up."}
VALUES = {"language": "English", "item": ITEM}
PRICE = {"fake-best": Price(prompt=100.0, completion=1000.0), "fake-cheap": Price(prompt=1.0, completion=10.0)}
DEAR = dict.fromkeys(("fake-best", "fake-cheap"), Price(prompt=100.0, completion=1000.0))
Outcomes = list[Answer | Trouble]


def asked(
    server: ModelServer, count: int = 1, answers: MemoryAnswers | None = None, **changes: object
) -> tuple[Outcomes, Model]:
    """Ask about `count` different items at once."""
    forbidden = bool(changes.pop("forbidden", False))
    calls = changes.pop("calls", [])
    assert isinstance(calls, list)
    cache = MemoryAnswers() if answers is None else answers
    door = Model(settings(server, **changes), cache, now=NOW, forbidden=forbidden, record=calls.append)
    values = [VALUES | {"item": ITEM | {"id": f"arxiv:{n}"}} for n in range(count)]

    async def inside() -> list[Answer | Trouble]:
        async with door:
            return list(await asyncio.gather(*(door.ask(load("note"), each) for each in values)))

    return asyncio.run(inside()), door


def kinds(outcomes: Sequence[Answer | Trouble]) -> set[str]:
    return {outcome.kind if isinstance(outcome, Trouble) else "answer" for outcome in outcomes}


def test_an_answer_is_decoded_and_counted() -> None:
    with ModelServer() as server:
        (outcome,), door = asked(server)
    assert isinstance(outcome, Answer)
    assert outcome.data == {"lead": {"text": "It is 5% up.", "ids": ["arxiv:0"]}, "notes": []}
    assert (outcome.model, outcome.cached, door.cost.calls) == ("fake-best", False, 1)
    assert door.cost.prompt_tokens > 200
    assert outcome.usage.prompt_tokens == door.cost.prompt_tokens


def test_a_second_question_costs_nothing_and_needs_no_server() -> None:
    answers = MemoryAnswers()
    with ModelServer() as server:
        first, _ = asked(server, 3, answers)
        again, door = asked(server, 3, answers)
        assert server.calls == 3
    off, gone = asked(server, 3, answers, forbidden=True)
    assert [a.data for a in first if isinstance(a, Answer)] == [a.data for a in again if isinstance(a, Answer)]
    assert door.cost == gone.cost == Cost(cached=3)
    assert kinds(off) == {"answer"}


def test_the_cache_tells_models_prompts_and_inputs_apart() -> None:
    answers = MemoryAnswers()
    with ModelServer() as server:
        asked(server, 1, answers)
        asked(server, 1, answers, model_best="gpt-4o")
        assert server.calls == 2
        asked(server, 2, answers)
        assert server.calls == 3


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("truncated", "malformed"),
        ("empty", "malformed"),
        ("prose", "malformed"),
        ("huge", "malformed"),
        ("refusal", "refused"),
        ("filtered", "refused"),
        ("down", "unavailable"),
        ("drop", "unavailable"),
        ("midway", "unavailable"),
        ("not_a_completion", "unavailable"),
        ("unauthorised", "unauthorised"),
        ("forbidden", "unauthorised"),
        ("quota", "unauthorised"),
        ("unknown_model", "unknown model"),
    ],
)
def test_trouble_is_a_value_of_its_kind(mode: str, kind: str) -> None:
    with ModelServer(mode) as server:
        outcomes, _ = asked(server, 2, attempts=2)
    assert kinds(outcomes) == {kind}
    messages = [outcome.message for outcome in outcomes if isinstance(outcome, Trouble)]
    assert all("\n" not in message and len(message) < 260 for message in messages)


def test_malformed_answers_are_repaired_at_most_twice() -> None:
    with ModelServer("prose") as server:
        asked(server)
        assert server.calls == 3
        assert "can't be used" in server.requests[2]["messages"][-1]["content"]
        assert server.requests[2]["messages"][2]["role"] == "assistant"
    with ModelServer("repaired") as server:
        outcomes, door = asked(server)
        assert (kinds(outcomes), server.calls, door.cost.calls) == ({"answer"}, 2, 2)


def test_a_cut_answer_is_given_more_room() -> None:
    with ModelServer("truncated") as server:
        asked(server)
        assert [r["max_tokens"] for r in server.requests] == [500, 1000, 2000]


def test_a_model_that_thought_up_to_the_limit_is_given_room_to_think() -> None:
    with ModelServer("reasoner") as server:
        outcomes, _ = asked(server)
        assert kinds(outcomes) == {"answer"}
        assert [r["max_tokens"] for r in server.requests] == [500, 4000]


def test_a_key_that_is_refused_is_not_tried_a_thousand_times() -> None:
    with ModelServer("unauthorised") as server:
        outcomes, _ = asked(server, 40, concurrency=2)
        assert kinds(outcomes) == {"unauthorised"}
        assert server.calls <= 2
    with ModelServer() as server:
        outcomes, _ = asked(server, api_key="wrong")
        assert kinds(outcomes) == {"unauthorised"}


def test_an_unknown_model_stops_only_its_own_tier() -> None:
    with ModelServer() as server:
        door = Model(settings(server, model_best="nowhere"), MemoryAnswers(), now=NOW)

        async def inside() -> list[Answer | Trouble]:
            async with door:
                return [await door.ask(load("note"), VALUES, tier=tier) for tier in ("best", "best", "cheap")]

        best, again, cheap = asyncio.run(inside())
        assert best == again
        assert isinstance(best, Trouble)
        assert isinstance(cheap, Answer)
        assert server.calls == 2


def test_nobody_waits_for_a_server_that_is_gone() -> None:
    with ModelServer("hang") as server:
        begun = time.monotonic()
        outcomes, _ = asked(server, 30, timeout_s=0.4, concurrency=3)
        assert kinds(outcomes) == {"unavailable"}
        assert server.calls <= 5  # the first three, and those that started before all three had failed
        assert time.monotonic() - begun < 5
    outcomes, _ = asked(server, 5, attempts=1)
    assert kinds(outcomes) == {"unavailable"}


def test_retry_after_makes_everybody_wait() -> None:
    with ModelServer("rate_limited") as server:
        server.retry_after = "0.5"
        begun = time.monotonic()
        outcomes, _ = asked(server, 4, wait_max_s=2.0)
        assert kinds(outcomes) == {"answer"}
        assert time.monotonic() - begun >= 0.5
        assert server.calls == 6


def test_a_retry_after_of_a_week_is_not_waited_for() -> None:
    with ModelServer("rate_limited") as server:
        server.retry_after = "604800"
        begun = time.monotonic()
        outcomes, _ = asked(server, wait_max_s=0.1)
        assert kinds(outcomes) == {"answer"}
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize(("mode", "calls"), [("unstructured", 6), ("object_only", 5), ("no_temperature", 6)])
def test_what_a_server_refuses_is_remembered(mode: str, calls: int) -> None:
    with ModelServer(mode) as server:
        outcomes, _ = asked(server, 4, concurrency=1)
        assert kinds(outcomes) == {"answer"}
        assert server.calls == calls
        last = server.requests[-1]
    if mode != "no_temperature":
        assert FITTING in last["messages"][0]["content"]
    assert ("response_format" in last) == (mode != "unstructured")
    assert ("max_completion_tokens" in last) == (mode == "no_temperature") == ("temperature" not in last)


def test_no_more_than_the_configured_number_are_under_way() -> None:
    with ModelServer(latency_ms=20) as server:
        asked(server, 20, concurrency=3)
        assert server.counts["most_at_once"] == 3


def test_the_cap_of_a_run_is_never_passed() -> None:
    answers = MemoryAnswers()
    with ModelServer() as server:
        outcomes, door = asked(server, 30, answers, prices=DEAR, budget_usd_per_run=2.0)
    assert kinds(outcomes) == {"answer", "budget"}
    assert 0 < door.cost.usd <= 2.0
    assert answers.spent(NOW) == pytest.approx(door.cost.usd)


def test_what_is_too_dear_for_the_better_model_is_asked_of_the_cheap_one() -> None:
    with ModelServer() as server:
        outcomes, door = asked(server, 20, prices=PRICE, budget_usd_per_run=2.0)
    models = [outcome.model for outcome in outcomes if isinstance(outcome, Answer)]
    assert set(models) == {"fake-best", "fake-cheap"}
    assert len(models) == 20
    assert door.cost.usd <= 2.0


def test_the_cap_of_a_month_counts_earlier_runs_of_that_month_only() -> None:
    def paid(at: datetime) -> MemoryAnswers:
        answers = MemoryAnswers()
        answers.put(StoredAnswer(model="m", prompt_hash="p", input_hash=at.isoformat(), output="{}", usd=9.5, at=at))
        return answers

    with ModelServer() as server:
        used, _ = asked(server, 1, paid(datetime(2026, 6, 1, tzinfo=UTC)), prices=DEAR, budget_usd_per_month=10.0)
        before, _ = asked(server, 1, paid(datetime(2026, 5, 31, tzinfo=UTC)), prices=DEAR, budget_usd_per_month=10.0)
    assert kinds(used) == {"budget"}
    assert kinds(before) == {"answer"}


def test_a_cap_of_nothing_pays_for_nothing_but_a_free_model_answers() -> None:
    with ModelServer() as server:
        dear, _ = asked(server, 2, prices=PRICE, budget_usd_per_run=0.0)
        free, _ = asked(server, 2, budget_usd_per_run=0.0)
        assert server.calls == 2
    assert (kinds(dear), kinds(free)) == ({"budget"}, {"answer"})


def test_what_was_paid_in_vain_is_counted_and_asked_again() -> None:
    answers = MemoryAnswers()
    with ModelServer("prose") as server:
        outcomes, door = asked(server, 1, answers, prices=PRICE)
        assert kinds(outcomes) == {"malformed"}
        assert door.cost.usd > 0
        assert answers.spent(NOW) == door.cost.usd
        server.mode = "honest"
        outcomes, _ = asked(server, 1, answers, prices=PRICE)
    assert kinds(outcomes) == {"answer"}
    assert answers.spent(NOW) > door.cost.usd


def test_a_question_that_got_lost_keeps_its_reservation() -> None:
    with ModelServer("drop") as server:
        _, door = asked(server, 1, prices=PRICE, budget_usd_per_run=100.0, attempts=1)
        assert door.budget.left is not None
        assert door.budget.left < 100.0
        assert door.cost.usd == 0
    with ModelServer("down") as server:
        _, door = asked(server, 1, prices=PRICE, budget_usd_per_run=100.0, attempts=1)
        assert door.budget.left == 100.0


def test_tokens_are_estimated_where_the_server_counts_none() -> None:
    with ModelServer("no_usage") as server:
        _, door = asked(server)
    assert 100 < door.cost.prompt_tokens < 2000
    assert door.cost.completion_tokens > 5


def test_a_switch_forbids_real_calls() -> None:
    with ModelServer() as server:
        outcomes, _ = asked(server, forbidden=True)
        assert server.calls == 0
    assert kinds(outcomes) == {"forbidden"}


def test_the_switch_stands_in_the_environment_too() -> None:
    code = (
        "import asyncio\n"
        "from tests.llm.material import NOW, Model, MemoryAnswers, ModelSettings\n"
        "from digest.llm.prompts import load\n"
        "settings = ModelSettings(base_url='http://127.0.0.1:9/v1', model_cheap='a', model_best='b')\n"
        "door = Model(settings, MemoryAnswers(), now=NOW)\n"
        "print(asyncio.run(door.ask(load('probe'), {})).kind)\n"
    )
    environment = os.environ | {"DIGEST_MODEL": "forbidden"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "forbidden"


def test_the_record_holds_every_question_with_its_outcome() -> None:
    answers, calls = MemoryAnswers(), list[Call]()
    with ModelServer() as server:
        asked(server, 2, answers, calls=calls)
        asked(server, 2, answers, calls=calls)
    calls = [*sorted(calls[:2], key=lambda call: call.input_hash), *sorted(calls[2:], key=lambda call: call.input_hash)]
    assert [call.usage.calls for call in calls] == [1, 1, 0, 0]
    assert [replace(call.outcome, cached=False).data for call in calls[:2] if isinstance(call.outcome, Answer)] == [
        call.outcome.data for call in calls[2:] if isinstance(call.outcome, Answer)
    ]


def test_invisible_characters_are_stripped_at_both_ends() -> None:
    dirty = VALUES | {"item": {**ITEM, "text": "It is\u200b 5%\U000e0041 up.\u202e"}}
    with ModelServer() as server:
        door = Model(settings(server), MemoryAnswers(), now=NOW)

        async def inside() -> Answer | Trouble:
            async with door:
                return await door.ask(load("note"), dirty)

        outcome = asyncio.run(inside())
        sent = server.requests[0]["messages"][1]["content"]
    assert "It is 5% up." in sent
    assert isinstance(outcome, Answer)
    assert outcome.data["lead"]["text"] == "It is 5% up."


def test_the_client_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, digest.llm.client, digest.write.narrate, digest.score.rubric_model\n"
        "print('openai' in sys.modules, 'jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_key_that_a_server_repeats_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with ModelServer("unauthorised") as server:
        server.echo_key = True
        outcomes, _ = asked(server, 3, api_key="sk-very-secret")
    messages = [outcome.message for outcome in outcomes if isinstance(outcome, Trouble)]
    assert len(messages) == 3
    assert all("***" in message and "secret" not in message for message in messages)
    assert "secret" not in caplog.text
    assert len([record for record in caplog.records if record.name == "digest.llm.client"]) == 1


def test_one_odd_request_does_not_cost_the_others_their_structure() -> None:
    with ModelServer() as server:
        door = Model(settings(server), MemoryAnswers(), now=NOW)

        async def inside() -> list[Answer | Trouble]:
            async with door:
                first = await door.ask(load("note"), VALUES)
                server.mode = "odd_request"
                second = await door.ask(load("note"), VALUES | {"language": "Odd"})
                server.mode = "honest"
                return [first, second, await door.ask(load("note"), VALUES | {"language": "French"})]

        first, second, third = asyncio.run(inside())
        last = server.requests[-1]
    assert kinds([first, second, third]) == {"answer", "rejected"}
    assert last["response_format"]["type"] == "json_schema"


def test_a_wait_is_said_once_for_all_in_our_words(caplog: pytest.LogCaptureFixture) -> None:
    with ModelServer("rate_limited", failures=8) as server:
        server.retry_after = "0.3"
        outcomes, _ = asked(server, 8, wait_max_s=2.0, api_key="sk-very-secret")
    assert kinds(outcomes) == {"answer"}
    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(said) == 1
    assert said[0].startswith("the model's server can't answer now (HTTP 429: ")
    assert said[0].endswith("asked again in 0.3 s")
    assert not [record for record in caplog.records if record.name.startswith("stamina")]


def test_after_the_last_attempt_no_wait_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with ModelServer("down") as server:
        asked(server, attempts=1)
    assert not [record for record in caplog.records if "asked again" in record.getMessage()]
