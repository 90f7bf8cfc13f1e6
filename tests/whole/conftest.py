"""What all whole runs share: an environment of our own, and the outside parts as real servers."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import ran
from tests.deliver.office import SECRET
from tests.deliver.sink import Sink
from tests.llm.server import ModelServer

WEEKLIES = ("--publication", "recsys-weekly", "--publication", "ai-weekly")


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


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample week as the local engine made it; models write over copies of it."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = ran("run", "--week", "2026-W25", "--sample", "--engine", "local", *WEEKLIES)
    assert done.code == 0, done.err
    return folder
