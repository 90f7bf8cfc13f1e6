"""Make the recorded sample week: `python docs/sample/make.py` writes digest/sample/.

The facts are those of 2026-W25 in our own words, in the text files beside this one; accounts, authors and speakers
are role names. The collectors are run against an origin that answers from these files in the genuine wire formats, and
every answer is kept under the URL that was asked for.
"""

import json
import re
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import httpx

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from digest import app  # noqa: E402  the checkout's own package
from digest.config import Config  # noqa: E402
from digest.fetch.client import Fetcher  # noqa: E402
from digest.fetch.model import Limits, MemoryValidators  # noqa: E402
from digest.period import days, week  # noqa: E402
from digest.steps.context import Context  # noqa: E402
from digest.store.database import Database  # noqa: E402

OUT = HERE.parent.parent / "digest" / "sample"
AUTHORS = ("Researcher of Example Lab", "Engineer of Example Lab")
Row = list[str]


def rows(name: str) -> list[Row]:
    """Read the fields of a text file's lines; comments are left out."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[field.strip() for field in line.split(" | ")] for line in lines if line and not line.startswith("#")]


def moment(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


PAPERS, POSTS, TWEETS, EPISODES, TRENDING, FEEDS = map(
    rows, ("papers", "posts", "tweets", "episodes", "trending", "feeds")
)
HANDLES = sorted({row[0] for row in TWEETS})


def answer(url: str) -> tuple[str, bytes, str] | None:
    """Answer a URL as its origin would: a file name, the body, its content type."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if parts.path == "/api/query":
        return f"arxiv-{abs(hash_of(url))}.xml", arxiv(query).encode(), "application/atom+xml"
    if parts.path == "/api/daily_papers":
        return f"hf-{query['date']}.json", daily_papers(query["date"]), "application/json"
    if parts.path.endswith("/trending"):
        day = parts.path.split("/")[1] if parts.path.count("/") > 1 else "2026-06-21"
        return f"trending-{day}.html", trending(day).encode(), "text/html; charset=utf-8"
    if parts.path.startswith("/2/"):
        return f"x-{abs(hash_of(url))}.json", x_api(parts.path, query), "application/json"
    for slug, form, language, title, address in FEEDS:
        if url == address:
            return Path(parts.path).name, feed(slug, form, language, title, address).encode(), MEDIA[form]
    return None


MEDIA = {
    "rss": "application/rss+xml",
    "podcast": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


def hash_of(text: str) -> int:
    """Return a short number that names a URL."""
    return int.from_bytes(text.encode(), "big") % 1_000_003


def arxiv(query: dict[str, str]) -> str:
    """Answer a query of the arXiv API: one category, a range of submission dates; nothing is ever revised."""
    search = query.get("search_query", "")
    category = re.search(r"cat:([\w.-]+)", search)
    span = re.search(r"submittedDate:\[(\d+) TO (\d+)\]", search)
    revised = "ANDNOT" in search
    found = [
        row
        for row in PAPERS
        if not revised
        and category
        and category[1] in row[2].split()
        and span
        and span[1] <= f"{moment(row[1]):%Y%m%d%H%M}" <= span[2]
    ]
    found.sort(key=lambda row: row[1], reverse=query.get("sortOrder") != "ascending")
    start = int(query.get("start", "0"))
    page = found[start : start + int(query.get("max_results", "100"))]
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>https://arxiv.org/api/sample</id><title>arXiv Query: {escape(search)}</title>"
        f"<updated>2026-06-21T00:00:00Z</updated>"
        f"<opensearch:itemsPerPage>{len(page)}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(found)}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>\n" + "\n".join(map(arxiv_entry, page)) + "\n</feed>\n"
    )


def arxiv_entry(row: Row) -> str:
    """Write one paper as the arXiv API does."""
    number, submitted, categories, _, title, abstract = row
    terms = categories.split()
    authors = "".join(f"<author><name>{name}</name></author>" for name in AUTHORS)
    kinds = "".join(f'<category term="{term}" scheme="http://arxiv.org/schemas/atom"/>' for term in terms)
    return (
        f"<entry><id>http://arxiv.org/abs/{number}v1</id><title>{escape(title)}</title>"
        f"<updated>{submitted}:00Z</updated>"
        f'<link href="https://arxiv.org/abs/{number}v1" rel="alternate" type="text/html"/>'
        f'<link href="https://arxiv.org/pdf/{number}v1" rel="related" type="application/pdf" title="pdf"/>'
        f"<summary>{escape(abstract)}</summary>{kinds}<published>{submitted}:00Z</published>"
        f'<arxiv:primary_category term="{terms[0]}"/>{authors}</entry>'
    )


