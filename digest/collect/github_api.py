"""What GitHub's REST API adds to a repository: its topics and the beginning of its README."""

import json
import re
from dataclasses import replace
from typing import Any

from digest.collect.markup import plain
from digest.domain.item import Item
from digest.fetch.client import Fetcher
from digest.fetch.model import Request, Response

_README_LENGTH = 1_500
_READ = 20_000  # characters of a README that are looked at: badges and tables of contents come first
_BADGES = re.compile(r"!?\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"^(?:#+|[-*>]|={3,}|-{3,}|```\w*)\s*", re.MULTILINE)


async def describe(item: Item, base: str, token: str, fetcher: Fetcher) -> Item:
    """Return the item with topics and README; unchanged where the API gives none."""
    repo = item.title
    answer = await fetcher.fetch(_request(f"{base}/repos/{repo}", token, "application/vnd.github+json"))
    topics = _topics(answer.body) if isinstance(answer, Response) else ()
    readme = await fetcher.fetch(_request(f"{base}/repos/{repo}/readme", token, "application/vnd.github.raw+json"))
    words = readme_text(readme.body.decode("utf-8", "replace")) if isinstance(readme, Response) else ""
    extra = {**item.extra, "topics": " ".join(topics)} if topics else item.extra
    text = "\n".join(part for part in (item.text, words) if part)
    return replace(item, text=text, extra=extra)


def readme_text(markdown: str) -> str:
    """Return the first 1,500 characters of a README's words, cut at a line, without badges, links and marks."""
    words = plain(_MARKS.sub("", _LINK.sub(r"\1", _BADGES.sub("", markdown[:_READ])))).text
    if len(words) <= _README_LENGTH:
        return words
    return words[:_README_LENGTH].rsplit("\n", 1)[0].rstrip()


def _request(url: str, token: str, accept: str) -> Request:
    return Request(url=url, fresh=True, headers={"Authorization": f"Bearer {token}", "Accept": accept})


def _topics(body: bytes) -> tuple[str, ...]:
    try:
        row: Any = json.loads(body)
    except ValueError:
        return ()
    topics = row.get("topics") if isinstance(row, dict) else None
    return tuple(topic for topic in topics if isinstance(topic, str)) if isinstance(topics, list) else ()
