"""Pieces of LaTeX and full-width digits around numbers, blanked or folded at the same length."""

import re

MASK = "\x1f"
"""Stands for each blanked character: white space to `re`, and in no cleaned text."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－～，", "0123456789.%+-~,")
_LATEX = re.compile(
    r"\\(?:textbf|mathbf|textit|emph|text|mathrm|bm|boldsymbol|underline|textsc)\s*\{|\\[,;! ]"
    r"|\\(?=[%$&#@_])|\{(?!,\})|(?<!,)\}"
)
_LATEX_WORDS = (("\\approx", "≈"), ("\\times", "×"), ("\\geq", "≥"), ("\\leq", "≤"), ("\\sim", "~"), ("\\pm", "±"))
_MATH = re.compile(r"\$([^$\n]{1,80})\$(?!\d)")
_DOLLARS = re.compile(r"\d[\d,.]*\s?(?:[KMBTkmbt]\b|bn\b|[tmb]rillion|million|billion)?\s[a-z]")


def mask(text: str) -> str:
    """Blank LaTeX wrapping and fold full-width digits at one length: spans must be the source's, unlike `untexed`'s."""
    if not text.isascii():
        text = text.translate(_FULL_WIDTH)
    if "\\" not in text and "$" not in text and "{" not in text:
        return text
    text = _MATH.sub(_open_math, text)
    for command, sign in _LATEX_WORDS:
        text = text.replace(command, sign.ljust(len(command), MASK))
    return _LATEX.sub(lambda m: MASK * len(m[0]), text)


def _open_math(match: re.Match[str]) -> str:
    inner = match[1]
    if _DOLLARS.match(inner):  # two sums of money, not a formula between two dollar signs
        return match[0]
    return f"{MASK}{inner}{MASK}"
