import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.quantity import Quantity, mask, quantities


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "sign"),
    [
        ("rose by $+2.28\\%$ in all", 2.28, None, "%", "+"),
        ("rose by \\textbf{+2.28\\%} in all", 2.28, None, "%", "+"),
        ("a 49\\% cut", 49, None, "%", ""),
        ("fell −0.5 pp", 0.5, None, "pp", "-"),
        ("-3.2% CTR", 3.2, None, "%", "-"),
        ("100 basis points", 100, None, "bps", ""),
        ("35 bps", 35, None, "bps", ""),
        ("1.5 percentage points", 1.5, None, "pp", ""),
        ("53-398x faster", 53, 398, "x", ""),
        ("2.4$\\times$ the speed", 2.4, None, "x", ""),
        ("10-fold", 10, None, "x", ""),
        ("3 to 5% more", 3, 5, "%", ""),
        ("between 3% and 5%", 3, 5, "%", ""),
        ("ranging from 3% to 5%", 3, 5, "%", ""),
        ("70--90\\%", 70, 90, "%", ""),
        ("12 ms", 12, None, "ms", ""),
        ("20ms", 20, None, "ms", ""),
        ("$7.3B raised", 7.3e9, None, "$", ""),
        ("US$5 billion", 5e9, None, "$", ""),
        ("$3-$5 million", 3e6, 5e6, "$", ""),
        ("1.6T weights", 1.6e12, None, "", ""),
        ("400 M readers", 4e8, None, "", ""),
        ("3.2 million", 3.2e6, None, "", ""),
        ("88,907 chunks", 88907, None, "", ""),
        ("1{,}000 chunks", 1000, None, "", ""),
        ("0,75 %", 0.75, None, "%", ""),
        ("183 517 pairs", 183517, None, "", ""),
        ("5 227.2 ms", 5227.2, None, "ms", ""),
        ("USD 116.43 Billion", 116.43e9, None, "$", ""),
        ("1.234,5", 1234.5, None, "", ""),
        ("4亿用户", 4e8, None, "", ""),
        ("1.2万次", 12000, None, "", ""),
        ("提升1.2％", 1.2, None, "%", ""),
        ("０．８个百分点", 0.8, None, "pp", ""),
        ("百分之三十五", 35, None, "%", ""),
        ("约2.5亿美元", 2.5e8, None, "$", ""),
        ("0.5%-0.8%", 0.5, 0.8, "%", ""),
        ("51.2%～63%", 51.2, 63, "%", ""),
    ],
)
def test_reads_digits_with_their_unit_scale_and_sign(
    text: str, value: float, high: float | None, unit: str, sign: str
) -> None:
    found = only(text)
    assert (found.value, found.high, found.unit, found.sign, found.kind) == (value, high, unit, sign, "amount")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("three of them", 3, ""),
        ("twofold", 2, "x"),
        ("it doubles", 2, "x"),
        ("halving it", 0.5, "x"),
        ("half of it", 0.5, ""),
        ("a quarter of it", 0.25, ""),
        ("two-thirds of it", 2 / 3, ""),
        ("one million", 1e6, ""),
        ("twenty-five percent", 25, "%"),
        ("三倍", 3, "x"),
        ("翻番", 2, "x"),
        ("翻两番", 4, "x"),
        ("三成", 30, "%"),
        ("七成半", 75, "%"),
        ("1/208", 1 / 208, ""),
        ("减半", 0.5, ""),
        ("三分之一", 1 / 3, ""),
        ("十二个模型", 12, ""),
        ("四亿", 4e8, ""),
        ("一千万", 1e7, ""),
    ],
)
def test_reads_number_words(text: str, value: float, unit: str) -> None:
    found = only(text)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


def test_one_without_a_unit_is_no_number() -> None:
    assert quantities("one of us, a model") == []


