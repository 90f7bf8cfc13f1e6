"""What all tests share: an environment without keys of ours, and the measuring material where it is there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _plain_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("DIGEST_") or name in {"OPENAI_API_KEY", "X_BEARER_TOKEN", "GITHUB_TOKEN"}:
                patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder ../shared, or skip."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the measuring material (../shared) is not beside this checkout")
    return folder
