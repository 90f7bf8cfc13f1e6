"""Pages of the arXiv API, read by the arxiv package from bytes that fetch brought: one connection, slow and patient."""

import html
import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from digest.collect.model import Context, Yield
from digest.domain.item import Item, Source, listing_noon
from digest.fetch.model import Failure, Request, Response
from digest.text import one_line
from digest.urls import arxiv_id, keys_of

PAGE = 500  # entries; one page is about 1.5 MB
ID_CHUNK = 100
_PATIENCE_S = 300.0  # arXiv's refusals last for minutes
_ATTEMPTS = 6
_EMPTY_PAGES = 3  # the API now and then shows an empty page where there are more
_HEAD = 20_000
_TOTAL = re.compile(rb"totalResults[^>]*>\s*(\d+)")
_VERSION = re.compile(r"v(\d+)$")
_WITHDRAWN = re.compile(
    r"\b(?:this (?:paper|article|submission|manuscript|work) (?:has been|was|is) withdrawn|withdrawn by)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"https?://[^\s)\]}>,;\"']+[^\s)\]}>,;\"'.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One search: a query in arXiv's language, or identifiers."""

    query: str = ""
    ids: tuple[str, ...] = ()


class _WantedError(Exception):
    """The package wants a page that was not fetched yet."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(slots=True)
class _Answer:
    content: bytes
    status_code: int = 200


@dataclass(slots=True)
class _Session:
    """Stands in for the package's own HTTP session: it hands out what fetch brought, and asks for what is missing."""

    brought: dict[str, bytes] = field(default_factory=dict)

    def get(self, url: str, **_: Any) -> _Answer:  # noqa: ANN401  the signature of the session it stands in for
        if url not in self.brought:
            raise _WantedError(url)
        return _Answer(self.brought[url])


async def pages(asked: Asked, source: Source, context: Context) -> AsyncIterator[Yield]:
    """Yield every page of a search as items, to the end; a failed or missing page ends it with an error."""
    seen, total, empty = 0, 1, 0
    while seen < total:
        answer = await _page(asked, seen, context)
        if isinstance(answer, Failure):
            yield Yield(status="failed", error=_refusal(answer))
            return
        said = _TOTAL.search(answer.body[:_HEAD])
        if said is None:
            yield Yield(status="failed", error="arXiv's answer is no list of results")
            return
        total, results = int(said[1]), read_page(answer.body)
        if not results and seen < total:
            empty += 1
            if empty >= _EMPTY_PAGES:
                yield Yield(status="failed", error=f"arXiv announced {total} results and gave {seen}")
                return
            continue
        seen, empty = seen + len(results), 0
        if results:
            yield Yield(items=tuple(_item(result, source, context) for result in results))


async def _page(asked: Asked, start: int, context: Context) -> Response | Failure:
    request = Request(
        url=_page_url(asked, start, context.settings.arxiv_api_url),
        fresh=True,
        min_gap_s=context.settings.arxiv_delay_s or 1e-6,  # also without a pause: one connection
        patience_s=_PATIENCE_S,
        attempts=_ATTEMPTS,
    )
    return await context.fetcher.fetch(request)


def _page_url(asked: Asked, start: int, api_url: str) -> str:
    """Let the package itself say which page it would ask for."""
    client, search = _client(_Session(), api_url), _search(asked)
    try:
        next(client.results(search, offset=start), None)
    except _WantedError as wanted:
        return wanted.url
    raise AssertionError("the arxiv package made no request")


def _client(session: _Session, api_url: str) -> Any:  # noqa: ANN401  arxiv's classes are only known when it is loaded
    import arxiv  # noqa: PLC0415  loads requests, 150 ms

    client = arxiv.Client(page_size=PAGE, delay_seconds=0.0, num_retries=0)
    client.query_url_format = api_url + "?{}"
    client._session = session  # noqa: SLF001  the package offers no other place for an adapter
    return client


def _search(asked: Asked) -> Any:  # noqa: ANN401  the same
    import arxiv  # noqa: PLC0415  the same

    return arxiv.Search(
        query=asked.query,
        id_list=list(asked.ids),
        max_results=None,
        sort_by=arxiv.SortCriterion.SubmittedDate,
        sort_order=arxiv.SortOrder.Ascending,
    )


def read_page(body: bytes) -> list[Any]:
    """Return the results on one page of the API, as the arxiv package reads them; none for what is no Atom."""
    logging.getLogger("arxiv").setLevel(logging.ERROR)
    search = _search(Asked(query="page"))
    try:
        _client(_Session(), "page:").results(search).__next__()
    except _WantedError as wanted:
        first = wanted.url
    client = _client(_Session({first: body}), "page:")
    results: list[Any] = []
    with suppress(_WantedError):  # it would go on to the next page, which fetch has not brought
        results.extend(client.results(search))
    return results


def _refusal(failure: Failure) -> str:
    """Say what arXiv said: a wrong query is explained in the error's own entry."""
    summary = re.search(rb"<summary[^>]*>(.*?)</summary>", failure.body, re.DOTALL)
    said = one_line(html.unescape(summary[1].decode("utf-8", "replace"))) if summary else ""
    return f"{failure.message}: {said[:200]}" if said else failure.message


def _item(result: Any, source: Source, context: Context) -> Item:  # noqa: ANN401  arxiv.Result
    name = arxiv_id(result.entry_id) or result.get_short_id()
    version = _VERSION.search(result.entry_id)
    text, comment = one_line(result.summary), one_line(result.comment or "")
    withdrawn = bool(_WITHDRAWN.search(comment) or _WITHDRAWN.search(text[:300]))
    doi = keys_of(f"https://doi.org/{result.doi.removeprefix('https://doi.org/')}") if result.doi else ()
    return Item(
        id=f"arxiv:{name}",
        source=source.slug,
        kind="paper",
        title=one_line(result.title),
        url=f"https://arxiv.org/abs/{name}",
        first_seen=context.now,
        text=text,
        authors=tuple(one_line(author.name) for author in result.authors),
        published=result.published,
        updated=result.updated if result.updated != result.published else None,
        announced=listing_noon(result.published),
        keys=(f"arxiv:{name}", *(key for key in doi if key.startswith("doi:"))),
        links=tuple(dict.fromkeys(_CODE.findall(f"{text} {comment}"))),
        flags=frozenset({"withdrawn"} if withdrawn else ()),
        extra=_extra(result, version[1] if version else "1", comment),
        payload_hash=sha256(repr(_raw(result)).encode("utf-8", "replace")).hexdigest(),
    )


def _raw(result: Any) -> tuple[Any, ...]:  # noqa: ANN401  arxiv.Result
    authors = [author.name for author in result.authors]
    return (result.entry_id, result.updated, result.title, authors, result.summary, result.comment, result.categories)


def _extra(result: Any, version: str, comment: str) -> Mapping[str, str]:  # noqa: ANN401  arxiv.Result
    affiliations = dict.fromkeys(one_line(a) for author in result.authors for a in getattr(author, "affiliation", ()))
    pairs = {
        "version": version,
        "categories": " ".join(dict.fromkeys([result.primary_category, *result.categories])).strip(),
        "comment": comment,
        "journal": one_line(result.journal_ref or ""),
        "doi": result.doi or "",
        "affiliations": "; ".join(affiliations),
    }
    return {key: value for key, value in pairs.items() if value}
