import pytest

from digest.collect.github import page_url, read_trending
from digest.collect.github_api import readme_text
from digest.collect.model import Settings
from tests.collect.worlds import LATER, PAST, Outcome, feed, one
from tests.fetch.server import NOW, answer

SOURCE = feed("trending", "", kind="github-trending")
SETTINGS = Settings(github_url="{base}")
ROW = """<article class="Box-row"><h2 class="h3"><a href="/Owner/{name}"><span>Owner /</span> {name}</a></h2>
<p class="col-9">A <em>fast</em> ranker</p><span itemprop="programmingLanguage">Rust</span>
<a href="/Owner/{name}/stargazers"><svg></svg> 12,345</a><a href="/Owner/{name}/forks">67</a>
<span class="float-sm-right"><svg></svg> 1,024 stars {period}</span></article>"""
OLD_ROW = """<ol class="repo-list"><li class="col-12"><h3><a href="/owner/one"><span>owner / </span>one</a></h3>
<div><p>   </p><p>Words</p></div><a href="/owner/one/stargazers">5</a><a href="/owner/one/network">3</a></li></ol>"""


def page(*names: str, period: str = "today") -> bytes:
    return (
        "<html><body>" + "".join(ROW.format(name=name, period=period) for name in names) + "</body></html>"
    ).encode()


def collect(body: bytes, **around: object) -> Outcome:
    return one({"/trending?since=daily": answer(body)}, SOURCE, settings=SETTINGS, **around)


def test_a_repository() -> None:
    found = collect(page("One", "two"))
    first, second = found.items
    assert (first.id, first.kind, first.title) == ("github:owner/one@2026-06-21", "repository", "Owner/One")
    assert (first.url, first.keys, first.text) == (
        "https://github.com/Owner/One",
        ("github:owner/one",),
        "A fast ranker",
    )
    assert first.signals == {"stars": 12345, "forks": 67, "stars_today": 1024, "rank": 1}
    assert first.extra == {"stars_language": "Rust"}
    assert (first.published, first.flags, second.signals["rank"]) == (NOW, frozenset(), 2)


def test_a_past_period_is_flagged_and_said() -> None:
    found = collect(page("one"), window=PAST, now=LATER)
    assert found.items[0].id == "github:owner/one@2026-06-21"
    assert found.items[0].flags == {"undated", "backfilled"}
    assert "no history" in found.note


def test_older_markup() -> None:
    (row,) = read_trending(OLD_ROW)
    assert (row.repo, row.description, row.stars, row.forks, row.gained) == ("owner/one", "Words", 5, 3, None)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"<html><body><div class='new-markup'></div></body></html>", "failed", "markup no longer fits"),
        (b"<article class='Box-row'><h5>changed</h5></article>", "failed", "markup no longer fits"),
        (b"", "failed", "markup no longer fits"),
        (b"<p>It looks like we don't have any trending repositories for D.</p>", "empty", "nothing is trending"),
    ],
)
def test_markup_that_does_not_fit_is_an_error(body: bytes, status: str, said: str) -> None:
    found = collect(body)
    assert (found.status, said in found.error, found.items) == (status, True, ())


def test_a_missing_page_fails() -> None:
    assert one({}, SOURCE, settings=SETTINGS).status == "failed"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("", "https://g/trending?since=daily"),
        ("python", "https://g/trending/python?since=daily"),
        ("/trending/c++?since=weekly", "https://g/trending/c++?since=weekly"),
        ("?spoken_language_code=zh", "https://g/trending?spoken_language_code=zh&since=daily"),
        ("https://other/trending", "https://other/trending"),
    ],
)
def test_addresses(address: str, wanted: str) -> None:
    assert page_url(address, "https://g/") == wanted


def test_weekly_stars_are_not_called_todays() -> None:
    (row,) = read_trending(page("one", period="this week").decode())
    assert (row.gained, row.period) == (1024, "this week")


def test_with_a_token_topics_and_readme_come_along() -> None:
    settings = Settings(github_url="{base}", github_api_url="{base}/api", github_token="t")
    routes = {
        "/trending?since=daily": answer(page("one", "two", "three")),
        "/api/repos/Owner/one": answer(b'{"topics": ["ranking", "rust", 3]}'),
        "/api/repos/Owner/one/readme": answer(b"# One\n\n[![b](x)](y)\n\nIt [ranks](z) well."),
        "/api/repos/Owner/two": answer(b"no json"),
    }
    found = one(routes, SOURCE, settings=settings)
    first, second, third = found.items
    assert (first.extra["topics"], first.text) == ("ranking rust", "A fast ranker\nOne\n\nIt ranks well.")
    assert second.text == third.text == "A fast ranker"
    assert found.note == "GitHub's API says nothing of 2 of 3 repositories"


def test_a_long_readme_is_cut_at_a_line() -> None:
    text = readme_text("word word\n\n" * 400)
    assert (len(text) <= 1500, text.rstrip().endswith("word word")) == (True, True)
