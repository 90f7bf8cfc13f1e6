"""The edge of the command line: every error is one line, and its class's exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from digest.cli.main import COMMANDS, group
from digest.errors import UsageError
from tests.cli.conftest import Ran

Command = Callable[..., Ran]
FULL = Path("/dev/full")
ROW = json.dumps({"id": 1, "title": "OpenAI releases a model"})


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with the redirections of a shell; `digest` stands for this program."""
    whole = f'digest() {{ {sys.executable} -m digest "$@"; }}; {command}'
    return subprocess.run(["sh", "-c", whole], capture_output=True, text=True, cwd=folder, check=False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("rnu",), "No such command 'rnu'; see: digest --help"),
        (("run", "--engin", "local"), "No such option '--engin'"),
        (("run", "--engine", "x"), "'x' is not one of 'auto', 'local', 'openai'; see: digest run --help"),
        (("eval",), "Missing argument '{selection|clusters|results|grounding}'. Choose from: selection, clusters"),
        (("sources", "lost"), "see: digest sources --help"),
        (("search",), "Missing argument 'WORDS...'; see: digest search --help"),
        (("facts", "one", "two"), "unexpected extra argument (two); see: digest facts --help"),
        (("facts", "no\nfile"), "no file: can't be read"),
    ],
)
def test_wrong_words_are_one_line_that_leads_to_the_help(digest: Command, words: tuple[str, ...], says: str) -> None:
    outcome = digest(*words)
    assert (outcome.code, outcome.err.count("\n"), says in outcome.err) == (2, 1, True), outcome.err
    assert outcome.err.startswith("digest: ")


@pytest.mark.parametrize("words", [(), ("sources",)])
def test_a_group_without_a_command_shows_its_help(digest: Command, words: tuple[str, ...]) -> None:
    outcome = digest(*words)
    assert (outcome.code, "Usage: digest" in outcome.err) == (2, True)


def test_a_group_is_told_alike_in_the_list_and_in_its_own_help() -> None:
    groups = {name: group.get_command(click.Context(group), name) for name in COMMANDS}
    told = {name: found.help for name, found in groups.items() if isinstance(found, click.Group)}
    assert told == {name: COMMANDS[name][1] for name in told}
    assert "issues" in told


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("words", ["stories in.jsonl", "--help"])
def test_output_that_can_not_be_written_is_one_line(tmp_path: Path, words: str) -> None:
    (tmp_path / "in.jsonl").write_text(ROW, encoding="utf-8")
    found = shell(f"digest {words} > {FULL}", tmp_path)
    said = "digest: standard output: No space left on device; free space, or check the rights\n"
    assert (found.returncode, found.stderr) == (1, said)


def test_closed_streams_are_one_line(tmp_path: Path) -> None:
    for end, says in (("<&-", "standard input is closed"), (">&-", "standard output is closed")):
        found = shell(f"digest stories - {end}", tmp_path)
        assert (found.returncode, found.stderr.count("\n"), says in found.stderr) == (2, 1, True), found.stderr


def test_a_reader_that_leaves_early_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{ROW}\n" * 5000, encoding="utf-8")
    assert shell("digest stories in.jsonl | head -n 1 > out", tmp_path).stderr == ""


def test_an_interrupt_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Interrupted:
        @property
        def buffer(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupted())
    with pytest.raises(SystemExit) as ended:
        group(["facts", "-"])
    assert (ended.value.code, capsys.readouterr().err.strip()) == (1, "digest: interrupted")


def test_out_of_standalone_mode_a_command_returns_and_raises_as_click_has_it(here: Path) -> None:
    assert group.main(["issues", "list"], standalone_mode=False) is None
    with pytest.raises(UsageError, match="write a year from"):
        group.main(["--now", "9999-12-31", "status"], standalone_mode=False)
    with pytest.raises(click.UsageError):
        group.main(["nothing"], standalone_mode=False)
