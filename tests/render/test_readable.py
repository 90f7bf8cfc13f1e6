"""Foreign text made readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.readable import clip, readable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a lift of $+2.28\%$ in CTR", "a lift of +2.28% in CTR"),
        (r"\textbf{Bold} and \emph{x \textit{y}}, 5\% & R\&D", "Bold and x y, 5% & R&D"),
        (r"$10^{-3}$, $O(n^2)$, $\alpha$-mixing, $K=5$", "10⁻³, O(n²), α-mixing, K=5"),
        (r"$3\times$ faster, $\mathbf{x}_{i}$, $\foo bar$", "3× faster, xi, foo bar"),
        ("raised $5M at $40M, from $7.3B to $9B", "raised $5M at $40M, from $7.3B to $9B"),
        ("pay $5 or $words here$", "pay $5 or $words here$"),
        ("a\n\n b\t c", "a b c"),
        ("\u202eevil\u202c \u200bx\ufeff \U000e0041", "evil x"),
        ("\x00\x07bell", "bell"),
        ("Code&#x27;s &amp; &#x202e;x", "Code's & x"),
        (r"a\~b \_x", "a b _x"),
        (r"\textbf{\textbf{\textbf{\textbf{\textbf{deep}}}}}", r"\textbf{deep}"),
    ],
)
def test_what_readers_see(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_length_is_bounded_at_a_space() -> None:
    assert readable("word " * 2000, 100) == "word " * 18 + "word…"
    assert clip("x" * 50, 10) == "x" * 9 + "…"
    assert len(readable("a" * 5000, 300)) == 300
    assert clip("short", 10) == "short"


@given(st.text(max_size=300))
def test_never_a_control_or_direction_mark_and_never_longer(text: str) -> None:
    shown = readable(text, 120)
    assert len(shown) <= 120
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} or sign in "\u202a\u202e\u2066\u2069" for sign in shown)