@pytest.mark.parametrize(
    ("text", "qualifier", "words"),
    [
        ("up to 11.2%", "up to", "up to"),
        ("by as much as 3%", "up to", "as much as"),
        ("at most 3%", "at most", "at most"),
        ("capped at 3%", "at most", "capped at"),
        ("<=3%", "at most", "<="),
        ("不得超过 3%", "at most", "不得超过"),
        ("some 3%", "about", "some"),
        ("起码5%", "at least", "起码"),
        ("at least 3%", "at least", "at least"),
        ("more than 15%", "over", "more than"),
        ("400+ teams", "over", "+"),
        ("1000 or more", "at least", "or more"),
        ("nearly 3%", "nearly", "nearly"),
        ("less than 3%", "under", "less than"),
        ("$\\sim$5\\%", "about", "~"),
        ("roughly 3%", "about", "roughly"),
        ("an average of 3%", "average", "an average of"),
        ("高达30%", "up to", "高达"),
        ("至少5%", "at least", "至少"),
        ("近三成", "nearly", "近"),
        ("超过 1.5 亿", "over", "超过"),
        ("不到5%", "under", "不到"),
        ("5%左右", "about", "左右"),
        ("5%以上", "at least", "以上"),
        ("plain 5%", "", ""),
    ],
)
def test_keeps_the_qualifier_and_its_words(text: str, qualifier: str, words: str) -> None:
    found = only(text)
    assert (found.qualifier, found.qualifier_text) == (qualifier, words)


def test_relative_and_absolute_are_a_basis_beside_the_bound() -> None:
    assert only("up to 27.2% relative gains").basis == "relative"
    assert only("up to 27.2% relative gains").qualifier == "up to"
    assert only("a relative gain of 3%").qualifier == "relative"
    assert only("an absolute 3%").basis == "absolute"
    assert only("a gain of 3% relative to the baseline").basis == ""
    assert only("相对提升3%").basis == "relative"


def test_from_a_to_b_is_two_figures_and_no_range() -> None:
    assert [(q.value, q.high) for q in quantities("from 51% to 63%")] == [(51, None), (63, None)]
    assert [(q.value, q.high) for q in quantities("从51%到63%")] == [(51, None), (63, None)]


def test_and_joins_no_range() -> None:
    assert [q.value for q in quantities("gains of 3% and 5%")] == [3, 5]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("GPT-4", "version"),
        ("Qwen2.5-7B", "version"),
        ("Gemini 2.5", "version"),
        ("arXiv 2606.14269", "version"),
        ("v1.2.3", "version"),
        ("PV500", "version"),
        ("H100", "version"),
        ("3D", "version"),
        ("Figure 3", "version"),
        ("Hits@10", "rank"),
        ("NDCG@5", "rank"),
        ("Top-10", "rank"),
        ("2nd", "rank"),
        ("第三", "rank"),
        ("2026", "date"),
        ("June 2026", "date"),
        ("2026-W25", "date"),
        ("2026-06-21", "date"),
        ("June 3", "date"),
        ("2026年6月21日", "date"),
        ("6月21日", "date"),
        ("10:30", "date"),
        ("Q2 2025", "date"),
        ("3个月", "amount"),
        ("2000 users", "amount"),
        ("5 x 4", "amount"),
    ],
)
def test_tells_measures_from_dates_versions_and_ranks(text: str, kind: str) -> None:
    assert quantities(text)[0].kind == kind


def test_a_link_holds_no_figure() -> None:
    assert quantities("see https://example.org/a/12?b=3%20c and go") == []


def test_two_sums_of_money_are_no_formula() -> None:
    assert [q.value for q in quantities("from $7.3B a year, worth $1.6T")] == [7.3e9, 1.6e12]


def test_sign_after_a_word_is_a_hyphen() -> None:
    assert only("CTR-1.2%").sign == ""


def test_reads_every_figure_of_a_sentence_in_order() -> None:
    text = "It cut latency by 12 ms (up to 3.5x) for 4亿 people in 2026."
    assert [(q.text, q.kind) for q in quantities(text)] == [
        ("12 ms", "amount"),
        ("3.5x", "amount"),
        ("4亿", "amount"),
        ("2026", "date"),
    ]


@given(st.text(alphabet="0123456789.,%+-−$\\{}()@ xXkMB亿万三倍年月约~toand\n", max_size=60))
def test_offsets_always_point_into_the_text(text: str) -> None:
    assert len(mask(text)) == len(text)
    for found in quantities(text):
        assert text[found.start : found.end] == found.text
        assert found.text
        assert found.value >= 0


def test_the_scale_of_the_upper_end_holds_for_the_lower_one_too() -> None:
    assert [q.value for q in quantities("models from 3 to 30B")] == [3e9, 30e9]
    assert [q.value for q in quantities("it rose from 800 to 1.2 million")] == [800, 1.2e6]


def test_a_tolerance_is_no_bound() -> None:
    assert [q.qualifier for q in quantities("97.9% +/- 1.2%")] == ["", ""]
