import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.names import (
    Name,
    company,
    in_chinese,
    is_company,
    is_named,
    is_word,
    known,
    known_metric,
    metric,
    names,
    owner,
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(name.text, name.canonical, name.kind) for name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pinterest homefeed", "Pinterest"),
        ("Yandex Music", "Yandex"),
        ("小红书", "Xiaohongshu"),
        ("RedNote", "Xiaohongshu"),
        ("淘宝首页", "Alibaba"),
        ("支付宝", "Ant Group"),
        ("抖音", "ByteDance"),
        ("TikTok", "ByteDance"),
        ("Weixin Channels", "Tencent"),
        ("美团外卖", "Meituan"),
        ("Instagram Reels", "Meta"),
        ("YouTube", "Google"),
        ("Llama 4", "Meta"),
        ("nobody we know", ""),
        ("a meta analysis", ""),
        ("Meta-learning", ""),
    ],
)
def test_products_and_spellings_lead_to_their_company(text: str, expected: str) -> None:
    assert company(text) == expected


def test_owner_and_kind_of_canonical_names() -> None:
    assert owner("Taobao") == "Alibaba"
    assert owner("Kuaishou") == "Kuaishou"
    assert owner("Claude Sonnet 5") == "Anthropic"
    assert owner("nothing") == ""
    assert is_company("Kuaishou")
    assert not is_company("Tsinghua University")


def test_both_languages_give_one_canonical_name() -> None:
    english = {name.canonical for name in names("Alibaba and Tsinghua University ship Taobao in China.")}
    chinese = {name.canonical for name in names("阿里巴巴与清华大学在中国发布淘宝")}
    assert english == chinese


def test_system_names_keep_their_version() -> None:
    assert ("OneRec-V2", "OneRec-V2", "system") in found("We ran OneRec-V2 again.")
    assert ("Claude Fable 5", "Claude Fable 5", "system") in found("They use Claude Fable 5 daily.")
    assert ("Qwen", "Qwen", "system") in found("Qwen 30 million times")


def test_english_words_are_companies_only_among_words_that_show_it() -> None:
    assert found("Indeed, we match users.") == []
    assert ("Indeed", "Indeed", "company") in found("We work at Indeed on search.")
    assert ("Target", "Target", "company") in found("Sold by Target last week.")


def test_unknown_names_are_found_verbatim() -> None:
    texts = {
        name.text for name in names("We propose FooRank and Quick Brown Fox in the lab.") if name.kind == "unknown"
    }
    assert texts == {"FooRank", "Quick Brown Fox"}
    assert found("The model learns. However, it stops.") == []


def test_latin_words_in_chinese_are_names() -> None:
    assert ("Zorbax", "Zorbax", "unknown") in found("我们提出Zorbax模型")
    assert found("我们用LLM做推荐") == []


def test_universities_are_institutions() -> None:
    assert ("University of Glasgow", "University of Glasgow", "institution") in found(
        "at The University of Glasgow, we"
    )
    assert ("东湖大学", "东湖大学", "institution") in found("东湖大学")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the user click-through rate (CTR)", "CTR"),
        ("Click-Through Rate", "CTR"),
        ("点击率", "CTR"),
        ("nDCG@10", "NDCG@10"),
        ("Normalized Discounted Cumulative Gain@K", "NDCG@K"),
        ("Hits@10", "Hits@10"),
        ("Recall@20", "Recall@20"),
        ("Total Listening Time", "listening time"),
        ("gross revenue", "revenue"),
        ("serving computational cost", "serving computational cost"),
        ("key success metrics", "key success metrics"),
        ("PV500", "PV500"),
        ("gadget depth (GD)", "gadget depth"),
    ],
)
def test_metrics_get_one_name_and_unknown_ones_stay(words: str, expected: str) -> None:
    assert metric(words) == expected


def test_a_domain_may_be_a_name() -> None:
    assert is_named("Booking.com")
    assert not is_named("Shelf.ai")
    assert is_named("Shelf.ai", ["Shelf.ai ranks."])
    assert not is_named("Shelf.ai", ["www.Shelf.ai", "访问 Shelf.ai 了解更多", "Shelf.ai/x", "My-Shelf.ai.org"])
    assert not is_named("[a](b)", ["[a](b)"])
    assert is_named("JD.com", ["京东发布"])


def test_known_metric_ignores_the_cut_off() -> None:
    assert known_metric("NDCG@5")
    assert not known_metric("gadget depth")


def test_everyday_words_are_metrics_only_when_asked() -> None:
    assert found("Videos like this cost us an order.") == []
    assert metric("likes") == "likes"


def test_looking_for_firms_alone_finds_the_same_firms() -> None:
    text = "At Kuaishou, iFood and eBay CTR rises; 快手 too."
    firms = [name for name in known(text) if name.kind == "company"]
    assert [name for name in known(text, firms=True) if name.kind == "company"] == firms
    assert [name.canonical for name in firms] == ["Kuaishou", "iFood", "eBay", "Kuaishou"]


@given(st.text(alphabet="AaMmetaKuaishou 快手淘宝.,-@'()5GPT\n", max_size=60))
def test_names_never_overlap_and_point_into_the_text(text: str) -> None:
    last: Name | None = None
    for name in names(text):
        assert text[name.start : name.end] == name.text
        assert last is None or name.start >= last.end
        last = name


def test_a_subsidiary_with_a_name_of_its_own_is_its_own_company() -> None:
    assert company("orders on Daraz") == "Daraz"
    assert company("orders on Tmall") == "Alibaba"


def test_ordinary_words_are_told_from_names() -> None:
    assert is_word("Sierra")
    assert not is_word("Pinterest")
    assert company("pricing at Scale") == ""
    assert company("labels from Scale AI") == "Scale AI"


def test_chinese_texts_have_their_own_names_for_companies() -> None:
    assert in_chinese("Kuaishou") == "快手"
    assert in_chinese("Nvidia") == "英伟达"
    assert [in_chinese(name) for name in ("X", "HP", "AMD")] == ["X", "HP", "AMD"]
    assert in_chinese("Ladlebotics") == "Ladlebotics"
