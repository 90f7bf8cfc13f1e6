"""Whether a framing claim keeps to its bounds: two items, no figure, quotation, superlative or new name."""

import re
from collections.abc import Mapping

from digest.domain.issue import Claim, Verdict
from digest.verify.checks.fault import Fault
from digest.verify.checks.names import check_names
from digest.verify.checks.versions import check_versions
from digest.verify.sentences.reading import Reading, read

_PAIR = 2
_SUPERLATIVE = re.compile(
    r"(?<![\w-])(?:(?:the|its|their|our) (?:most|least|best|worst|first|"
    r"only|leading)\b(?!-)|best(?!-)|worst|unprecedented|unrivall?ed|"
    r"unmatched|unparalleled"
    r"|record-breaking|world-class|groundbreaking|revolutionary|(?:most|"
    r"least) [a-z]+(?:ing|ive|ed|ous|ful|ant|ent|al)"
    r"|(?:great|large|bigg|small|high|low|fast|slow|strong|weak|old|"
    r"young|earli|cheap|clever|smart|deep|long|short|quick|safe|simple|"
    r"sharp|wid|new)est)(?![\w-])"
    r"|最(?!近|终|后|初|优化|大化|小化|新)|首个|首次|首款|第一(?!阶段|步|方|作者|季度|轮)|唯一|史上|前所未有|无与伦比|空前",
    re.IGNORECASE,
)


def check_framing(claim: Claim, sources: Mapping[str, str]) -> Verdict:
    """Check a thesis against the texts of the items that it cites."""
    said = read(claim.text)
    cited = sorted({citation.item for citation in claim.citations if citation.item in sources})
    if len(cited) < _PAIR:
        return Verdict(name="not found", fault="citations")
    texts = [read(sources[item]) for item in cited]
    fault = _form(said) or check_names(said, texts) or check_versions(said, texts)
    if fault:
        return Verdict(
            name="contradicted" if fault.contradicts else "not found", fault=fault.name, evidence=fault.evidence
        )
    return Verdict(name="supported")


def _form(said: Reading) -> Fault | None:
    if said.quotes:
        return Fault("quotation", said.quotes[0])
    figure = next((q for q in said.quantities if q.kind == "amount" and not _compound(said.text, q.start, q.end)), None)
    if figure:
        return Fault("figure", figure.text)
    superlative = _SUPERLATIVE.search(said.text)
    return Fault("superlative", superlative[0]) if superlative else None


def _compound(text: str, start: int, end: int) -> bool:
    """Whether a number word only forms a term with the next word: "two-stage ranking", "双塔"."""
    return not re.search(r"\d", text[start:end]) and text[end : end + 1] == "-"