def daily_papers(day: str) -> bytes:
    """Answer Hugging Face's list of a day: papers with upvotes, on the day after they were submitted."""
    found = [
        row for row in PAPERS if int(row[3]) and f"{max(moment(row[1]) + timedelta(days=1), MONDAY):%Y-%m-%d}" == day
    ]
    listed = [
        {
            "paper": {
                "id": row[0],
                "title": row[4],
                "summary": row[5],
                "upvotes": int(row[3]),
                "publishedAt": f"{row[1]}:00.000Z",
                "authors": [{"name": name, "hidden": False} for name in AUTHORS],
            },
            "publishedAt": f"{row[1]}:00.000Z",
            "title": row[4],
            "numComments": 0,
        }
        for row in found
    ]
    return json.dumps(listed, indent=1).encode()


MONDAY = datetime(2026, 6, 15, tzinfo=UTC)


def trending(day: str) -> str:
    """Write the trending page of a day in the markup that GitHub has used since 2019."""
    articles = "\n".join(
        f'<article class="Box-row"><h2 class="h3 lh-condensed"><a href="/{repo}">{repo.replace("/", " / ")}</a></h2>'
        f'<p class="col-9 color-fg-muted my-1">{escape(text)}</p>'
        f'<div class="f6 color-fg-muted mt-2"><span itemprop="programmingLanguage">{language}</span>'
        f'<a href="/{repo}/stargazers" class="Link">{int(stars):,}</a>'
        f'<a href="/{repo}/forks" class="Link">{int(forks):,}</a>'
        f'<span class="d-inline-block float-sm-right">{int(today):,} stars today</span></div></article>'
        for on, repo, language, stars, forks, today, text in TRENDING
        if on == day
    )
    return f'<!DOCTYPE html><html lang="en"><body><main><div class="Box">\n{articles}\n</div></main></body></html>\n'


def x_api(path: str, query: dict[str, str]) -> bytes:
    """Answer the X API: users by name, and a user's timeline."""
    if path == "/2/users/by":
        users = [user(handle) for handle in query["usernames"].split(",") if handle in HANDLES]
        return json.dumps({"data": users}, indent=1).encode()
    handle = HANDLES[int(path.split("/")[3]) - 1000]
    since = query.get("start_time", "")
    mine = [row for row in TWEETS if row[0] == handle and f"{row[1]}:00Z" >= since]
    posts = [tweet(row) for row in sorted(mine, key=lambda row: row[1], reverse=True)]
    page = {"data": posts, "includes": {"users": [user(handle)]}, "meta": {"result_count": len(posts)}}
    return json.dumps(page, indent=1, ensure_ascii=False).encode()


def user(handle: str) -> dict[str, str]:
    """Return an account; its name is its role."""
    return {"id": str(1000 + HANDLES.index(handle)), "username": handle, "name": handle.replace("_", " ").title()}


def tweet(row: Row) -> dict[str, object]:
    """Return a post with its link as X shortens and expands it."""
    handle, at, likes, text = row
    number = str(2_066_000_000_000_000_000 + TWEETS.index(row) * 1_000_003)
    link = re.search(r"https://\S+", text)
    short = f"https://t.co/s{TWEETS.index(row):09d}"
    urls = [{"url": short, "expanded_url": link[0], "display_url": link[0][8:30]}] if link else []
    return {
        "id": number,
        "author_id": user(handle)["id"],
        "text": text.replace(link[0], short) if link else text,
        "created_at": f"{at}:00.000Z",
        "lang": "en",
        "conversation_id": number,
        "public_metrics": {
            "like_count": int(likes),
            "retweet_count": int(likes) // 9,
            "reply_count": 0,
            "quote_count": 0,
        },
        "entities": {"urls": urls},
    }


def feed(slug: str, form: str, language: str, title: str, address: str) -> str:
    """Write a feed in its format, newest entry first."""
    if form == "podcast":
        return rss(title, language, [episode(row) for row in EPISODES if row[0] == slug], podcast=True)
    mine = sorted((row for row in POSTS if row[0] == slug), key=lambda row: row[1], reverse=True)
    if form == "rss":
        return rss(title, language, [rss_item(row) for row in mine])
    return atom(title, address, mine) if form == "atom" else json_feed(title, address, language, mine)


def rss(title: str, language: str, items: list[str], *, podcast: bool = False) -> str:
    """Wrap items into an RSS 2.0 channel."""
    space = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"' if podcast else ""
    content = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f"<title>{escape(title)}</title><link>https://example.org/</link><description>{escape(title)}</description>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{space}{content}><channel>{head}'
        f"<language>{language}</language>\n" + "\n".join(items) + "\n</channel></rss>\n"
    )


def rss_item(row: Row) -> str:
    """Write a post as an RSS item."""
    _, at, title, link, text = row
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(link)}</guid>"
        f"<pubDate>{format_datetime(moment(at))}</pubDate><description>{escape(f'<p>{text}</p>')}</description></item>"
    )


