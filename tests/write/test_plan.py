"""What is told of a period's stories, and what is too little to be told."""

from dataclasses import replace

import pytest

from digest.domain.issue import Publication
from digest.domain.score import Score
from digest.write.plan import choose
from tests.write.test_framing import item, told

DAILY = Publication(slug="kitchen", titles={"en": "Kitchen"}, cadence="daily", languages=("en",), kinds=("post",))


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("Spoons", "Spoons", False),
        ("Spoons", "", False),
        ("https://site.example/spoons", "", False),
        ("勺子", "勺子", False),
        ("", "", False),
        ("Spoons", "The kitchen sells spoons in nine towns from Monday on.", True),
        ("Spoons are sold", "", True),
        ("勺子今日上市", "", True),
    ],
)
def test_a_word_or_an_address_alone_is_not_told(title: str, text: str, kept: bool) -> None:
    story = told(item("feed:a:1", title, text))
    score = Score(item=story.lead.id, criterion="overall", value=5.0, reason="")
    choice = choose([story], {story.lead.id: score}, DAILY)
    assert bool(choice.kept) == kept
    assert kept or [dropped.reason for dropped in choice.dropped] == ["a reply, or little more than a link"]


def test_room_that_one_kind_leaves_empty_passes_to_the_best_of_others() -> None:
    mixed = Publication(
        slug="kitchen",
        titles={"en": "Kitchen"},
        cadence="daily",
        languages=("en",),
        kinds=("post", "paper"),
        max_items=10,
    )
    papers = [told(item(f"arxiv:x:{n}", f"Spoon number {n} is measured", kind="paper")) for n in range(9)]
    good = {s.lead.id: Score(item=s.lead.id, criterion="overall", value=4.0, reason="") for s in papers}
    fair = {key: replace(score, value=3.0) for key, score in good.items()}
    room = len(choose(papers, fair, mixed).kept)
    assert room == 3  # a paper's share of ten
    assert len(choose(papers, good, mixed).kept) == 9
