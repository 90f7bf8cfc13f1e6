import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from digest.collect.model import Settings, Window
from digest.collect.tweet_items import newest_ripe, text_of
from digest.fetch.model import MemoryValidators
from tests.collect.worlds import LATER, PAST, WEEK, Outcome, feed, one, outcomes, rss
from tests.fetch.server import NOW, Route, Seen, Server, answer

SOURCE = feed("builders", "", kind="x", accounts=("LabOne", "labtwo", "nobody"))
SETTINGS = Settings(x_api_url="{base}", x_token="secret")
USERS = {
    "data": [
        {"id": "1", "name": "Lab One", "username": "LabOne"},
        {"id": "2", "name": "Lab Two", "username": "labtwo"},
    ],
    "errors": [{"detail": "Could not find user with usernames: [nobody]."}],
}


FIELDS = (
    "max_results=100&tweet.fields=created_at%2Cauthor_id%2Cconversation_id%2Centities%2Cin_reply_to_user_id%2Clang"
    "%2Cnote_tweet%2Cpublic_metrics%2Creferenced_tweets&expansions=author_id%2Creferenced_tweets.id"
    "%2Creferenced_tweets.id.author_id&user.fields=name%2Cusername&exclude=retweets"
)


def at(day: int) -> datetime:
    return datetime(2026, 6, day, tzinfo=UTC)


def tweet(number: int, text: str = "We rank &amp; rank.", author: str = "1", **more: object) -> dict[str, Any]:
    return {"id": str(number), "text": text, "author_id": author, "created_at": "2026-06-16T10:00:00.000Z", **more}


def page(*tweets: Mapping[str, Any], includes: object = None, **meta: object) -> bytes:
    users = {"users": USERS["data"]}
    return json.dumps(
        {"data": tweets, "includes": includes or users, "meta": {"result_count": len(tweets), **meta}}
    ).encode()


def routes(one_: Route, two: Route) -> dict[str, Route]:
    return {"users": answer(json.dumps(USERS).encode()), "1": one_, "2": two}


def collect(answers: dict[str, Route], monkey: list[Seen] | None = None, **around: object) -> Outcome:
    """Serve by the part of the path that names the account, whatever the query."""
    return one(_Any(answers), SOURCE, settings=around.pop("settings", SETTINGS), **around)


class _Any(dict[str, Route]):
    """Routes that look at the path's beginning alone; also as a plain dict() copy."""

    def __init__(self, answers: dict[str, Route]) -> None:
        super().__init__()
        names = "usernames=LabOne%2Clabtwo%2Cnobody&user.fields=name%2Cusername"
        self[f"/2/users/by?{names}"] = answers["users"]
        fields = f"{FIELDS}&start_time=2026-06-15T00%3A00%3A00Z"
        for number in ("1", "2"):
            for end in ("", "&end_time=2026-06-21T23%3A59%3A59Z"):
                self[f"/2/users/{number}/tweets?{fields}{end}"] = answers[number]
                self[f"/2/users/{number}/tweets?{fields}{end}&pagination_token=next"] = answers.get(
                    f"{number} next", b""
                )


def test_posts_of_all_accounts() -> None:
    metrics = {"like_count": 7, "retweet_count": 2, "reply_count": 1, "quote_count": 0, "impression_count": 9}
    found = collect(
        routes(answer(page(tweet(11, public_metrics=metrics, lang="en"))), answer(page(tweet(21, author="2"))))
    )
    item, other = found.items
    assert (item.id, item.kind, item.text) == ("x:11", "tweet", "We rank & rank.")
    assert (item.url, item.keys, item.authors) == ("https://x.com/LabOne/status/11", ("x:11",), ("Lab One",))
    assert item.signals == {"likes": 7, "retweets": 2, "comments": 1, "quotes": 0, "views": 9}
    assert (item.extra["handle"], other.extra["handle"]) == ("LabOne", "labtwo")
    assert (found.status, found.note) == ("ok", "no such account: nobody")


def test_the_second_pass_asks_for_what_is_new_since_the_first() -> None:
    young = {"created_at": f"{NOW - timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}"}
    timeline = f"/2/users/1/tweets?{FIELDS}"
    routes: dict[str, Route] = {
        "/2/users/by?usernames=LabOne&user.fields=name%2Cusername": answer(json.dumps(USERS).encode()),
        f"{timeline}&start_time=2026-06-15T00%3A00%3A00Z": answer(page(tweet(13, **young), tweet(12), tweet(11))),
        f"{timeline}&since_id=12": [answer(page(tweet(14, **young), tweet(13, **young))), answer(page())],
        f"{timeline}&start_time=2026-06-01T00%3A00%3A00Z": answer(page(tweet(12), tweet(5))),
    }
    source = feed("builders", "", kind="x", accounts=("LabOne",))

    async def run() -> list[Outcome]:
        async with Server(routes) as server:
            known = MemoryValidators()
            settings = Settings(x_api_url=server.url(""), x_token="secret")
            early = Window(start=WEEK.start - timedelta(days=14), end=WEEK.end)
            windows = (WEEK, WEEK, WEEK, early)
            return [
                (await outcomes([source], settings=settings, window=window, validators=known))["builders"]
                for window in windows
            ]

    found = asyncio.run(run())
    assert [[item.id for item in each.items] for each in found] == [
        ["x:13", "x:12", "x:11"], ["x:14", "x:13"], [], ["x:12", "x:5"],
    ]  # fmt: skip
    assert [each.status for each in found] == ["ok", "ok", "unchanged", "ok"]


