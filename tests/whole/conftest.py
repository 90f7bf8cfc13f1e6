"""What all whole runs share: an environment of our own, and the outside parts as real servers."""

import os
from collections.abc import Iterator

import pytest

from tests.deliver.office import SECRET
from tests.deliver.sink import Sink
from tests.llm.server import ModelServer


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("DIGEST_") or name in {"OPENAI_API_KEY", "X_BEARER_TOKEN", "GITHUB_TOKEN"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    monkeypatch.setenv("X_BEARER_TOKEN", "x")
    monkeypatch.setenv("OPENAI_API_KEY", "x")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server
