"""Whether a text says that its system was tested on live traffic, and the sentence that says so, figure or none."""

import re

from digest.text import Span

_STEMS = ("nline", "A/B", "a/b", "AB ", "AB-", "live", "Live", "ield", "nterleav", "raffic", "线上", "在线", "灰度")
_TEST = r"(?:tests?|testing|experiment(?:s|ation)?|trials?|evaluations?|validations?)"
_LIVE = (
    rf"(?:A/B(?:/n)?|AB)[- ]{_TEST}"
    r"|A/B (?:results?|studies|study)"
    r"|online (?:(?:and|A/B|AB|large-scale|industrial|production|live|controlled|randomi[sz]ed|user|field|traffic"
    r"|extensive|real-world|offline|interleaving|experimental)[ ,/]+){0,4}"
    r"(?:tests?|testing|experiment(?:s|ation)?|trials?|(?<!and )(?:results|gains|lifts?|improvements?))"
    r"|offline (?:and|as well as|&) (?:\w+ )?online (?:evaluations?|validations?)|online (?:and|&) offline evaluations?"
    rf"|(?:live|production)(?:[- ]traffic|[- ]user|[- ]scale)? (?:A/B |AB )?{_TEST}"
    r"|(?:live|real|production) (?:user |production )?traffic"
    rf"|randomi[sz]ed field {_TEST}"
    rf"|interleaving {_TEST}"
    r"|(?:tested|evaluated|validated) (?:both )?(?:(?:offline and )?online|live)"
)
_SAID = re.compile(rf"\b(?:{_LIVE})\b", re.IGNORECASE)
# What was found, done or seen: a test that is only spoken of has none of these words in its sentence.
_DONE = re.compile(
    r"\b(?:show(?:s|ed|n|ing)?|demonstrat\w+|confirm\w*|validat(?:e|es|ed|ing)"
    r"|verif(?:y|ies|ied|ying)|reveal\w*"
    r"|indicat(?:es?|ed|ing)|prov(?:es|ed|en)|yield\w*|achiev\w+|deliver(?:s|ed|ing)|result(?:s|ed|ing) in"
    r"|improv(?:es|ed|ements?)"
    r"|increas(?:es?|ed)|reduc(?:es|ed|tions?)|rais(?:es|ed)|lift(?:s|ed)?|gains?|outperform\w*|observ(?:es?|ed)"
    r"|conduct(?:s|ed)?|perform(?:s|ed)?|ran|carried out|reports?|reported|evaluated?|tested|deploy(?:ed)?|launched"
    r"|led to|leads to|brought|brings|generat(?:es|ed)|obtain(?:s|ed)|provid(?:es|ed)|surpass\w*|exhibit(?:s|ed)"
    r"|drove|boost(?:s|ed)?|significant(?:ly)?|superior\w*|effectiveness|successful(?:ly)?)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:without|before|prior to|instead of|in place of|rather than|replac\w+|avoid\w*|expensive|costly|need for"
    r"|lack\w*|absence of"
    r"|future|plan(?:s|ned)? to|cannot|simulat\w+|gap between|discrepanc\w+|mismatch|predict\w* "
    r"|correlat\w+|prox(?:y|ies) for"
    r"|surrogates?|challenges? (?:of|in)|requir\w+|traditional\w*|conventional|enabl\w+|guid(?:e|es|ing)|select\w* for"
    r"|candidates? for|readiness for|suitable for|analy[sz]ing|design(?:ing)? of|running|run"
    r"|relian(?:ce|t) on|rel(?:y|ies|ying) on|participants in|preregistered|logged from"
    r")\b[^.;:,]{0,55}$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^[^.;:,]{0,30}?\b(?:(?:is|are|remains?|can be|may be) (?:\w+ly )?(?:the (?:gold|standard)|an? |often|typically"
    r"|costly|expensive|slow|time-consuming|infeasible|impractical|difficult|hard|not|limited|widely|essential|crucial"
    r"|necessary|needed|required)|cannot|often|typically|commonly|usually)\b"
    r"|^[- ](?:alone|costs?|platforms?|infrastructure|frameworks?|learning|sets?|splits?"
    r"|data(?:sets?)?|scenes?|benchmarks?)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\bsimulat(?:ed|ions?|ors?) (?:\w+ )?(?:online|A/B|live|users)\b|\boff-policy evaluation\b", re.IGNORECASE
)
_ZH = re.compile(
    r"(?:线上|在线)(?:的)?(?:[A-Z]/?[A-Z])?\s?(?:实验|测试|评估|验证|试验)|A/?B\s?(?:实验|测试|试验)|灰度(?:实验|测试)|(?:线上|真实)流量"
)
_ZH_NOT = re.compile(r"(?:无需|不需|没有|未|之前|代替|替代|成本高|昂贵|难以|模拟|仿真|预测)")


def live_test(spans: list[Span]) -> Span | None:
    """Return the first sentence that says it was tested on live traffic or in an A/B test, with or without a figure.

    A sentence about tests at large ("A/B tests are slow and costly") says nothing of the kind.
    """
    return next((span for span in spans if any(stem in span.text for stem in _STEMS) and _says_so(span.text)), None)


def _says_so(sentence: str) -> bool:
    if _ZH.search(sentence):
        return not _ZH_NOT.search(sentence)
    if not _DONE.search(sentence) or _ELSEWHERE.search(sentence):
        return False
    return any(
        not _NOT_BEFORE.search(sentence, max(0, said.start() - 70), said.start())
        and not _NOT_AFTER.search(sentence[said.end() :])
        for said in _SAID.finditer(sentence)
    )
