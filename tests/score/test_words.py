import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.score.words import LONGEST, canonical


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CTR-Prediction Models", " ctr prediction model "),
        ("", "  "),
        ("GPUs, buses; A/B tests!", " gpu buse a b test "),
        ("推荐系统上线", " 推荐 荐系 系统 统上 上线 "),
        ("新 model", " 新 model "),
        ("用LLM做推荐", " 用 llm 做推 推荐 "),
    ],
)
def test_canonical_words(text: str, words: str) -> None:
    assert canonical(text) == words


def test_a_phrase_is_found_as_whole_words_only() -> None:
    assert canonical("rank") not in canonical("Frankfurt ranking")
    assert canonical("recommender systems") in canonical("A Recommender System")
    assert canonical("推荐系统") in canonical("快手的推荐系统升级")


def test_a_megabyte_is_cut() -> None:
    assert len(canonical("word " * 200_000)) <= LONGEST + 2


@given(st.text(max_size=200))
def test_canonical_is_stable_and_padded(text: str) -> None:
    once = canonical(text)
    assert once.startswith(" ")
    assert once.endswith(" ")
    assert "  " not in once.strip()
