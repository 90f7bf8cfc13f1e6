import random
import string

from digest.cluster.duplicates import normal_title, says_enough, works
from digest.domain.item import Item
from tests.cluster.compose import item

PAPER = "Slow Cooking for Fast Retrieval: Ranking Soup Recipes with Tiny Encoders"
ABSTRACT = (
    "Kitchen search engines answer millions of hungry visitors, yet their encoders grow heavier every season. We "
    "distil a ranking teacher into a pocket-sized encoder that reads ingredients as sets, steps as graphs and "
    "photographs as hints. On nine months of logged soup searches the small encoder keeps ninety percent of the "
    "teacher's quality while it needs a fortieth of its memory, and cooks save two clicks per dinner."
)


def grouped(items: list[Item]) -> set[frozenset[str]]:
    return {frozenset(i.id for i in work.items) for work in works(items)}


def test_voices_of_one_paper_are_one_work_with_the_paper_first() -> None:
    paper = item("arxiv:2603.00001", PAPER, ABSTRACT, kind="paper", keys=("arxiv:2603.00001",))
    page = item("hf:2603.00001", PAPER, ABSTRACT[:100], kind="paper", keys=("arxiv:2603.00001",), hours=20)
    tweet = item(
        "x:1", "look", "look at this", kind="tweet", keys=("x:1",), links=("https://arxiv.org/pdf/2603.00001v2",)
    )
    post = item("feed:blog:1", PAPER, "What we think of it.", keys=("url:https://blog.example/soup",), hours=30)
    (found,) = works([tweet, post, page, paper])
    assert found.id == "arxiv:2603.00001"
    assert [voice.id for voice in found.items] == ["arxiv:2603.00001", "hf:2603.00001", "feed:blog:1", "x:1"]


def test_the_order_of_the_items_is_free_and_an_id_counts_once() -> None:
    given = [item(f"feed:a:{n}", f"Number {n} of our long running kitchen letters", hours=n) for n in range(8)]
    given += [item("feed:b:1", PAPER), item("feed:b:2", PAPER.upper()), item("feed:b:2", PAPER.upper())]
    expected = works(given)
    random.Random(3).shuffle(given)  # noqa: S311  a sample, no secret
    assert works(given) == expected
    assert len(expected) == 9


def test_different_identities_never_meet_even_under_one_title() -> None:
    first = item("arxiv:2603.00001", PAPER, ABSTRACT, kind="paper", keys=("arxiv:2603.00001",))
    second = item("arxiv:2603.00002", PAPER, ABSTRACT, kind="paper", keys=("arxiv:2603.00002",))
    assert len(works([first, second])) == 2


def test_an_excerpt_and_a_copy_with_words_missing_find_their_origin() -> None:
    chance = random.Random(5)  # noqa: S311  a sample, no secret
    thinned = " ".join(word for word in f"{PAPER} {ABSTRACT}".split() if chance.random() > 0.15)
    origin = item("feed:a:1", PAPER, ABSTRACT)
    excerpt = item("feed:b:1", PAPER[:40] + "…", ABSTRACT[:300])
    copy = item("feed:c:1", thinned[:60], thinned[60:])
    other = item(
        "feed:d:1", "Bread that rises in the dark", "A baker explains why dough likes quiet rooms and long nights. " * 5
    )
    assert grouped([origin, excerpt, copy, other]) == {
        frozenset({"feed:a:1", "feed:b:1", "feed:c:1"}),
        frozenset({"feed:d:1"}),
    }


def test_a_title_with_words_left_out_is_the_same_title() -> None:
    long = item("feed:a:1", "Harbour city opens the first library for retired household robots this spring")
    short = item("feed:b:1", "Harbour city opens first library for retired robots this spring")
    turned = item("feed:c:1", "This spring retired robots open the first harbour library city")
    assert grouped([long, short, turned]) == {frozenset({"feed:a:1", "feed:b:1"}), frozenset({"feed:c:1"})}


def test_a_tweet_that_quotes_a_title_is_a_voice_of_it() -> None:
    post = item("feed:a:1", "Harbour city opens a library for retired robots")
    said = "wow. Harbour City opens a library for retired robots! https://t.co/x"
    assert len(works([post, item("x:1", said[:20], said, kind="tweet")])) == 1
    assert len(works([post, item("x:1", "no", "Harbour city closes early", kind="tweet")])) == 2
    late = item("x:2", said[:20], said, kind="tweet", hours=24 * 30)
    assert len(works([post, late])) == 2


