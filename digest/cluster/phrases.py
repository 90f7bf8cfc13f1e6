"""The phrases that a text is about: short runs of content words and names, as the text writes them."""

import re
from collections import Counter
from collections.abc import Iterator

from digest.names import known
from digest.text import clean

_PIECE = re.compile(r"[.,;:!?()\[\]{}\"“”«»|/\n\t，。；：！？（）《》、…]|\s[-–—]\s|'s\b")
_WORD = re.compile(r"^[A-Za-z][A-Za-z0-9+\-]*$")
_LATEX = re.compile(r"\$[^$]*\$|\\[a-z]+\{?")
_STOP_WORDS = (
    "the a an of to in for and or on with by is are was were be been as at from that this these those it its we "
    "our us their they them has have had do does did which who whom whose what when where why how can could may "
    "might will would should not no nor but than then more most less least such using used use uses via into over "
    "under between while during across through each every all both either only also even still yet very much many "
    "few several some any other another same own about after before against up down out off if because since "
    "until within without per toward towards however therefore thus hence here there you your i he she his her "
    "one two three first second new novel now "
)
_GENERIC_WORDS = (
    "model models method methods approach approaches framework frameworks system systems paper work study propose "
    "proposed present introduce introduces result results performance experiment experiments evaluation data "
    "dataset datasets task tasks problem problems challenge challenges information existing recent based "
    "significantly extensive state-of-the-art sota effective effectiveness efficient improve improves improved "
    "improving improvement show shows demonstrate demonstrates achieve achieves high higher low lower large small "
    "better best different various multiple real-world real world public benchmark benchmarks baseline baselines "
    "analysis design designed learning training train trained user users item items query queries document "
    "documents relevant important key main industrial online offline production settings setting quality signals "
    "signal process processes level context end-to-end available code open ai llm llms say says said today year "
    "years week day time people company companies make makes get gets help way need needs let like just good "
    "great big thing things lot build building built read watch launch launches announces announced release "
    "releases released update updates version technology tech news report reports latest support team business "
    "market billion million tool tools platform product products user-friendly https http www com ablation metric "
    "metrics accuracy scores score number numbers further additionally specifically respectively content "
)
_STOP = frozenset(_STOP_WORDS.split())
_GENERIC = frozenset(_GENERIC_WORDS.split())
_LONGEST = 3
_READ = 2_500
_NAME_KINDS = frozenset({"company", "system", "person", "place"})


def phrases(title: str, text: str) -> dict[str, str]:
    """Map each phrase of a text, in a form to compare by, to the way in which the text writes it first.

    A phrase has one to three words, begins and ends with a word of content, and is not made of generic words alone; the
    names of companies, systems, people and places are phrases too.
    """
    found: dict[str, str] = {}
    for said in _runs(f"{title}. {text[:_READ]}"):
        found.setdefault(key(said), said)
    for name in known(f"{title}\n{text[:_READ]}"):
        if name.kind in _NAME_KINDS:
            found.setdefault(key(name.canonical), name.text)
    return found


def key(phrase: str) -> str:
    """Return the form by which phrases are compared: lower case, words without a plural's end."""
    return " ".join(_singular(word) for word in phrase.lower().replace("-", " ").split())


def telling(phrase: str) -> float:
    """Return how much a phrase says by its form alone: two or three words more than one, 0 for generic ones."""
    words = phrase.lower().split()
    content = [word for word in words if word not in _GENERIC and _singular(word) not in _GENERIC]
    if not content:
        return 0.0
    return (0.45, 1.0, 1.15)[len(words) - 1] * (0.7 if len(content) < len(words) else 1.0)


def _runs(text: str) -> Iterator[str]:
    for piece in _PIECE.split(_LATEX.sub(" ", clean(text))):
        run: list[str] = []
        for word in [*piece.split(), ""]:
            if _WORD.match(word) and word.lower() not in _STOP:
                run.append(word)
                continue
            yield from _grams(run)
            run = []


def _grams(run: list[str]) -> Iterator[str]:
    for size in range(1, _LONGEST + 1):
        for start in range(len(run) - size + 1):
            gram = " ".join(run[start : start + size])
            if telling(gram):
                yield gram


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    return (
        word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > len("ads") else word
    )


def common(all_phrases: list[dict[str, str]]) -> Counter[str]:
    """Count in how many texts each phrase stands."""
    return Counter(said for phrases_of in all_phrases for said in phrases_of)
