"""Foreign text made readable: invisible marks gone, TeX turned into the signs it stands for, length bounded."""

import re
from html import unescape

from digest.text import one_line

# Pandoc's rule for "$": no space inside the marks, no digit after the closing one, so that prices stay prices.
_INLINE_MATH = re.compile(r"(?<![\\$\w])\$(?=\S)((?:[^$\\]|\\.){1,300}?)(?<=\S)\$(?!\d)")
_LOOKS_TEX = re.compile(r"[\\^_{}]|^[-+±]?[\d.,]+%?$|^[A-Za-z](?:\s*[=<>+*/-]\s*[\w.]+)?$")
_GROUP = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|sl)?|math(?:bf|it|rm|bb|cal|sf)|emph|underline|mbox|url)\s*\{([^{}]*)\}"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])\s*")
_SYMBOLS = {
    "times": "×", "pm": "±", "mp": "∓", "sim": "~", "approx": "≈", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "ll": "≪", "gg": "≫", "neq": "≠", "ne": "≠", "cdot": "·", "ldots": "…", "dots": "…", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "Rightarrow": "⇒", "infty": "∞", "in": "∈", "sum": "Σ",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "Phi": "Φ", "ell": "ℓ", "quad": " ", "textasciitilde": "~",
    "textendash": "–", "textemdash": "—", "percent": "%", "star": "⋆", "textbackslash": "\\", "log": "log",
    "max": "max", "min": "min", "exp": "exp", "sqrt": "√", "mid": "|", "circ": "°", "dagger": "†", "checkmark": "✓",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_POWER = re.compile(r"\^\{?([-+]?\d+|n)\}?")
_ESCAPED = re.compile(r"\\([%&_#$~{}])")


def readable(text: str, limit: int = 2000) -> str:
    r"""Return one clean line of at most `limit` characters in which "$+2.28\%$" reads "+2.28%".

    Character references that a source escaped twice become the signs they name. Invisible and direction-changing
    characters go, so that no text can reorder what stands beside it. It is more than `text.untexed`, which only takes
    marks away: a formula becomes the signs it stands for, which no claim may do before it was checked.
    """
    line = plain(text[: 4 * limit])
    if "$" in line or "\\" in line:
        line = one_line(_outside(_INLINE_MATH.sub(_math, line)))
    return clip(line, limit)


def plain(text: str) -> str:
    """Return one clean line, character references resolved; formulas stay as they are written."""
    return one_line(unescape(text) if "&" in text else text)


def clip(text: str, limit: int) -> str:
    """Cut a line to at most `limit` characters, at a space where one is near, and mark the cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ", limit * 4 // 5)
    return (head[:space] if space > 0 else head).rstrip() + "…"


def _math(match: re.Match[str]) -> str:
    inner = match[1]
    if not _LOOKS_TEX.search(inner):
        return match[0]
    inner = _POWER.sub(lambda power: power[1].translate(_RAISED), _ungroup(inner))
    inner = _COMMAND.sub(_symbol, _ESCAPED.sub(_marked, inner))
    return inner.replace("_", "").replace("^", "").replace("{", "").replace("}", "").replace("\\", "")


def _outside(text: str) -> str:
    return _ESCAPED.sub(_marked, _ungroup(text))


def _ungroup(text: str) -> str:
    for _ in range(4):  # groups nest a little; four levels are more than abstracts show
        text, found = _GROUP.subn(r"\1", text)
        if not found:
            break
    return text


def _symbol(match: re.Match[str]) -> str:
    return _SYMBOLS.get(match[1], match[1] + " ")


def _marked(match: re.Match[str]) -> str:
    return " " if match[1] == "~" else match[1]
