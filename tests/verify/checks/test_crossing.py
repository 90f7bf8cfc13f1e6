"""What is told of one thing and true of another is found, and the same told rightly passes."""

import pytest

from digest.verify.verdicts import check

STREAMS = (
    "Fraud in Two Streams\nThe detector reaches F1 of 0.787 (payment stream) and 0.867 (login stream), against 0.562 "
    "for rules. Sparse encoders lead on speed and on memory; dense encoders lead on recall. Over every budget, "
    "sampling by entropy beats uniform sampling. Retraining with a new seed moves the score more than redrawing the "
    "sample."
)
CANVAS = "轻画布发布\n检测收费：甲平台 20 元/篇，乙平台 2 元/千字。平均通过率为 62.7%，其中 20.4% 的网站完全达标。"

GARDEN = (
    "Mulch at Scale\nMulchNet brings relative gains of 6.5% and 4.1% in blended and personal order rate over LoamNet "
    "baselines, while halving queue size. More than 95% of small claims and 90% of large claims are settled by the "
    "board. MulchNet uses half the energy of Compost (240 Wh vs. 570 Wh) and a better recall (0.37 against 0.27), with "
    "fewer leaks (0.62 against 0.43). We search over nine pots; MulchNet slightly outperforms dense LoamNet in recall. "
    "Grown on an RTX 5080, Peat decodes 90 leaves; on a B200, Sand decodes 82 leaves."
)
BUDGETS = "Sampling\nOn large budgets sampling by entropy beats uniform sampling."

TRUE = [
    (GARDEN, "MulchNet lifts blended order rate by 6.5% over LoamNet baselines, at half the queue size."),
    (GARDEN, "Over 95% of small claims are settled by the board."),
    (GARDEN, "MulchNet needs 240 Wh, half the energy of Compost at 570 Wh."),
    (GARDEN, "MulchNet has a better recall (0.37 against 0.27) and fewer leaks."),
    (GARDEN, "Dense LoamNet is outperformed by MulchNet in recall."),
    (GARDEN, "MulchNet beats dense LoamNet in recall."),
    (BUDGETS, "Uniform sampling of shelves beats sampling by entropy over noisy labels."),
    (STREAMS, "F1 is 0.787 on the payment stream and 0.867 on the login stream."),
    (STREAMS, "The login stream gets 0.867 F1, the payment stream 0.787."),
    (STREAMS, "Dense encoders are ahead in recall, sparse encoders in speed and memory."),
    (STREAMS, "Sampling by entropy beats uniform sampling."),
    (STREAMS, "Uniform sampling trails sampling by entropy."),
    (STREAMS, "检测器在支付流上的 F1 为 0.787，登录流上为 0.867。"),
    (CANVAS, "平均通过率为 62.7%，20.4% 的网站完全达标。"),
]
CROSSED = [
    (GARDEN, "Dense LoamNet slightly outperforms MulchNet in recall."),
    (GARDEN, "MulchNet lifts personal order rate by 6.5% over LoamNet baselines and blended order rate by 4.1%."),
    (GARDEN, "MulchNet is outperformed by dense LoamNet in recall."),
    (GARDEN, "召回方面 MulchNet 被 LoamNet 超过。"),
    (STREAMS, "F1 is 0.867 on the payment stream and 0.787 on the login stream."),
    (STREAMS, "Dense encoders lead in speed and memory, sparse encoders in recall."),
    (STREAMS, "Uniform sampling beats sampling by entropy."),
    (STREAMS, "Redrawing the sample moves the score more than retraining with a new seed."),
    (CANVAS, "平均通过率为 20.4%，62.7% 的网站完全达标。"),
]


@pytest.mark.parametrize(("source", "sentence"), TRUE)
def test_what_stands_where_it_belongs_passes(source: str, sentence: str) -> None:
    assert check(sentence, {"a": source}).name == "supported"


@pytest.mark.parametrize(("source", "sentence"), CROSSED)
def test_what_is_crossed_is_contradicted(source: str, sentence: str) -> None:
    assert check(sentence, {"a": source}).name == "contradicted"
