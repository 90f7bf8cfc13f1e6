from dataclasses import replace

import pytest

from digest.llm.cache import Answers, StoredAnswer
from digest.store.answers import StoredAnswers
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY

ANSWER = StoredAnswer(
    model="m",
    prompt_hash="p",
    input_hash="i",
    output='{"a":1}',
    prompt="score",
    prompt_tokens=9,
    completion_tokens=2,
    usd=0.5,
    at=MONDAY,
)


def test_an_answer_is_kept_under_its_three_keys(database: Database) -> None:
    answers: Answers = StoredAnswers(database)
    answers.put(ANSWER)
    assert answers.get("m", "p", "i") == ANSWER
    assert answers.get("m", "p", "other") is None
    assert StoredAnswers(database).get("m", "p", "i") == ANSWER


def test_money_that_was_paid_stays_paid(database: Database) -> None:
    answers = StoredAnswers(database)
    assert answers.spent(MONDAY) == 0.0
    answers.put(ANSWER)
    better = replace(ANSWER, output="{}", usd=0.25, at=MONDAY + HOUR)
    answers.put(better)
    assert answers.get("m", "p", "i") == better
    assert answers.spent(MONDAY) == pytest.approx(0.75)
    assert answers.spent(MONDAY + HOUR) == pytest.approx(0.25)
