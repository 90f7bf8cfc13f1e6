import pytest

from digest.read.chinese import outcomes_zh


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("线上实验中CTR提升1.2%，人均时长增加0.8个百分点。", [("CTR", 1.2, "%"), ("人均时长", 0.8, "pp")]),
        ("涨粉与互动深度分别提升 3.12% 和 2.92%。", [("涨粉", 3.12, "%"), ("互动深度", 2.92, "%")]),
        ("端到端延迟下降 49%。", [("端到端延迟", -49, "%")]),
        ("点击率（+0.62%）和转化率（-4.45%）变化显著。", [("CTR", 0.62, "%"), ("CVR", -4.45, "%")]),
        ("带来1.2%的GMV提升。", [("GMV", 1.2, "%")]),
        ("HR@10 从 11.01% 提升到 12.18%。", [("HR@10", 1.17, "pp")]),
        ("延迟从120ms降低到80ms。", [("latency", -40, "ms")]),
        ("延迟从80ms变为2s。", []),
        ("成本降低了三成。", [("cost", -30, "%")]),
        ("推理速度提升三倍。", [("推理速度", 3, "x")]),
        ("其中5%的用户参与了。", []),
    ],
)
def test_names_every_figure(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    found = [(o.metric, -o.value if o.down else o.value, o.unit) for o in outcomes_zh(sentence)]
    assert found == [(name, pytest.approx(value), unit) for name, value, unit in expected]


def test_keeps_the_bound() -> None:
    assert [o.qualifier for o in outcomes_zh("GMV 提升约 2.3%，最高提升超过5%。")] == ["about", "over"]
