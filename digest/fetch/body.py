"""A response's body, bounded while it arrives."""

import zlib
from collections.abc import AsyncIterable

from digest.fetch.model import Failure

_GZIP = 31  # zlib's window bits for a gzip header


async def read_body(stream: AsyncIterable[bytes], coding: str, max_bytes: int) -> bytes | Failure:
    """Collect the body of a content coding ("", "identity" or "gzip"), never holding much more than `max_bytes`.

    Any other coding is refused, as are stacked ones: 500 bytes of them can unpack to hundreds of megabytes.
    """
    coding = coding.strip().lower()
    if coding in {"", "identity"}:
        return await _plain(stream, max_bytes)
    if coding in {"gzip", "x-gzip"}:
        return await _gunzip(stream, max_bytes)
    return Failure(kind="coding", message=f"content coding {coding[:60]!r} was not asked for")


async def _plain(stream: AsyncIterable[bytes], max_bytes: int) -> bytes | Failure:
    parts: list[bytes] = []
    size = 0
    async for chunk in stream:
        size += len(chunk)
        if size > max_bytes:
            return _too_large(max_bytes)
        parts.append(chunk)
    return b"".join(parts)


async def _gunzip(stream: AsyncIterable[bytes], max_bytes: int) -> bytes | Failure:
    inflater = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    size = raw = 0
    async for chunk in stream:
        raw += len(chunk)
        if inflater.eof:
            continue  # padding behind the end
        try:
            part = inflater.decompress(chunk, max_bytes + 1 - size)
        except zlib.error as error:
            return Failure(kind="coding", message=f"damaged gzip: {error}")
        size += len(part)
        if size > max_bytes or raw > max_bytes:
            return _too_large(max_bytes)
        parts.append(part)
    if raw and not inflater.eof:
        return Failure(kind="coding", message="gzip body ends too early")
    return b"".join(parts)


def _too_large(max_bytes: int) -> Failure:
    return Failure(kind="too-large", message=f"more than {max_bytes:,} bytes")
