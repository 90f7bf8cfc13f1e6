import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import clean, is_chinese, one_line, sentences, untexed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 3.5\\% better. We ship.", ["It is 3.5\\% better.", "We ship."]),
        (
            "Models, e.g. Foo, win. See Fig. 3 by Moe et al. Then rest.",
            ["Models, e.g. Foo, win.", "See Fig. 3 by Moe et al.", "Then rest."],
        ),
        ("By J. Doe and the U.S. Army. It ends.", ["By J. Doe and the U.S. Army.", "It ends."]),
        ("Read No. 5 first. No. We won't.", ["Read No. 5 first.", "No.", "We won't."]),
        ("Yahoo! Japan agrees! iPhone sales rose.", ["Yahoo! Japan agrees!", "iPhone sales rose."]),
        ('He said "Yes." (It is.) Fine?  "No."', ['He said "Yes."', "(It is.)", "Fine?", '"No."']),
        ("Grade A. We pass.", ["Grade A.", "We pass."]),
        ("CTR 提升 1.2%。其次，延迟下降！", ["CTR 提升 1.2%。", "其次，延迟下降！"]),
        ("A line\nthat wraps. Next.\n\nA paragraph", ["A line\nthat wraps.", "Next.", "A paragraph"]),
        ("It wins $p<0.05$. $\\alpha$ is small.", ["It wins $p<0.05$.", "$\\alpha$ is small."]),
        ("", []),
    ],
)
def test_splits_sentences(text: str, expected: list[str]) -> None:
    assert [span.text for span in sentences(text)] == expected


@given(st.text(alphabet="Ab.!?。；\n \"'”)e.g.No1$\\%", max_size=50))
def test_offsets_of_sentences_point_into_the_text_and_lose_nothing(text: str) -> None:
    spans = sentences(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert "".join("".join(span.text.split()) for span in spans) == "".join(text.split())


def test_cleans_what_nobody_sees() -> None:
    assert clean("a\u200bb\U000e0041c\x00d\ud800e\tf") == "abcd?e\tf"
    assert one_line("  a\n\n b\u2063 ") == "a b"


def test_tells_chinese_by_its_letters() -> None:
    assert is_chinese("我们用 BERT 做推荐")
    assert not is_chinese("We use BERT 模")
    assert not is_chinese("plain")
    assert not is_chinese("…")


def test_the_marks_of_tex_are_taken_out_of_running_text() -> None:
    assert untexed(r"\textbf{Spoon} gains 5\% on \emph{soup}") == "Spoon gains 5% on soup"
    assert untexed(r"a \frac{1}{2} of $x$") == r"a \frac{1}{2} of $x$"
    assert untexed(r"\LL{Extensive tests on soup win.") == "Extensive tests on soup win."
    assert untexed("The code is open.}") == "The code is open."