def test_a_thread_that_goes_on_is_read_again_from_its_beginning() -> None:
    reply = {"conversation_id": "12", "referenced_tweets": [{"type": "replied_to", "id": "12"}]}
    rows = [
        tweet(14, **reply, created_at="2026-06-20T10:00:00Z"),
        tweet(13),
        tweet(12, conversation_id="12"),
        tweet(11),
        tweet(10),
    ]
    assert newest_ripe([{"data": rows}], at(19)) == "11"
    assert newest_ripe([{"data": rows}], at(21)) == "14"
    assert newest_ripe([{"data": [tweet(1, created_at="")]}], at(21)) == ""


def test_a_past_window_has_an_end() -> None:
    found = collect(routes(answer(page(tweet(11))), answer(page(tweet(21)))), window=PAST, now=LATER)
    assert len(found.items) == 2


def test_pages_are_read_to_the_end() -> None:
    answers = routes(answer(page(tweet(12), next_token="next")), answer(page()))
    found = collect(answers | {"1 next": answer(page(tweet(11)))})
    assert [item.id for item in found.items] == ["x:12", "x:11"]


def test_a_thread_of_one_author_is_one_item_and_replies_to_others_are_none() -> None:
    reply = [{"type": "replied_to", "id": "11"}]
    rows = [
        tweet(13, "Third.", conversation_id="11", referenced_tweets=reply, in_reply_to_user_id="1"),
        tweet(12, "Second.", conversation_id="11", referenced_tweets=reply, in_reply_to_user_id="1"),
        tweet(11, "First.", conversation_id="11"),
        tweet(10, "@other yes", conversation_id="9", referenced_tweets=reply, in_reply_to_user_id="9"),
    ]
    (item,) = collect(routes(answer(page(*rows)), answer(page()))).items
    assert (item.id, item.text, item.title) == ("x:11", "First.\n\nSecond.\n\nThird.", "First.")


def test_links_are_resolved_and_quotations_kept_apart() -> None:
    urls = [
        {"url": "https://t.co/a", "expanded_url": "https://lab.example/p?x=1"},
        {"url": "https://t.co/b", "expanded_url": "https://x.com/LabOne/status/11/photo/1", "media_key": "3_1"},
    ]
    row = tweet(
        11,
        "See https://t.co/a https://t.co/b",
        entities={"urls": urls},
        referenced_tweets=[{"type": "quoted", "id": "5"}],
    )
    includes = {"users": USERS["data"], "tweets": [tweet(5, "Quoted words", author="9")]}
    (item,) = collect(routes(answer(page(row, includes=includes)), answer(page()))).items
    assert item.text == "See https://lab.example/p?x=1"
    assert item.links == ("https://lab.example/p?x=1", "https://x.com/i/status/5")
    assert (item.extra["quoted"], item.extra["quotes"]) == ("Quoted words", "5")


def test_a_long_post_is_whole() -> None:
    note = {
        "text": "Whole https://t.co/a",
        "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://e.org/"}]},
    }
    assert text_of(tweet(1, "Whol…", note_tweet=note)) == "Whole https://e.org/"
    assert text_of({}) == ""


def test_without_a_token_it_is_skipped() -> None:
    found = one({}, SOURCE, settings=Settings(x_token=None))
    assert (found.status, "no token" in found.note) == ("skipped", True)


def test_a_refused_token_and_a_spent_limit_are_said() -> None:
    refused = collect({**routes(b"", b""), "users": answer(b'{"title":"Unauthorized"}', status="401 Unauthorized")})
    assert (refused.status, refused.error) == ("failed", "X refuses the token (401)")
    reset = f"x-rate-limit-reset: {int(NOW.timestamp()) + 900}"
    spent = answer(b"{}", reset, "x-rate-limit-remaining: 0", status="429 Too Many Requests")
    found = collect(routes(answer(page(tweet(11))), spent))
    assert (found.status, len(found.items)) == ("failed", 1)
    assert found.error.startswith("1 accounts could not be read; labtwo:")


def test_a_closed_account_does_not_stop_the_others() -> None:
    closed = json.dumps({"errors": [{"detail": "Sorry, you are not authorized to see the user."}]}).encode()
    found = collect(routes(answer(closed), answer(page(tweet(21, author="2")))))
    assert (found.status, len(found.items)) == ("failed", 1)
    assert "labone: Sorry, you are not authorized" in found.error


def test_no_json_fails_and_no_posts_is_empty() -> None:
    assert collect({**routes(b"", b""), "users": answer(b"<html>")}).status == "failed"
    assert collect(routes(answer(page()), answer(page()))).status == "empty"


def test_a_bridge_gives_the_same_identity() -> None:
    entry = (
        "<title>We rank</title><link>http://nitter.example/LabOne/status/11#m</link>"
        "<pubDate>Tue, 16 Jun 2026 10:00:00 GMT</pubDate><description>We rank</description>"
    )
    source = feed("bridge", "{base}/{account}/rss", kind="x", accounts=("LabOne", "labtwo"))
    odd = entry.replace("/status/11#m", "/about")
    found = one({"/LabOne/rss": answer(rss(entry)), "/labtwo/rss": answer(rss(odd))}, source)
    first, second = found.items
    assert (first.id, first.url, first.kind) == ("x:11", "https://x.com/LabOne/status/11", "tweet")
    assert second.id.startswith("feed:bridge:")
