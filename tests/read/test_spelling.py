import pytest

from digest.read.facts import facts
from digest.read.spelling import spelt_out
from digest.text import sentences


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("IPS", "We propose intelligence per spoon (IPS) as a measure.", "intelligence per spoon"),
        ("SSR", "The Soup success-rate (SSR) is high.", "soup success-rate"),
        ("SSR", "We count a soup that spills (SSR).", "SSR"),
        ("SSR", "The SSR is high. Its salt share ratio (SSR) is not.", "salt share ratio"),
        ("SSR", "A rate (SSR) is high.", "SSR"),
        ("CTR", "The click to rate (CTR) is high.", "CTR"),
        ("latency", "The tail (latency) is high.", "latency"),
    ],
)
def test_a_short_form_is_spelt_out_as_its_text_does(name: str, text: str, expected: str) -> None:
    assert spelt_out(name, sentences(text)) == expected


def test_the_metric_is_spelt_out_and_the_words_stay() -> None:
    (found,) = facts("a", "", "We propose intelligence per spoon (IPS). IPS improved 5.3x.").results
    assert (found.metric, found.words) == ("intelligence per spoon", "IPS")
