"""What is told of a period's stories, and what is too little to be told."""

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