def test_a_post_that_links_to_several_works_is_a_round_up_of_its_own() -> None:
    papers = [
        item(f"arxiv:2603.0000{n}", f"Paper about soup number {w}", kind="paper", keys=(f"arxiv:2603.0000{n}",))
        for n, w in enumerate(("one", "two"))
    ]
    links = tuple(f"https://arxiv.org/abs/2603.0000{n}" for n in range(2))
    assert len(works([*papers, item("feed:a:1", "Two papers about soup", links=links)])) == 3
    about = item("feed:a:2", "Reading: Paper about soup number one", links=links[:1])
    assert len(works([*papers, about])) == 2
    beside = item("feed:a:3", "My holiday in the mountains", links=links[:1])
    assert len(works([*papers, beside])) == 3


def test_a_front_page_a_changelog_and_releases_are_no_identity() -> None:
    front = [
        item(f"feed:a:{n}", f"Story {w}", keys=("url:https://site.example",)) for n, w in enumerate(("red", "blue"))
    ]
    log = [
        item(f"feed:log:{n}", f"Entry {w}", keys=("url:https://site.example/log",), source="log")
        for n, w in enumerate(("red", "blue", "green"))
    ]
    versions = [
        item(f"feed:v:{v}", f"Ladle v{v}", keys=("url:https://site.example/ladle",), source="v")
        for v in ("2.1.1", "2.1.2")
    ]
    assert len(works([*front, *log, *versions])) == 7


def test_one_address_in_two_languages_is_one_work() -> None:
    english = item("feed:a:1", "Harbour library opens", keys=("url:https://site.example/library",))
    chinese = item("feed:b:1", "港口图书馆开放", keys=("url:https://site.example/library",), language="zh")
    assert len(works([english, chinese])) == 1


def test_boilerplate_under_different_titles_stays_apart() -> None:
    given = [
        item(f"feed:a:{n}", title, ABSTRACT) for n, title in enumerate(("Gingerbread houses", "Ocean tides explained"))
    ]
    assert len(works(given)) == 2


def test_one_sentence_in_many_short_items_joins_none_of_them() -> None:
    notice = "It is known in every kitchen of the town that the neighbours of this pot are not worth a visit at all."
    given = [
        item(f"feed:a:{n}", f"Kettle number {word} in preview now", f"The {word} kettle boils water. {notice}", hours=n)
        for n, word in enumerate(("red", "blue", "green", "white", "black", "brown", "grey", "pink", "gold"))
    ]
    assert len(works(given)) == len(given)


def test_a_monthly_title_is_one_work_a_month() -> None:
    given = [item(f"feed:a:{n}", "What our kitchen cooked this month", hours=n * 24 * 30) for n in range(3)]
    assert len(works(given)) == 3


def test_five_hundred_copies_of_a_press_release_are_one_work() -> None:
    copies = [item(f"feed:s{n}:1", "Ladle Corp announces a spoon that thinks ahead", ABSTRACT) for n in range(500)]
    (found,) = works(copies)
    assert len(found.items) == 500


def test_odd_items_pass() -> None:
    letters = random.Random(1)  # noqa: S311  a sample, no secret
    megabyte = " ".join("".join(letters.choices(string.ascii_lowercase, k=7)) for _ in range(130_000))
    given = [
        item("feed:a:1", ""), item("feed:a:2", "Soup"), item("feed:a:3", "https://site.example/very/long/path?with=query"),
        item("feed:a:4", "A megabyte of words without any meaning", megabyte), item("feed:a:5", "", "\x00\u202e"),
    ]  # fmt: skip
    assert len(works(given)) == 5
    assert works([]) == []


def test_titles_are_compared_without_outlet_rubric_and_link() -> None:
    assert normal_title("Show HN: Spoon – a Tool") == "spoon a tool"
    assert (
        normal_title("Harbour city opens a library for retired robots - Reuters")
        == "harbour city opens a library for retired robots"
    )
    assert says_enough("harbour city opens library")
    assert says_enough("港口城市为退休机器人开放图书馆")
    assert not says_enough("soup of the day")
