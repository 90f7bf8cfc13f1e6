"""What all whole runs share: an environment of our own, and the outside parts as real servers."""

import shutil
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


@pytest.fixture
def writer(model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """The model server that the runs of this test are configured with, at a price of ten cents a million tokens."""
    model.keep = False
    model.retry_after = "0"
    monkeypatch.setenv("DIGEST_LLM_BASE_URL", model.base_url)
    monkeypatch.setenv("DIGEST_LLM_MODEL_CHEAP", "fake-cheap")
    monkeypatch.setenv("DIGEST_LLM_MODEL_BEST", "fake-best")
    monkeypatch.setenv("DIGEST_LLM_CONCURRENCY", "32")  # the pauses before a broken model is asked again overlap
    monkeypatch.setenv("DIGEST_LLM_USD_PER_MILLION_INPUT", "0.1")
    monkeypatch.setenv("DIGEST_LLM_USD_PER_MILLION_OUTPUT", "0.1")
    return model


@pytest.fixture
def here(collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the folder with the sample week."""
    folder = tmp_path / "here"
    shutil.copytree(collected, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample week as the local engine made it; models write over copies of it."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = ran("run", "--week", "2026-W25", "--sample", "--engine", "local", *WEEKLIES)
    assert done.code == 0, done.err
    return folder
