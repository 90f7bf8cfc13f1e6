"""All sources at once: bounded, in a fixed order, and none stopped by another's trouble."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from digest.collect.model import Collector, Context, Listing, Window, Yield
from digest.collect.table import COLLECTORS, SLOW
from digest.domain.item import Item, Source
from digest.fetch.model import Stored
from digest.sandbox import Sandbox

_AHEAD = 32  # sources at work before the first unfinished one; bounds memory
_PARTS = 2  # parts of one source that may wait to be stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a source gave, or a part of it: all parts but the last have `done=False`.

    `status` is a word of SourceReceipt, valid when done. `listing` is arXiv's of the day, `arrived` as of this part.
    `validators` are to be remembered together with the items, not before: a crash in between would lose these.
    """

    source: Source
    status: str
    items: tuple[Item, ...]
    listing: Listing | None = None
    error: str = ""
    note: str = ""
    validators: tuple[Stored, ...] = ()
    done: bool = True


async def gather(
    sources: Sequence[Source],
    window: Window,
    context: Context,
    collectors: Mapping[str, Collector] = COLLECTORS,
) -> AsyncIterator[Collected]:
    """Collect from all sources, in their order but for arXiv's, which are slow, start first and come last."""
    async with Sandbox() as sandbox:
        inner = replace(context, sandbox=context.sandbox or sandbox)
        lanes = [_Lane(source, collectors, window, inner) for source in sorted(sources, key=_is_slow)]
        try:
            for lane in (lane for lane in lanes if _is_slow(lane.source)):
                lane.start()
            for number, lane in enumerate(lanes):
                for near in lanes[number : number + _AHEAD] if number == 0 else lanes[number + _AHEAD - 1 :][:1]:
                    near.start()
                async with aclosing(lane.parts()) as parts:
                    async for collected in parts:
                        yield collected
        finally:
            for lane in lanes:
                await lane.stop()


def _is_slow(source: Source) -> bool:
    return source.kind in SLOW


class _Lane:
    """One source's collector at work in a task, at most a few parts ahead of the reader."""

    def __init__(self, source: Source, collectors: Mapping[str, Collector], window: Window, context: Context) -> None:
        self.source = source
        self._collectors = collectors
        self._window = window
        self._context = context
        self._queue: asyncio.Queue[Yield | None] = asyncio.Queue(_PARTS)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def parts(self) -> AsyncGenerator[Collected]:
        """Yield the parts, the last one marked as done."""
        part = await self._queue.get()
        while part is not None:
            following = await self._queue.get()
            yield _collected(self.source, part, done=following is None)
            part = following

    async def _work(self) -> None:
        last: Yield | None = Yield(status="empty", note="the collector yielded nothing")
        try:
            if not self.source.enabled:
                last = Yield(status="disabled", note="switched off in the configuration")
            elif (collector := self._collectors.get(self.source.kind)) is None:
                last = Yield(status="failed", error=f"no collector for the kind {self.source.kind!r}")
            else:
                async for part in collector(self.source, self._window, self._context):
                    await self._queue.put(part)
                    last = None  # nothing has to be said beyond the parts
        except Exception as error:  # noqa: BLE001  one source's trouble, whatever it is, never stops the others
            last = Yield(status="failed", error=f"{type(error).__name__}: {error}"[:300])
        if last is not None:
            await self._queue.put(last)
        await self._queue.put(None)


def _collected(source: Source, part: Yield, *, done: bool) -> Collected:
    told = (*(response.validators for response in part.keep), part.cursor)
    return Collected(
        source=source,
        status=part.status,
        items=part.items,
        listing=part.listing,
        error=part.error,
        note=part.note,
        validators=tuple(stored for stored in told if stored is not None),
        done=done,
    )
