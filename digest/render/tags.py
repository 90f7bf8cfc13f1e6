"""Tags as addresses: one folder a tag, whatever stands in it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

_NO_WORD = re.compile(r"[^\w+]+")
_LONGEST = 60


def tag_slug(tag: str) -> str:
    """Return the folder name of a tag: lower case words joined by "-", at most 60 characters.

    What holds no letter or digit gets a name from its hash, and so does what had to be cut.
    """
    plain = unicodedata.normalize("NFKC", tag).encode("utf-8", "replace").decode().casefold()
    slug = _NO_WORD.sub("-", plain).strip("-_")
    if slug and len(slug) <= _LONGEST:
        return slug
    mark = hashlib.sha256(plain.encode()).hexdigest()[:8]
    return f"{slug[:40]}-{mark}" if slug else f"tag-{mark}"


def tag_address(tag: str) -> str:
    """Return the path of a tag's page below the site, fit for a link."""
    return f"tags/{quote(tag_slug(tag))}/index.html"


def slugs(tags: Iterable[str]) -> dict[str, str]:
    """Return slug -> tag, sorted by slug; of tags that differ in case only the first is kept."""
    named: dict[str, str] = {}
    for tag in tags:
        named.setdefault(tag_slug(tag), tag)
    return dict(sorted(named.items()))
