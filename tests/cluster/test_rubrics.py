import pytest

from digest.cluster.rubrics import fields, is_rubric, rubrics


@pytest.mark.parametrize(
    ("headline", "section"),
    [
        ("Ladlebotics to acquire Panworks for $2 billion", "deals and funding"),
        ("勺子公司完成 2 亿元融资", "deals and funding"),
        ("White House weighs kettle rules", "law and policy"),
        ("法院驳回水壶诉讼", "law and policy"),
        ("A cook is to join the rival pantry", "people on the move"),
        ("New humanoid stirs soup", "robots"),
        ("Ladlebotics raises $4 million", "deals and funding"),
    ],
)
def test_a_headline_s_own_words_put_it_into_a_section(headline: str, section: str) -> None:
    assert section in rubrics(headline)
    assert is_rubric(section)


def test_other_headlines_belong_to_none() -> None:
    assert rubrics("Why pans stick, and what helps") == []
    assert rubrics("Ladlebotics joins the debt-fueled race") == []
    assert rubrics("") == []
    assert not is_rubric("soup")


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("SoupRank: Personalized Re-ranking of Broths", "ranking"),
        ("Next-Item Clocks for Canteens", "sequential recommendation"),
        ("Ladles for Sequential Recommendation", "sequential recommendation"),
        ("Cold-Start Pans", "cold start"),
        ("A Benchmark of Kettles", "evaluation"),
        ("Retrieval-Augmented Soups", "retrieval-augmented generation"),
    ],
)
def test_a_paper_s_title_puts_it_into_a_field_of_work(title: str, field: str) -> None:
    assert field in fields(title)
    assert not is_rubric(field)


def test_other_titles_belong_to_no_field() -> None:
    assert fields("Why Pans Stick") == []
    assert fields("Low-Rank Ladles") == []
    assert fields("Tree Search in Kitchens") == []
    assert fields("An Inductive Bias of Soups") == []
    assert fields("White House weighs kettle rules") == []
