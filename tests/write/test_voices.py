from digest.domain.item import Item
from digest.write.vocabulary import is_section, terms_in, worded
from digest.write.voices import is_tweet, loudness, plain, reported, speaks, voice
from tests.llm.material import NOW
from tests.write.test_framing import item, told


def posted(title: str, text: str = "") -> Item:
    return Item(
        id="feed:p:1", source="p", kind="post", title=title, url="https://x.example/1", first_seen=NOW, text=text,
        keys=("x:1",),
    )  # fmt: skip


def test_the_edition_s_language_speaks_where_a_voice_has_it() -> None:
    story = told(item("feed:a:1", "勺子发布", language="zh"), item("feed:b:1", "A spoon is released"))
    assert voice(story, "en").id == "feed:b:1"
    assert voice(story, "zh").id == "feed:a:1"
    assert speaks(story, "en")
    alone = told(item("feed:a:1", "勺子发布", language="zh"))
    assert voice(alone, "en").id == "feed:a:1"
    assert not speaks(alone, "en")


def test_papers_speak_for_themselves() -> None:
    story = told(item("arxiv:x:1", "A Paper", kind="paper"), item("feed:a:1", "论文解读", language="zh"))
    assert voice(story, "zh").id == "arxiv:x:1"


def test_a_shouting_headline_gives_way_and_a_post_to_a_report() -> None:
    loud = told(item("feed:a:1", "You won't believe this spoon! Just insane…"), item("feed:b:1", "A spoon is released"))
    assert voice(loud, "en").id == "feed:b:1"
    assert loudness("刚刚，炸裂！") > loudness("勺子发布")
    assert plain("🥄 A spoon 🎉") == "A spoon"
    assert plain("A spoon is out. https://t.co/abc www.spoons.example") == "A spoon is out."
    assert plain("https://t.co/abc") == "https://t.co/abc"
    assert plain("Jun 16, 2026Kitchen ResearchSpoons and soups") == "Kitchen Research: Spoons and soups"
    assert plain("Jun 16, 2026 was a day") == "Jun 16, 2026 was a day"


def test_a_voice_with_nothing_to_quote_gives_way_to_one_that_says_the_same_and_more() -> None:
    bare = item("feed:a:1", "Ladlebotics to acquire Panworks for $2 billion")
    full = item("feed:b:1", "Ladlebotics is buying Panworks for $2 billion", "The robot maker pays for pans in shares.")
    other = item("feed:c:1", "Cooks protest at the kettle factory", "They stood before the gates for nine hours.")
    assert voice(told(bare, other, full), "en").id == "feed:b:1"
    assert voice(told(bare, other), "en").id == "feed:a:1"
    assert voice(told(other, full), "en").id == "feed:c:1"


def test_a_chinese_headline_of_an_english_feed_is_not_english() -> None:
    story = told(item("feed:a:1", "Ladlebotics Spoon Pro Max 勺子发布 v2"), item("feed:b:1", "A spoon is released"))
    assert voice(story, "en").id == "feed:b:1"
    assert not speaks(told(item("feed:a:1", "勺子发布 v2")), "en")


def test_what_somebody_posted_is_a_tweet_and_a_headline_about_it_is_not() -> None:
    assert is_tweet(posted("so happy that the spoon people join us, it took ten years https://t.co/abc"))
    assert is_tweet(posted("a spoon, and then", "a spoon, and then a fork"))
    assert not is_tweet(posted("Spoon maker joins Ladlebotics", "Spoon maker joins Ladlebotics"))
    assert not is_tweet(item("feed:a:1", "A spoon is released"))
    assert reported(told(item("feed:a:1", "A spoon is released")))


def test_terms_have_words_in_both_languages() -> None:
    assert worded("Generative Recommendation", "zh") == "生成式推荐"
    assert worded("Semantic IDs", "en") == "semantic IDs"
    assert worded("生成式推荐", "en") == "generative recommendation"
    assert worded("某个没有的词", "en") == ""
    assert worded("Broth Index", "zh") == "Broth Index"
    assert [t.chinese for t in terms_in("Cold-start query rewriting in e-commerce search")] == [
        "冷启动", "查询改写", "电商搜索",
    ]  # fmt: skip
    assert list(terms_in("中文标题没有英文术语")) == []
    assert is_section("law and policy")
    assert not is_section("cold start")
