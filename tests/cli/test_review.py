"""`digest issues review, approve, publish, correct`: what editors type, and what they are told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Command = Callable[..., Ran]
ISSUE = "recsys-weekly/2026-W25/en"


def test_where_nothing_is_held_it_is_said(here: Path, digest: Command) -> None:
    listed = digest("issues", "review")
    assert (listed.code, listed.out, listed.err) == (0, "", "nothing is held\n")
    assert digest("issues", "review", "--json").out == ""
    assert digest("issues", "publish").err == "nothing is approved; what is held: digest issues review\n"
    assert digest("issues", "approve", ISSUE).out == f"{ISSUE}: published already\n"


@pytest.mark.parametrize("command", ["review", "approve", "publish"])
def test_an_unknown_issue_is_code_2_with_the_remedy(here: Path, digest: Command, command: str) -> None:
    for name in ("recsys-weekly/2026-W24", "recsys", "../../etc/passwd", f"{ISSUE}/more"):
        outcome = digest("issues", command, name)
        assert (outcome.code, outcome.err.count("\n")) == (2, 1)
        assert "see: digest issues list" in outcome.err


def test_a_sentence_is_corrected_and_its_readers_see_it(here: Path, digest: Command) -> None:
    text = digest("issues", "review", ISSUE).out
    assert "## Evidence" in text
    done = digest("issues", "correct", ISSUE, "--claim", "5", "--note", "The figure is <b>wrong</b>.")
    assert done.code == 0
    assert done.out.startswith(f"{ISSUE}: corrected: ")
    assert "digest issues correct recsys-weekly/2026-W25/zh" in done.err
    page = (here / "sample/public" / ISSUE / "index.html").read_text("utf-8")
    assert "The figure is &lt;b&gt;wrong&lt;/b&gt;." in page
    assert "The figure is" in (here / "sample/public/recsys-weekly/en/feed.xml").read_text("utf-8")
    assert "The figure is" in digest("issues", "show", ISSUE).out
    assert json.loads(digest("issues", "show", ISSUE, "--json").out)["corrections"][0]["date"].startswith("2026-06-22")
    again = digest("issues", "correct", ISSUE, "--claim", "5", "--note", "The figure is <b>wrong</b>.")
    assert (again.code, "was corrected so on 2026-06-22 09:00" in again.out) == (0, True)
    assert digest("replay", ISSUE, "--config", "week.toml").out == "the same bytes\n"
    assert digest("site", "build").code == 0
    assert (here / "sample/public" / ISSUE / "index.html").read_text("utf-8") == page


def test_a_bad_correction_is_code_2(here: Path, digest: Command) -> None:
    assert digest("issues", "correct", ISSUE).code == 2
    for words in (("--note", ""), ("--note", "x" * 1_000_000), ("--note", "n", "--claim", "0"), ("--note", "\x07")):
        assert digest("issues", "correct", ISSUE, *words).code == 2
    assert digest("issues", "correct", ISSUE, "--note", "n", "--claim", "five").code == 2


def test_publish_and_correct_wait_for_a_run(here: Path, digest: Command) -> None:
    from digest import app  # noqa: PLC0415  with the commands' own modules
    from digest.config import load  # noqa: PLC0415

    with app.only_one(load(Path("digest.toml"))):
        assert digest("issues", "publish").code == 75
        assert digest("issues", "correct", ISSUE, "--note", "n").code == 75
        assert digest("issues", "approve", ISSUE).code == 0
