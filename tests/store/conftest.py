"""A database of its own for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.store.database import Database


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a new database, made once: a migration costs more than most tests."""
    path = tmp_path_factory.mktemp("blank") / "digest.db"
    Database.open(f"sqlite:///{path}").close()
    return path.read_bytes()


@pytest.fixture
def url(tmp_path: Path, blank: bytes) -> str:
    """The URL of a database without content."""
    (tmp_path / "digest.db").write_bytes(blank)
    return f"sqlite:///{tmp_path / 'digest.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database without content."""
    with Database.open(url) as opened:
        yield opened
