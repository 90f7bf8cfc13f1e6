"""Articles: the linked pages of posts that a first score finds worth it, in place of an excerpt."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlsplit

from digest.domain.item import Item, Work
from digest.fetch.client import Fetcher
from digest.fetch.model import Failure, Request, Response
from digest.read.document import Trouble
from digest.read.page import page_of, work
from digest.sandbox import Bounds, Killed, Sandbox
from digest.steps.calm import calm
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.steps.robots import Rules, agent_of, rules_of
from digest.steps.score import first_look
from digest.store import articles as stored
from digest.store.articles import Article

MOST_PAGES = 60
_WORTH = 1.8  # what a first score must reach, as in the choice of a number's stories
_NEARLY = 2  # times as many works as a number holds are nearly chosen
_SHORT = 400  # characters: the text of a feed that gives no more is an excerpt, said or not
_TRY_AGAIN = timedelta(hours=20)
_LONGEST_S = 40.0
_PAGE_S = 10.0
_SLOWEST_GAP_S = 5.0
_BOUNDS = Bounds(cpu_s=10.0, wall_s=30.0, memory=1_200_000_000)
_ACCEPT = {"Accept": "text/html, application/xhtml+xml;q=0.9"}


@dataclass(slots=True)
class _Reader:
    """What one round of asking works with; the robots.txt of a host is asked for once."""

    context: Context
    fetcher: Fetcher
    sandbox: Sandbox
    agent: str
    rules: dict[str, "asyncio.Task[Rules]"] = field(default_factory=dict)


def articles(context: Context, target: Target, reading: Reading, *, ask: bool) -> Reading:
    """Return the reading with the text of linked pages in place of excerpts, flagged "full-text".

    Which works deserve it is decided on the excerpts alone, and only those get a text: so a number comes out the same
    whatever was read for another one, and again when it is made again. Items in the store stay as their source gave
    them. `ask` lets pages be fetched that were not before; those that failed are tried again the next day.
    """
    off = context.sample or not context.config.fetch.articles
    wanted = {} if off else _wanted(context, target, reading)
    if not wanted:
        return reading
    with context.database.read() as tx:
        known = stored.of(tx, wanted.values())
    late = [url for url, article in known.items() if _again(article, context)]
    missing = sorted({url for url in wanted.values() if url not in known}) + sorted(late)
    if ask and missing:
        context.say("articles", target.name)
        _ask(context, missing[:MOST_PAGES])
        with context.database.read() as tx:
            known = stored.of(tx, wanted.values())
    pages = {page.url: page for page in calm(context, "Pages", [known[url] for url in sorted(known)])}
    return _joined(reading, {item: pages[url] for item, url in wanted.items() if url in pages})


def page_address(item: Item) -> str:
    """Return where the item's article is: the page that the feed names, else its link; "" for no web address."""
    url = item.extra.get("page_url") or item.url
    return url if url.startswith(("http://", "https://")) else ""


def is_short(item: Item) -> bool:
    """Whether a post has no text, an excerpt, or so little that it can only be one."""
    return item.kind == "post" and ("excerpt" in item.flags or len(item.text) < _SHORT)


def _wanted(context: Context, target: Target, reading: Reading) -> dict[str, str]:
    """Map the leads of works that are chosen or nearly chosen by a first score, and lack a text, to their pages."""
    if not any(is_short(work.lead) for work in reading.works):
        return {}
    ranked = first_look(context, target, reading)
    leads = {work.id: work.lead for work in reading.works}
    near = ranked[: _NEARLY * target.publication.max_items]
    first = [leads[score.item] for score in near if score.value >= _WORTH]
    pages = {lead.id: page_address(lead) for lead in first if is_short(lead) and page_address(lead)}
    return dict(list(pages.items())[:MOST_PAGES])


def _again(article: Article, context: Context) -> bool:
    return article.state == "failed" and context.now - article.at >= _TRY_AGAIN


def _joined(reading: Reading, found: Mapping[str, Article]) -> Reading:
    changed = {item.id: _with(item, found[item.id]) for item in reading.items if item.id in found}
    return replace(
        reading,
        items=tuple(changed.get(item.id, item) for item in reading.items),
        works=tuple(
            Work(id=work.id, items=tuple(changed.get(item.id, item) for item in work.items)) for work in reading.works
        ),
    )


def _with(item: Item, article: Article) -> Item:
    flags = item.flags | ({article.wall} if article.wall else frozenset())
    if article.state != "read" or len(article.text) <= len(item.text):
        return replace(item, flags=flags)
    kept = flags if article.wall else (flags - {"excerpt"}) | {"full-text"}
    return replace(item, text=article.text, flags=kept)


def _ask(context: Context, urls: Sequence[str]) -> None:
    asyncio.run(_ask_all(context, urls))


async def _ask_all(context: Context, urls: Sequence[str]) -> None:
    """Ask for pages, each kept as it comes, within a bounded time; what was not asked by then counts as failed."""
    async with context.fetcher() as fetcher, Sandbox(_BOUNDS) as sandbox:
        reader = _Reader(context, fetcher, sandbox, agent_of(context.config.fetch.user_agent))
        tasks = {asyncio.create_task(_one(reader, url)): url for url in urls}
        done, late = await asyncio.wait(tasks, timeout=_LONGEST_S)
        for task in (*late, *reader.rules.values()):
            task.cancel()
        await asyncio.gather(*late, *reader.rules.values(), return_exceptions=True)
    for task in done:
        task.result()  # raises what is no trouble outside: the store's, ours
    for url in sorted(tasks[task] for task in late):
        _keep(context, Article(url=url, state="failed", at=context.now, note="no time was left for it"))


async def _one(reader: _Reader, url: str) -> None:
    _keep(reader.context, await _article(reader, url))


def _keep(context: Context, article: Article) -> None:
    with context.database.write() as tx:
        stored.save(tx, article)


async def _article(reader: _Reader, url: str) -> Article:
    now = reader.context.now
    try:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        return Article(url=url, state="none", at=now, note="no web address")
    if host not in reader.rules:
        reader.rules[host] = asyncio.create_task(rules_of(reader.fetcher, host))
    rules = await reader.rules[host]
    if not rules.allows(url, reader.agent):
        if rules.text is None:
            return Article(url=url, state="failed", at=now, note="robots.txt could not be read")
        return Article(url=url, state="refused", at=now, note="robots.txt refuses it")
    gap = rules.gap_s(reader.agent, _SLOWEST_GAP_S)
    answer = await reader.fetcher.fetch(
        Request(url=url, headers=_ACCEPT, fresh=True, attempts=1, timeout_s=_PAGE_S, min_gap_s=gap)
    )
    if isinstance(answer, Failure):
        return Article(url=url, state="failed", at=now, note=answer.message)
    return await _extracted(reader, url, answer)


async def _extracted(reader: _Reader, url: str, answer: Response) -> Article:
    now = reader.context.now
    said = await reader.sandbox.run(work, answer.body, url=answer.url)
    if isinstance(said, Killed):
        return Article(url=url, state="none", at=now, note=f"reading was stopped: {said.message}")
    page = page_of(said)
    if isinstance(page, Trouble):
        wall, _, instead = page.reason.partition(" instead of ")
        return Article(url=url, state="none", at=now, wall=wall if instead else "", note=page.reason)
    return Article(url=url, state="read", at=now, text=page.text, wall=page.wall, sha256=page.sha256)
