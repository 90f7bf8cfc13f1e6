"""Ordinary words, dates and pieces of coined names are no strange names."""

import pytest

from digest.verify.verdicts import check

SOURCE = (
    "Dolphin indexes: a June 19 changelog\n"
    "Dolphin packs each vector into 8 bytes and is the fastest index of its class. On the D2D4Set benchmark it is "
    "robust to noise, with a robust accuracy of 51.5%. The harbour team did not disclose the price. "
    "The GitHub changelog of June 19 lists it. It calls claude-opus-4-5 for reviews."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dolphin 把每个向量压成 8 字节。",
        "Dolphin 是同类中最快的索引。",
        "GitHub 6 月 19 日的更新日志列出了它。",
        "On D2D4Set, Dolphin has a robust accuracy of 51.5%.",
        "Packing 8 bytes a vector, Dolphin is fast.",
        "It uses Claude Opus 4.5 for reviews.",
    ],
)
def test_what_only_looks_like_a_strange_name_passes(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).name == "supported"


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("字节发布了 Dolphin 索引。", "name"),
        ("On D2D8Set, Dolphin has a robust accuracy of 51.5%.", "name"),
        ("Dolphin has a clean accuracy of 51.5%.", "qualifier"),
    ],
)
def test_a_strange_name_or_another_kind_of_a_measure_is_a_fault(sentence: str, fault: str) -> None:
    assert check(sentence, {"a": SOURCE}).fault == fault


def test_a_denial_is_no_part_of_an_actor() -> None:
    source = "海港公司新品\n海港公司没有透露价格，渠道商透露了日期。"
    assert check("海港没有透露价格。", {"a": source}).name == "supported"
