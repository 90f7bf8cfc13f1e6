"""`digest issues rate`: what people type, and what they are told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.render.phrases import REASONS_ZH
from tests.cli.conftest import Ran

Command = Callable[..., Ran]


def test_items_are_rated_listed_and_taken_back(here: Path, digest: Command) -> None:
    assert digest("issues", "rate", "2606.18379", "+").code == 0
    assert digest("issues", "rate", "2606.19195", "-", "--publication", "ai-weekly").code == 0
    rows = digest("issues", "rate", "--list", "--json").rows
    assert [(row["rating"], row["publication"]) for row in rows] == [("+", "all"), ("-", "ai-weekly")]
    assert rows[0]["title"].startswith("RankGraph-2")
    assert len(digest("issues", "rate", "--list", "--publication", "recsys-weekly", "--json").rows) == 1
    told = json.loads(digest("issues", "explain", "2606.18379", "--json").out)
    assert {row["rated"] for row in told} == {"up on 2026-06-22"}
    assert "removed" in digest("issues", "rate", "2606.18379", "--remove").out
    assert digest("issues", "rate", "2606.18379", "--remove").code == 2
    assert "RankGraph-2" not in digest("issues", "rate", "--list").out


@pytest.mark.parametrize(
    "words",
    [
        ("rate",),
        ("rate", "2606.18379"),
        ("rate", "2606.18379", "++"),
        ("rate", "2606.18379", "+", "--remove"),
        ("rate", "2606.18379", "--list"),
        ("rate", "--remove"),
        ("rate", "2606.99999", "+"),
        ("rate", "2606.18379", "+", "--publication", "recsys-weakly"),
    ],
)
def test_what_can_not_be_meant_is_code_2(here: Path, digest: Command, words: tuple[str, ...]) -> None:
    outcome = digest("issues", *words)
    assert outcome.code == 2
    assert digest("issues", "rate", "--list", "--json").rows == []


def test_why_something_was_left_out_is_sayable_in_chinese(here: Path) -> None:
    documents = [json.loads(path.read_bytes()) for path in here.glob("sample/public/*/*/zh/issue.json")]
    reasons = {dropped["reason"] for document in documents for dropped in document["receipt"]["dropped"]}
    assert len(reasons) > 2
    assert reasons <= REASONS_ZH.keys()
