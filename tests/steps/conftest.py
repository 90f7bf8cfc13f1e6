"""A desk at which numbers are reviewed and corrected."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.steps.context import Context
from digest.store.database import Database
from tests.steps.numbers import desk


@pytest.fixture
def at_desk(tmp_path: Path) -> Iterator[Context]:
    with Database.open(f"sqlite:///{tmp_path / 'digest.db'}") as opened:
        yield desk(opened, tmp_path)
