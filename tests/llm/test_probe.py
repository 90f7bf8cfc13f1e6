"""What the doctor finds at a model server."""

import asyncio

import pytest

from digest.llm.cache import MemoryAnswers
from digest.llm.client import Model
from digest.llm.probe import Probe, probe
from digest.llm.settings import ModelSettings
from tests.llm.material import NOW, settings
from tests.llm.server import MODELS, ModelServer


def probed(made: ModelSettings) -> Probe:
    async def inside() -> Probe:
        async with Model(made, MemoryAnswers(), now=NOW) as door:
            return await probe(door)

    return asyncio.run(inside())


@pytest.mark.parametrize(
    ("mode", "form"), [("honest", "json_schema"), ("object_only", "json_object"), ("unstructured", "plain")]
)
def test_a_sound_server_is_described(mode: str, form: str) -> None:
    with ModelServer(mode) as server:
        found = probed(settings(server))
    assert found == Probe(models=tuple(sorted(MODELS)), missing=(), unpriced=(), form=form)


def test_a_model_that_is_not_there_is_named() -> None:
    with ModelServer() as server:
        found = probed(settings(server, model_best="nowhere", model_cheap="nowhere-too"))
    assert found.missing == ("nowhere", "nowhere-too")
    assert found.form == ""
    assert found.trouble is not None
    assert found.trouble.kind == "unknown model"


@pytest.mark.parametrize(("mode", "kind"), [("unauthorised", "unauthorised"), ("down", "unavailable")])
def test_why_nothing_works_is_said(mode: str, kind: str) -> None:
    with ModelServer(mode) as server:
        found = probed(settings(server, attempts=1))
    assert found.trouble is not None
    assert (found.trouble.kind, found.form) == (kind, "")


def test_a_server_that_is_not_there_is_said() -> None:
    with ModelServer() as server:
        made = settings(server, attempts=1)
    found = probed(made)
    assert found.models == ()
    assert found.trouble is not None
    assert found.trouble.kind == "unavailable"
