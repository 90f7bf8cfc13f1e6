"""Too long for the context: asked about in parts, none of it lost."""

import asyncio

from digest.llm.answer import Answer, Trouble
from digest.llm.parts import in_parts, shortened


def asked(text: str, limit: int, fails: str = "\0") -> tuple[list[Answer] | Trouble, list[str]]:
    seen: list[str] = []

    async def ask(part: str) -> Answer | Trouble:
        if fails in part and len(part) <= limit:
            return Trouble(kind="refused", message="no")
        if len(part) > limit:
            return Trouble(kind="context", message="too long")
        seen.append(part)
        return Answer(data=part, model="m", prompt_hash="p", input_hash="i")

    return asyncio.run(in_parts(ask, text)), seen


def test_a_text_that_fits_is_asked_once() -> None:
    answers, seen = asked("Short.", 100)
    assert isinstance(answers, list)
    assert seen == ["Short."]


def test_parts_end_between_sentences_and_hold_all_of_the_text() -> None:
    text = " ".join(f"This is sentence number {n} of the text." for n in range(100))
    answers, seen = asked(text, 1_000)
    assert isinstance(answers, list)
    assert " ".join(answer.data for answer in answers) == text
    assert all(part.endswith(".") and part.startswith("This") for part in seen)


def test_a_text_without_sentences_is_cut_in_the_middle() -> None:
    answers, _ = asked("x" * 3_000, 1_000)
    assert isinstance(answers, list)
    assert "".join(answer.data for answer in answers) == "x" * 3_000


def test_when_even_a_short_text_is_too_long_it_says_so() -> None:
    outcome, seen = asked("word. " * 500, 10)
    assert isinstance(outcome, Trouble)
    assert (outcome.kind, seen) == ("context", [])


def test_the_trouble_of_one_part_is_that_of_the_whole() -> None:
    text = "Fine words here. " * 60 + "Bad words here. " * 60
    outcome, _ = asked(text, 1_000, fails="Bad")
    assert isinstance(outcome, Trouble)
    assert outcome.kind == "refused"


def test_a_shortened_text_ends_with_a_sentence() -> None:
    text = "One sentence here. Another one there. A third one follows."
    assert shortened(text, 100) == text
    assert shortened(text, 45) == "One sentence here. Another one there."
    assert shortened("x" * 50, 10) == "x" * 10
