"""Magnitudes without a number, weekdays, and a text's own abbreviations."""

import pytest

from digest.verify.sentences.abbreviations import abbreviations
from digest.verify.verdicts import check

SERVED = (
    "Ferry: Generative Retrieval for Travel Search\n"
    "Generative retrieval (GR) is costly. Ferry runs at tens of millions of queries daily and took several hours to "
    "build. Over plain GR it gains 4.1% in bookings. On Thursday the team cut costs for a year. "
    "Coverage does not fall below 80%, and no rival exceeds 90% accuracy (p < 0.05)."
)

TRUE = (
    "Ferry answers tens of millions of queries a day.",
    "Ferry 每天处理数千万次查询。",
    "It took hours, several hours, to build Ferry.",
    "Ferry gains 4.1% in bookings over plain generative retrieval.",
    "The team cut costs on Thursday for one year.",
    "周四团队宣布未来一年削减成本。",
    "Coverage stays at 80% or more.",
    "No rival gets past 90% accuracy (p<0.05).",
)
FAULTY = (
    ("Ferry answers hundreds of millions of queries a day.", "scale"),
    ("Ferry 每天处理数亿次查询。", "scale"),
    ("It took several minutes to build Ferry.", "scale"),
    ("Ferry 用了几分钟建成。", "scale"),
    ("The team cut costs on Tuesday.", "date"),
    ("周二团队削减了成本。", "date"),
    ("Coverage stays below 80%.", "qualifier"),
)


@pytest.mark.parametrize("sentence", TRUE)
def test_other_words_for_the_same_magnitude_pass(sentence: str) -> None:
    verdict = check(sentence, {"a": SERVED})
    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize(("sentence", "fault"), FAULTY)
def test_another_magnitude_or_day_is_found(sentence: str, fault: str) -> None:
    assert check(sentence, {"a": SERVED}).fault == fault


def test_a_magnitude_of_which_the_source_says_nothing_is_not_found() -> None:
    assert check("Millions of people use it.", {"a": "Ferry\nPeople use it."}).name == "not found"


def test_a_magnitude_may_sum_up_what_a_source_tells_one_by_one() -> None:
    source = {"a": "Ferry\nFerry has 54 boats in the north, 67 in the south and 42 on the lakes."}
    assert check("Ferry has hundreds of boats.", source).name == "supported"


def test_a_number_of_that_size_bears_a_magnitude() -> None:
    assert (
        check("Ferry serves millions of riders.", {"a": "Ferry\nFerry serves 2.4 million riders."}).name == "supported"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Generative retrieval (GR) is new.", {"GR": "Generative retrieval"}),
        ("the mean time of answers (MTA) falls", {"MTA": "mean time of answers"}),
        ("we use click-through rates (CTRs)", {"CTR": "click-through rates"}),
        ("a model (GR) is new", {}),
        ("the word alone (WA", {}),
    ],
)
def test_an_abbreviation_is_known_by_its_initials(text: str, found: dict[str, str]) -> None:
    assert abbreviations(text) == found


def test_a_place_among_the_first_is_the_source_s() -> None:
    source = {"a": "Task\nThe system takes top-5 rankings in all subtasks, and a top-1 accuracy of 61%."}
    assert check("该系统在所有子任务上都进了前五名。", source).name == "supported"
    assert check("该系统在所有子任务上都进了前三名。", source).fault == "number"
    assert check("It reaches a top-1 accuracy of 61%.", source).name == "supported"


def test_of_two_places_the_likelier_one_counts() -> None:
    source = {
        "a": "Audit\nProviders explain 88-96% of the variance in quality. Up to 96% of users meet a wrong citation."
    }
    assert check("Up to 96% of users meet a wrong citation.", source).name == "supported"
    assert check("96% of users meet a wrong citation.", source).fault == "qualifier"


def test_real_use_is_not_what_a_simulation_tried() -> None:
    source = {
        "a": "Rescue\nSimulations of a water rescue with two drones show shorter response times in the lake district."
    }
    assert check("仿真显示两架无人机缩短水上救援的响应时间。", source).name == "supported"
    assert (
        check("Real rescues in the lake district with two drones showed shorter response times.", source).fault
        == "online"
    )


PRESS = {"a": "A Press Report\nThe press cleans its plates nightly and prints a list weekly."}


@pytest.mark.parametrize(
    "sentence", ["The plates are cleaned every day.", "印版每日清洗。", "The list is printed every week."]
)
def test_a_rhythm_in_other_words_passes(sentence: str) -> None:
    assert check(sentence, PRESS).name == "supported"


@pytest.mark.parametrize(
    "sentence", ["The plates are cleaned every hour.", "印版每月清洗。", "The list is printed annually."]
)
def test_another_rhythm_is_found(sentence: str) -> None:
    assert check(sentence, PRESS).fault == "unit"
