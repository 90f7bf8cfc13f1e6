"""What of a long source is read to check one sentence: the sentences that share most with it."""

import re
from collections.abc import Iterator

from digest.text import sentences

_WHOLE = 20_000  # characters up to which a source is read as it is
_READ = 12_000  # characters that are read of a longer one
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]{3,}|[\u3400-\u9fff]{2}")
_LINE = 2_000  # characters of one sentence that are read


def near(text: str, sentence: str) -> str:
    """Return a source as it is or, of a longer one, its title and the sentences most like one, in their order.

    Alike are sentences that share numbers, words of three letters or more, and pairs of Chinese characters.
    """
    if len(text) <= _WHOLE:
        return text
    title, _, body = text.partition("\n")
    wanted = set(_TOKEN.findall(sentence.lower()))
    parts = [body[span.start : span.end][:_LINE] for span in sentences(body)]
    shared = [len(wanted & set(_TOKEN.findall(part.lower()))) for part in parts]
    kept = sorted(_most(parts, shared))
    return f"{title[:_LINE]}\n{' '.join(parts[n] for n in kept)}"


def _most(parts: list[str], shared: list[int]) -> Iterator[int]:
    room = _READ
    for n in sorted(range(len(parts)), key=lambda n: (-shared[n], n)):
        room -= len(parts[n])
        if room < 0:
            return
        yield n
