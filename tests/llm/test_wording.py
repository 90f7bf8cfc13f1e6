"""Every note that can stand in an issue has words in Chinese."""

import re
from typing import get_args

import pytest

from digest.llm.answer import TroubleKind, disarmed_note, shortened_note, told
from digest.llm.budget import DEGRADATION
from digest.llm.wording import worded

PARTS = ("Scores", "Item notes", "Threads", "Thread grouping", "Opening", "Translations", "Texts", "Pages")
NOTES = [
    *(note for part in PARTS for note in told(part, get_args(TroubleKind))),
    *(note for part in PARTS for note in (*shortened_note(part, 3, 12_000), *disarmed_note(part, 1))),
    *(f"given up to stay within the budget: {plan.given_up}" for plan in DEGRADATION[1:]),
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_worded_in_chinese_with_its_figures(note: str) -> None:
    (chinese,) = worded([note], "zh")
    assert re.findall(r"[A-Za-z]+", chinese) == []
    assert re.findall(r"\d+", chinese) == re.findall(r"\d+", note)
    assert worded([note], "en") == (note,)


def test_a_note_of_another_form_stays() -> None:
    assert worded(["Something else."], "zh") == ("Something else.",)
