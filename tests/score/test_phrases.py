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
