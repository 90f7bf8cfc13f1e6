"""Whether the quotations and links of a sentence stand in its sources to the letter."""

import re
from collections.abc import Sequence

from digest.names import is_named
from digest.text import HAN
from digest.verify.checks.fault import Fault
from digest.verify.sentences.reading import Reading, squeeze

_TERM, _TERM_ZH = 2, 8  # words, characters


def check_links(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first link or domain that no source holds; a name that looks like one is held as a name."""
    texts = [source.text for source in sources]
    for link in said.links:
        if is_named(link, texts):
            continue
        bare = re.sub(r"^https?://(?:www\.)?|/$", "", link.lower())
        if not any(bare in source.text.lower() for source in sources):
            return Fault("link", contradicts=False)
    return None


def check_quotes(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first quotation whose words stand in no source, be it a single word."""
    for quote in said.quotes:
        words = squeeze(quote)
        if not words or any(words in source.plain for source in sources):
            continue
        foreign = _other_script(quote, sources) or (not HAN.search(quote) and any(s.chinese for s in sources))
        if foreign and _term(quote):
            continue
        return Fault("quotation", contradicts=False)
    return None


def _other_script(quote: str, sources: Sequence[Reading]) -> bool:
    return bool(HAN.search(quote)) and not any(source.chinese for source in sources)


def _term(quote: str) -> bool:
    """Tell a term: translated and of a few words, it names a thing and is nobody's speech."""
    return len(quote) <= _TERM_ZH if HAN.search(quote) else len(quote.split()) <= _TERM
