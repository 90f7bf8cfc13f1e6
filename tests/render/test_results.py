"""Results as readers see them: nothing added, no qualifier lost."""

import pytest

from digest.render.results import amount, chip
from tests.render.samples import LIFT, result

URL = "https://example.org/p"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value": 1.2, "quote": "up 1.20% in CTR"}, "+1.20%"),
        ({"value": 1.2, "quote": "up by a fifth"}, "+1.2%"),
        ({"value": -12.0, "unit": "ms", "direction": "down", "quote": "by 12 ms"}, "−12 ms"),
        ({"value": 53.0, "high": 398.0, "unit": "x", "quote": "53-398x"}, "53–398×"),
        ({"value": -10.0, "unit": "x", "direction": "down", "quote": "编码量减少近10倍"}, "↓10×"),
        ({"value": 12.0, "unit": "pp", "quote": "from 51% to 63%"}, "+12 pp"),
        ({"value": 5.0, "unit": "bps", "quote": "5 bps"}, "+5 bps"),
        ({"value": 0.4, "unit": "s", "direction": "down", "quote": ""}, "−0.4 s"),
        ({"value": 1200.0, "unit": "", "direction": "none", "quote": "1,200 orders"}, "1,200"),
        ({"value": 1234567.0, "unit": "", "direction": "none", "quote": ""}, "1,234,567"),
    ],
)
def test_the_amount_keeps_sign_unit_and_digits(values: dict[str, object], words: str) -> None:
    quote = str(values.pop("quote"))
    assert amount(result(quote, **values)) == words


def test_chinese_names_units_that_have_a_name() -> None:
    assert amount(result("x", value=1.2, unit="pp"), "zh") == "+1.2 个百分点"
    assert amount(result("x", value=1.2, unit="%"), "zh") == "+1.2%"


def test_a_chip_keeps_qualifier_words_surface_and_length() -> None:
    made = chip(result(LIFT, qualifier="up to", surface="homepage feed", length="fourteen-day"), URL, "en")
    assert (made.qualifier, made.amount, made.metric) == ("up to", "+1.20%", "CTR")
    assert made.notes == ("online", "homepage feed", "fourteen-day")
    assert made.online
    assert made.url.startswith(f"{URL}#:~:text=In%20a%20fourteen%2Dday")


def test_a_chip_says_offline_and_falls_back_on_the_canonical_name() -> None:
    made = chip(result("q", words="", metric="NDCG", online=False), "javascript:x", "zh")
    assert (made.metric, made.notes, made.url) == ("NDCG", ("离线",), "")
