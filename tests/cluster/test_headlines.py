import numpy as np

from digest.cluster import headlines
from digest.cluster.terms import terms


def one_pair(left: str, right: str) -> dict[str, float]:
    weighed = headlines.Weighed([terms(left), terms(right)])
    row = weighed.features(np.asarray([0]), np.asarray([1]), np.asarray([0.0]))[0]
    return dict(zip(headlines.FEATURES, row.tolist(), strict=True))


def test_what_both_say_besides_a_firms_name_is_told_apart_from_it() -> None:
    alone = one_pair("Nokia opens a refinery", "Nokia sues a chess club")
    event = one_pair("Nokia opens a refinery", "Refinery opened by Nokia")
    assert alone["names"] > 0
    assert alone["beyond_names"] == 0.0
    assert event["beyond_names"] > 0
    assert event["beyond_names_of_shorter"] > 0.5


def test_words_of_unknown_meaning_do_not_count_against_the_known_ones_of_another_language() -> None:
    found = one_pair("Microsoft acquires robot startup", "微软收购机器人初创公司囧槑烎")
    assert found["told_of_shorter"] == 1.0
    assert found["told_cosine"] > found["cosine"]
    same = one_pair("Microsoft acquires robot startup", "Robot startup bought by Microsoft")
    assert same["told_cosine"] == same["told_of_shorter"] == same["told_of_longer"] == 0.0


def test_readers_own_posts_are_counted() -> None:
    assert one_pair("Show HN: a ladle", "Ask HN: 勺子")["forums"] == 2.0
    assert one_pair("Show HN: a ladle", "A ladle")["forums"] == 1.0
