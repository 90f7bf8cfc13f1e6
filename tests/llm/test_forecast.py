"""What a number is going to ask: the forecast against what was asked."""

import asyncio

from digest.domain.issue import Issue
from digest.llm.budget import estimate
from digest.llm.forecast import Volume, loads
from digest.score.rubric_model import rate
from digest.write.narrate import narrate
from digest.write.translate import translate
from tests.llm.material import PUBLICATION, draft, model, settings, works
from tests.llm.server import ModelServer


def test_a_number_without_works_or_a_second_language_asks_less() -> None:
    steps = [load.step for load in loads(Volume(works=0, text_chars=0, told=3, threads=0))]
    assert steps == ["write notes"]


def test_the_forecast_is_near_what_is_asked() -> None:
    local, sources = draft()

    async def inside(server: ModelServer) -> tuple[Issue, int]:
        async with model(server) as door:
            await rate(works(), PUBLICATION, door.ask)
            issue, _ = await narrate(local, sources, door.ask)
            await translate(issue, "zh", door.ask)
            return issue, door.cost.prompt_tokens

    volume = Volume(works=8, text_chars=200, told=8, threads=2, languages=2)
    with ModelServer() as server:
        _, paid = asyncio.run(inside(server))
        steps = estimate(loads(volume), settings(server))
        asked = server.calls
    calls = {step.step: step.calls for step in steps}
    assert calls["score"] == calls["write notes"] == 8
    assert abs(sum(calls.values()) - 1 - asked) <= 4  # the forecast knows of regrouping too
    assert 0.5 < sum(step.prompt_tokens for step in steps) / paid < 2.0
