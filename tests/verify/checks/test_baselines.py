"""What a sentence compares with must be what its source compares with there."""

import pytest

from digest.verify.sentences.comparands import comparands
from digest.verify.verdicts import check

SOURCE = (
    "Lantern: Sparse Attention for Maps\n"
    "Earlier work pruned heads greedily. Lantern cuts route latency by 18% compared with a dense transformer. "
    "On city maps it improves accuracy by 4.2 points over greedy pruning and recall by 7.5 points over random pruning. "
    "It needs 41% fewer tokens than prior methods. Revenue reached $620 million, up 31% year over year. "
    "The toolkit averages 66% over nine maps."
)

TRUE = [
    "Lantern's route latency is 18% lower than that of a dense transformer.",
    "Next to a dense transformer, Lantern cuts route latency by 18%.",
    "与稠密 Transformer 相比，Lantern 的路线延迟降低 18%。",
    "Over greedy pruning, accuracy gains 4.2 points.",
    "Lantern needs 41% fewer tokens than the alternatives.",
    "The toolkit averages 66% over nine maps.",
]
FAULTY = [
    "Lantern cuts route latency by 18% compared with a convolutional encoder.",
    "Relative to greedy pruning, Lantern cuts route latency by 18%.",
    "Lantern 的路线延迟比贪心剪枝低 18%。",
    "Lantern improves accuracy by 4.2 points over random pruning.",
    "Lantern needs 41% fewer tokens than hand-written rules.",
    "Revenue rose 31% from the previous quarter, to $620 million.",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_the_same_comparand_in_other_words_is_supported(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).name == "supported"


@pytest.mark.parametrize("sentence", FAULTY)
def test_another_comparand_is_a_fault(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).fault == "baseline"


def test_a_comparand_is_told_only_by_a_source_with_its_figure() -> None:
    other = "Harbour: a survey\nHarbour lists 64% of all ports."
    assert check("Lantern needs 41% fewer tokens than hand-written rules.", {"a": SOURCE, "b": other}).fault

    assert check("Lantern is faster than hand-written rules.", {"b": other, "a": SOURCE}).fault == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 5% faster than the dense model, by design.", ["the dense model"]),
        ("The score is 3 points up on the LSTM baseline.", ["the LSTM baseline", "LSTM baseline"]),
        ("It takes a quarter of the memory of dense search.", ["dense search"]),
        ("延迟比稠密模型低 18%。", ["稠密模型"]),
        ("与稠密模型相比，延迟低 18%。", ["稠密模型"]),
        ("吞吐是旧版引擎的 3 倍。", ["旧版引擎"]),
        ("It scores 40.2, against 31.5 for plain decoding.", ["plain decoding"]),
        ("It grew over 30 days and by more than half.", []),
        ("Over all budgets it averages 4% over tasks.", []),
    ],
)
def test_comparands_are_found_in_both_languages(text: str, found: list[str]) -> None:
    assert [text[a:b].strip() for a, b in comparands(text, 0, len(text))] == found