def episode(row: Row) -> str:
    """Write an episode as an RSS item with its transcript."""
    _, at, seconds, title, link, transcript = row
    turns = "".join(f"<p>{escape(turn.strip())}</p>" for turn in transcript.split("||"))
    return (
        f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{format_datetime(moment(at))}</pubDate><itunes:duration>{seconds}</itunes:duration>"
        f'<enclosure url="{link}.mp3" length="0" type="audio/mpeg"/>'
        f"<content:encoded><![CDATA[{turns}]]></content:encoded></item>"
    )


def atom(title: str, address: str, mine: list[Row]) -> str:
    """Write posts as an Atom feed."""
    entries = "\n".join(
        f'<entry><id>{escape(link)}</id><title>{escape(name)}</title><link href="{escape(link)}"/>'
        f'<updated>{at}:00Z</updated><published>{at}:00Z</published><summary type="html">{escape(f"<p>{text}</p>")}'
        "</summary></entry>"
        for _, at, name, link, text in mine
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{address}</id><title>{escape(title)}</title><updated>2026-06-21T12:00:00Z</updated>\n{entries}\n</feed>\n"
    )


def json_feed(title: str, address: str, language: str, mine: list[Row]) -> str:
    """Write posts as a JSON Feed."""
    items = [
        {"id": link, "url": link, "title": name, "content_html": f"<p>{text}</p>", "date_published": f"{at}:00Z"}
        for _, at, name, link, text in mine
    ]
    top = {"version": "https://jsonfeed.org/version/1.1", "title": title, "feed_url": address, "language": language}
    return json.dumps(top | {"items": items}, indent=1, ensure_ascii=False)


class Recorder(httpx.AsyncBaseTransport):
    """Answers as the origins would, and keeps each answer under its URL."""

    def __init__(self) -> None:
        self.index: dict[str, dict[str, object]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, write the file, and note it in the index."""
        url = str(request.url)
        found = answer(url)
        if found is None:
            return httpx.Response(404, stream=Bytes(b""))
        name, body, kind = found
        (OUT / name).write_bytes(body)
        self.index[_key(url)] = {"file": name, "headers": {"content-type": kind}}
        return httpx.Response(200, headers={"content-type": kind}, stream=Bytes(body))


def _key(url: str) -> str:
    """Return what is looked up: an account's posts whole, since a second look asks for those after the newest."""
    path, _, _ = url.partition("?")
    return f"{path}?*" if path.endswith("/tweets") else url


class Bytes(httpx.AsyncByteStream):
    """A body that can be read raw."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body


def configuration() -> str:
    """Return the sample's config.toml: its sources; the publications are the packaged ones."""
    tables = [
        *(
            ("arxiv", c.lower().replace(".", "-"), f"arXiv {c}", f'query = "cat:{c}"', "en")
            for c in ("cs.IR", "cs.LG", "cs.CL", "cs.AI", "cs.CV")
        ),
        ("github-trending", "github-trending", "GitHub trending", "", "en"),
        ("hf-papers", "hf-papers", "Hugging Face daily papers", "", "en"),
        ("x", "x-roles", "Accounts on X", f"accounts = {json.dumps(HANDLES)}", "en"),
        *(
            ("podcast" if form == "podcast" else "feed", slug, title, f'url = "{address}"', language)
            for slug, form, language, title, address in FEEDS
        ),
    ]
    head = "# The sample week's sources, made by docs/sample/make.py.\n\n[arxiv]\ndelay_s = 0.0\n\n"
    body = "\n".join(
        f'[[source]]\nkind = "{kind}"\nslug = "{slug}"\ntitle = {json.dumps(title, ensure_ascii=False)}\n'
        + (f"{address}\n" if address else "")
        + f'language = "{language}"\n'
        for kind, slug, title, address, language in tables
    )
    return head + body + "\n" + publications()


def publications() -> str:
    """Name the three publications; all else comes from the packaged configuration."""
    slugs = ("ai-tech-daily", "ai-weekly", "recsys-weekly")
    return "\n".join(f'[[publication]]\nslug = "{slug}"\n' for slug in slugs)


def record() -> dict[str, dict[str, object]]:
    """Let a run's collectors ask for the week, and return the index of what they asked for."""
    recorder = Recorder()
    config, now = app.sampled(Config())
    with TemporaryDirectory() as folder, Database.open(f"sqlite:///{folder}/digest.db") as database:
        context = Context(
            config=config,
            database=database,
            now=now,
            fetcher=lambda: Fetcher(Limits(), MemoryValidators(), lambda: now, recorder),
            sample=True,
        )
        for gathered in app.collect_sample(context):
            if gathered.status != "ok":
                print(gathered.slug, gathered.status, gathered.error)
    return recorder.index


def main() -> None:
    """Write the sample anew."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    (OUT / "config.toml").write_text(configuration(), encoding="utf-8")
    index = record()
    (OUT / "index.json").write_text(json.dumps(index, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(index)} answers, {sum(1 for _ in days(week('2026-W25')))} days, in {OUT.name}")


if __name__ == "__main__":
    main()
