import json

from digest.cluster.told import fingerprint, news
from digest.domain.thread import Story
from tests.cluster.compose import story, work

FIRST = story("feed:a:1", "Microsoft buys robot maker Ladlebotics for $4.2 billion")


def told(*stories: Story) -> dict[str, str]:
    return {w.id: fingerprint(s) for s in stories for w in s.works}


def test_what_was_never_told_is_news() -> None:
    other = story("feed:b:1", "Harbour library opens on Sundays")
    assert news([other], told(FIRST)) == ([other], [])
    assert news([other], {}) == ([other], [])


def test_the_same_work_and_the_same_event_are_repeats() -> None:
    again = story("feed:b:1", "Microsoft to acquire robot maker Ladlebotics for $4.2B", hours=20)
    chinese = story("feed:c:1", "微软将以42亿美元收购机器人公司Ladlebotics", language="zh", hours=22)
    assert news([FIRST, again, chinese], told(FIRST)) == ([], [FIRST, again, chinese])


def test_a_told_story_returns_only_with_what_is_new() -> None:
    more = Story(
        id="story:x",
        works=(
            work("feed:b:1", "Microsoft buys robot maker Ladlebotics for $4.2 billion", hours=20),
            work(
                "feed:b:2",
                "Microsoft buys robot maker Ladlebotics for $4.2 billion, Nvidia offers $5 billion",
                hours=21,
            ),
        ),
    )
    fresh, repeats = news([more], told(FIRST))
    assert repeats == []
    assert [w.id for w in fresh[0].works] == ["feed:b:2"]
    assert fresh[0].id == "story:x"


def test_a_told_headline_or_address_is_no_news_whatever_its_text_adds() -> None:
    where = "https://site.example/feed:a:1"
    points = work("hn:1", FIRST.lead.lead.title, "Points: $93. Nvidia.", hours=20)
    moved = work("hn:2", "Robot maker Ladlebotics bought by Microsoft", "Nvidia bids $5 billion.", hours=20, url=where)
    again = Story(id="story:x", works=(points, moved))
    assert news([again], told(FIRST)) == ([], [again])


def test_after_two_weeks_it_is_another_story() -> None:
    late = story("feed:b:1", "Microsoft buys robot maker Ladlebotics for $4.2 billion", hours=24 * 20)
    assert news([late], told(FIRST)) == ([late], [])


def test_fingerprints_are_short_stable_and_readable() -> None:
    text = fingerprint(FIRST)
    assert text == fingerprint(FIRST)
    assert json.loads(text)["headlines"][0][0].startswith("Microsoft buys")
    assert "#4.2e+09" in json.loads(text)["facts"]
    long = Story(
        id="s", works=tuple(work(f"f:{n}", f"Nokia {n} " * 90, "Nokia 5.1 beats 6.2. " * 500) for n in range(9))
    )
    assert len(fingerprint(long)) < 6_000


def test_a_fingerprint_of_another_version_still_marks_its_work() -> None:
    for odd in ("", "abc", "{}", '{"headlines": 3, "facts": [], "when": "x"}'):
        assert news([FIRST], {"feed:a:1": odd}) == ([], [FIRST])
