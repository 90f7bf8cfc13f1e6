"""Podcasts: episodes with their transcripts, in the feed or beside it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

from digest.collect.feeds import collect_as
from digest.collect.markup import plain
from digest.collect.model import Context, Window, Yield
from digest.domain.item import Item, Source
from digest.fetch.model import Request, Response
from digest.sandbox import Killed

_MOST_TRANSCRIPTS = 10
_LONGER_THAN_NOTES = 5_000  # characters; shorter texts are show notes
_CUE = re.compile(r"^(?:WEBVTT.*|NOTE .*|\d+|[\d:.,]+ --> [\d:.,]+.*)$", re.MULTILINE)


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield the episodes; those of the window get the transcript that the feed points to."""
    part = await collect_as("episode", source, window, context)
    wanted = [item for item in part.items if _wants_transcript(item, window)][:_MOST_TRANSCRIPTS]
    fuller = {item.id: await _with_transcript(item, context) for item in wanted}
    silent = [item for item in part.items if not item.extra.get("audio")]
    note = part.note or (f"{len(silent)} of {len(part.items)} episodes without audio" if silent else "")
    yield replace(part, items=tuple(fuller.get(item.id, item) for item in part.items), note=note)


def _wants_transcript(item: Item, window: Window) -> bool:
    there = item.extra.get("transcript_url") and len(item.text) < _LONGER_THAN_NOTES
    return bool(there) and window.start <= item.when < window.end


async def _with_transcript(item: Item, context: Context) -> Item:
    answer = await context.fetcher.fetch(Request(url=item.extra["transcript_url"], fresh=True))
    if not isinstance(answer, Response):
        return item
    run = context.sandbox.run if context.sandbox else None
    text = await run(transcript_text, answer.body) if run else transcript_text(answer.body)
    return replace(item, text=text) if not isinstance(text, Killed) and len(text) > len(item.text) else item


def transcript_text(body: bytes) -> str:
    """Return the words of a transcript in WebVTT, SubRip, HTML or plain text."""
    lines = plain(_CUE.sub("", body.decode("utf-8", "replace"))).text.split("\n")
    return "\n".join(line for line in lines if line)
