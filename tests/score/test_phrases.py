import pytest

from digest.score.phrases import _SAID, joined, phrase, translated


def test_every_phrase_is_sayable_in_chinese() -> None:
    values = {"company": "Meta", "results": "up to +0.96% CTR", "topics": "ranking", "categories": "cs.IR", "count": 3}
    for name in _SAID:
        chinese = translated(phrase(name, **values), "zh-CN")
        assert chinese != phrase(name, **values), name
        assert not set("{}") & set(chinese)


def test_values_survive_the_translation() -> None:
    reason = joined([phrase("results-at", company="Meta", results="up to +0.96% CTR"), phrase("voices", count=3)])
    assert reason == "online test at Meta, up to +0.96% CTR; 3 voices"
    assert translated(reason, "zh") == "Meta 线上实验：最高 +0.96% CTR；3 个来源提及"


def test_several_results_stay_with_their_company_and_qualifiers() -> None:
    reason = phrase("results-at", company="Meta", results="up to +0.96% CTR, on average -2.5ms latency")
    assert translated(reason, "zh") == "Meta 线上实验：最高 +0.96% CTR, 平均 -2.5ms latency"
    assert translated(phrase("results", results="+2% over-time clicks"), "zh") == "线上实验：+2% over-time clicks"


def test_other_languages_and_foreign_phrases_stay() -> None:
    assert translated("core of the field", "de") == "core of the field"
    assert translated("the model said so; core of the field", "zh") == "the model said so；领域核心"


def test_a_semicolon_in_a_value_does_not_end_the_phrase() -> None:
    assert phrase("topic", topics="a; b") == "a, b, your topic"


def test_topics_are_said_in_the_edition_s_language_or_not_at_all() -> None:
    def word(topic: str, language: str) -> str:
        return {("ranking", "zh"): "排序", ("智能体", "en"): ""}.get((topic, language), topic)

    reason = joined([phrase("topics", topics="ranking, 智能体"), phrase("voices", count=3)])
    assert translated(reason, "zh", word) == "排序、智能体：关注的主题；3 个来源提及"
    assert translated(reason, "en", word) == "ranking, your topic; 3 voices"
    assert translated(phrase("topic", topics="智能体"), "en", word) == ""


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        ("9,999", "9,999 likes", "9,999 次喜欢"),
        ("10,000", "10k likes", "1 万次喜欢"),
        ("12,345", "12.3k likes", "1.2 万次喜欢"),
        ("123,456", "123k likes", "12.3 万次喜欢"),
        ("999,499", "999k likes", "99.9 万次喜欢"),
        ("999,999", "1M likes", "100 万次喜欢"),
        ("1,234,567", "1.2M likes", "123 万次喜欢"),
        ("99,999,999", "100M likes", "1 亿次喜欢"),
        ("2,500,000,000", "2.5B likes", "25 亿次喜欢"),
        ("999,999,999,999,999,999", "over 999T likes", "超过 9999 万亿次喜欢"),
    ],
)
def test_great_counts_are_written_as_people_write_them(count: str, english: str, chinese: str) -> None:
    reason = phrase("likes", count=count)
    assert (translated(reason, "en"), translated(reason, "zh")) == (english, chinese)


def test_stars_of_a_day_too() -> None:
    reason = phrase("stars_today", count="123,456")
    assert (translated(reason, "en"), translated(reason, "zh")) == ("123k stars today", "今日 12.3 万星")


def test_what_is_no_count_stays() -> None:
    assert translated("so many likes; 1.5 likes", "en") == "so many likes; 1.5 likes"


def test_beside_their_list_voices_are_not_counted() -> None:
    reason = joined([phrase("voices", count=3), phrase("new")])
    assert translated(reason, "en", listed=True) == "more than one voice; something new is released"
    assert translated(reason, "zh", listed=True) == "不止一个来源提及；有新发布"
    assert translated(reason, "en") == reason
