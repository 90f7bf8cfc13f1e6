import time

import pytest

from digest.collect.feed_xml import seconds_of
from digest.collect.podcasts import transcript_text
from tests.collect.worlds import feed, one, rss
from tests.fetch.server import answer

SHOW = feed("show", "{base}/a", kind="podcast")
EPISODE = (
    "<title>One</title><guid>1</guid><link>https://show.example/1</link>"
    "<pubDate>Tue, 16 Jun 2026 10:00:00 GMT</pubDate>"
    "<itunes:duration>1:02:03</itunes:duration><itunes:summary>About it</itunes:summary>"
    "<itunes:author>Host</itunes:author>"
    '<enclosure url="https://show.example/1.mp3" type="audio/mpeg" length="9"/>'
)
VTT = (
    b"WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.000\nHello and welcome.\n\n2\n"
    b"00:00:02.000 --> 00:00:04.000\nToday we rank.\n"
)


def test_an_episode() -> None:
    (item,) = one({"/a": answer(rss(EPISODE))}, SHOW).items
    assert (item.kind, item.title, item.text, item.authors) == ("episode", "One", "About it", ("Host",))
    assert item.signals == {"duration_s": 3723.0}
    assert item.extra["audio"] == "https://show.example/1.mp3"


def test_a_transcript_beside_the_feed_is_read() -> None:
    tags = (
        '<podcast:transcript url="/t.json" type="application/json"/><podcast:transcript url="/t.vtt" type="text/vtt"/>'
    )
    head = '<atom:link rel="self" href="/"/>'
    body = rss(EPISODE + tags, head=head).replace(b"https://lab.example/</link>", b"BASE/</link>")

    found = one({"/a": answer(body.replace(b"BASE", b"")), "/t.vtt": answer(VTT)}, SHOW)
    assert found.items[0].text == "Hello and welcome.\nToday we rank."


def test_a_missing_transcript_leaves_the_notes() -> None:
    tags = '<podcast:transcript url="/none.vtt" type="text/vtt"/>'
    body = rss(EPISODE + tags).replace(b"<link>https://lab.example/</link>", b"")
    assert one({"/a": answer(body)}, SHOW).items[0].text == "About it"


def test_a_transcript_that_nothing_can_read_in_time_leaves_the_notes() -> None:
    tags = '<podcast:transcript url="/t.html" type="text/html"/>'
    body = rss(EPISODE + tags).replace(b"<link>https://lab.example/</link>", b"")
    began = time.monotonic()
    found = one({"/a": answer(body), "/t.html": answer(b"<div>" * 200_000 + b"word " * 9)}, SHOW)
    assert (found.status, found.items[0].text) == ("ok", "About it")
    assert time.monotonic() - began < 8


def test_an_episode_without_audio_is_said() -> None:
    found = one({"/a": answer(rss("<title>One</title><guid>1</guid>"))}, SHOW)
    assert (found.status, found.note) == ("ok", "1 of 1 episodes without audio")


def test_a_failed_show_fails() -> None:
    assert one({}, SHOW).status == "failed"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02:03", 3723),
        ("02:03", 123),
        ("90", 90),
        (" 1:30 ", 90),
        ("", 0),
        ("one hour", 0),
        ("1:2:3:4", 0),
        ("-5", 0),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


def test_transcripts_lose_their_time_marks() -> None:
    assert transcript_text(b"1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i>\n") == "Hello"
