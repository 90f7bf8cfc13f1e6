"""Which words of a claim its source lacks, and which sentences say it."""

from digest.llm.anchored import spans, stray

SOURCE = (
    "We present GraphLane, a retrieval system that serves short video at Meta. An online A/B test improves watch time "
    "by up to 0.9%. Serving compute falls by 37%. The weather was fine that week."
)


def test_figures_and_names_that_the_source_lacks_are_listed() -> None:
    assert stray("GraphLane at Meta improves watch time by up to 0.9%.", SOURCE) == []
    assert stray("GraphLane at Google improves it by 9%.", SOURCE) == ["Google", "9%"]


def test_the_sentence_that_says_it_is_the_span() -> None:
    assert spans("Watch time improves by up to 0.9%.", SOURCE) == [
        "An online A/B test improves watch time by up to 0.9%."
    ]


def test_another_sentence_joins_only_for_what_is_missing() -> None:
    found = spans("GraphLane of Meta lifts watch time by up to 0.9% and cuts serving compute by 37%.", SOURCE)
    assert len(found) == 3
    assert all(span in SOURCE for span in found)
    assert "weather" not in " ".join(found)


def test_nothing_in_common_is_no_span() -> None:
    assert spans("Zebras graze.", SOURCE) == []
    assert spans("GraphLane", "") == []
