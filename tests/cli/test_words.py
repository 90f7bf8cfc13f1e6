"""Wrong words are refused before anything is touched: in an empty folder they leave nothing behind."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.test_documentation import COMMANDS

Command = Callable[..., Ran]
WRONG = """
run --week 2025-W53
run --week soon
run --week 2999-W01
run --day nope
run --day 2026-06-21 --week 2026-W25
run --day 2026-06-21 --publication recsys-weekly
run --publication nope
run --publication nope --sample
run --sample --day 2026-06-22
run --estimate --week nope
run --now nope
collect --source nope
collect --since nope
collect --now nope
sources check nope
sources check ''
sources import nope.opml
sources list --now nope
issues list --now nope
issues show
issues show nope/nope
issues show recsys-weekly/2026-W25/en/more
issues explain 2606.18379 --now nope
issues review /
issues review nope/2026-W60
issues approve nope/nope/en
issues publish nope/nope/en
issues publish --now nope
issues correct nope/nope/en --note no
issues correct recsys-weekly/2026-W25/en --note ''
issues correct recsys-weekly/2026-W25/en --note no --claim 1 --sentence it
issues correct recsys-weekly/2026-W25/en --note no --withdraw
issues rate 2606.18379
issues rate 2606.18379 + --publication nope
issues rate --list --publication nope
search word --limit 0
results --week nope
results --week 2025-W53
results --since nope
send nope/nope/en
send recsys-weekly/2026-W25/en --to nope
send recsys-weekly/2026-W25/en --now nope
replay nope/nope/en
replay recsys-weekly/2026-W25/en/more
replay recsys-weekly/2026-W25/en --sample
subscribers add nope
subscribers add a@example.org --choice nope
subscribers add a@example.org --choice nope:en
subscribers import nope.csv
subscribers import -
subscribers export --now nope
subscribers list --now nope
subscribers erase a@example.org --now nope
serve --host 192.0.2.1
serve --port 70000
serve --now nope
daemon --tick 0
daemon --now nope
status --now nope
doctor --now nope
site build --now nope
prompts show nope
rank nope.jsonl
stories nope.jsonl
facts nope.jsonl
verify nope.jsonl
eval results --gold nope
vacuum --now nope
restore nope.db --now nope
backup nope.db --now nope
db upgrade --now nope
db check --now nope
init config.toml --now nope
prompts list --now nope
prompts check --now nope
sources export --now nope
"""
LINES = [line for line in WRONG.splitlines() if line]


@pytest.mark.parametrize("words", LINES)
def test_wrong_words_leave_nothing_behind(
    words: str, digest: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGEST_ENGINE", "local")
    outcome = digest("--now", "2026-06-22T09:00:00Z", *shlex.split(words), text="address\nnobody\n")
    assert (outcome.code, list(tmp_path.iterdir())) == (2, []), outcome.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_held_to_it(name: str) -> None:
    assert any(f"digest {line} ".startswith(f"{name} ") for line in LINES)
