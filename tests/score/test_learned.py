import base64
import gzip
import json
from pathlib import Path

import pytest

from digest.score.learned import WEIGHTS, Block, field_scorer, grams
from digest.score.words import canonical


def share(title: str, text: str) -> float:
    return field_scorer().share(canonical(title), canonical(f"{title}. {text}"))


def test_the_field_is_told_from_others() -> None:
    inside = share(
        "Scaling click-through rate prediction for feed recommendation",
        "We propose a ranking model of user behavior sequences for industrial recommender systems.",
    )
    outside = share("A drone that lands on water", "We train a controller of rotor speeds in simulated wind.")
    assert inside > 0.9
    assert outside < 0.1


@pytest.mark.parametrize("text", ["", "zzzz", "zzzz qqqq"])
def test_unknown_words_leave_the_intercept(text: str) -> None:
    scorer = field_scorer()
    assert scorer.value(canonical(text), canonical(text)) == pytest.approx(scorer.intercept)
    assert scorer.share(canonical(text), canonical(text)) < 0.1


def test_a_block_weighs_by_rarity_count_and_length() -> None:
    block = Block(rarity={"a": 3.0, "b": 4.0}, weight={"a": 1.0, "b": 0.0})
    assert block.value(" a b ") == pytest.approx(3 / 5)
    assert block.value(" a unknown ") == pytest.approx(1.0)
    assert block.value(" b a a a ") > block.value(" a b ")


def test_grams_are_words_and_neighbours() -> None:
    assert list(grams(" a b c ")) == ["a", "b", "c", "a b", "b c"]
    assert list(grams(" a ")) == ["a"]


def test_the_shipped_file_is_small_and_holds_weights_only() -> None:
    assert WEIGHTS.stat().st_size < 300_000
    data = json.loads(gzip.decompress(WEIGHTS.read_bytes()))
    assert set(data) == {"about", "intercept", "middle", "slope", "text", "title"}
    assert "trained on" in data["about"]
    assert "measured on" in data["about"]
    assert max(len(gram.split()) for gram in data["text"]["words"].split("\n")) <= 2


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    block = {
        "words": "a\nb",
        "rarity": base64.b64encode(bytes([10, 20])).decode(),
        "weights": base64.b64encode(bytes([5, 256 - 5])).decode(),
        "unit": "0.5",
    }
    path = tmp_path / "w.gz"
    model = {"title": block, "text": block, "intercept": 1.0, "middle": 1.0, "slope": 1.0}
    path.write_bytes(gzip.compress(json.dumps(model).encode()))
    scorer = field_scorer(path)
    assert scorer.text.rarity == {"a": 1.0, "b": 2.0}
    assert scorer.title.weight == {"a": 2.5, "b": -2.5}
    assert scorer.value(" a ", " a ") == pytest.approx(6.0)
