"""The command line run as people run it, in a folder of its own; the sample week made once for all tests."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest.cli.main import group
from digest.packed import packed


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def ran(*words: str, text: str | None = None) -> Ran:
    """Run a command as the shell does."""
    result = CliRunner().invoke(group, list(words), input=text)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="session")
def sample_week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """Make the sample week once; tests that change something work on a copy."""
    folder = tmp_path_factory.mktemp("Beispiel 样本")
    before = Path.cwd()
    os.chdir(folder)
    try:
        made = ran("run", "--week", "2026-W25", "--sample")
    finally:
        os.chdir(before)
    assert made.code == 0, made.err
    return folder, made


@pytest.fixture
def here(sample_week: tuple[Path, Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the folder with the sample week, with a configuration that reads its store."""
    folder = tmp_path / "my digest"
    shutil.copytree(sample_week[0], folder)
    (folder / "digest.toml").write_text(
        '[digest]\ndatabase = "sqlite:///sample/digest.db"\noutput = "sample/public"\nengine = "local"\n'
        '[[source]]\nkind = "feed"\nslug = "none"\nurl = "http://127.0.0.1:9/feed.xml"\n'
        '[fetch]\nallow_private_hosts = ["127.0.0.1"]\ntimeout_s = 2\n'
        + "".join(f'[[publication]]\nslug = "{slug}"\n' for slug in ("ai-tech-daily", "ai-weekly", "recsys-weekly")),
        encoding="utf-8",
    )
    tables = (packed("sample") / "config.toml").read_text(encoding="utf-8")
    head = '[digest]\ndatabase = "sqlite:///sample/digest.db"\noutput = "sample/public"\nengine = "local"\n'
    (folder / "week.toml").write_text(head + tables, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DIGEST_CONFIG", "digest.toml")
    monkeypatch.setenv("DIGEST_NOW", "2026-06-22T09:00:00Z")
    return folder


@pytest.fixture
def digest() -> Callable[..., Ran]:
    """Return the runner of commands."""
    return ran
