"""Recorded answers of X, read from the three ways in which the recorder wrote a body in YAML."""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

_BODY = re.compile(r"^( +)string: (.*(?:\n(?:\1 +.*|(?=\n)))*)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "N": "\x85", "_": "\xa0"}


def answers(cassette: str) -> Iterator[dict[str, Any]]:
    """Yield the bodies that are JSON objects, in their order."""
    for match in _BODY.finditer(cassette):
        body = _read(match[2])
        body = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        try:
            found = json.loads(body)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _read(written: str) -> bytes:
    if written.startswith("!!binary"):
        return base64.b64decode("".join(written.split("\n")[1:]))
    if written.startswith("'"):
        return _folded(written)[1:-1].replace("''", "'").encode()
    if written.startswith('"'):
        joined = re.sub(r"\\\n +", "", written)
        text = _ESCAPE.sub(_meant, _folded(joined)[1:-1])
        return text.encode("utf-16", "surrogatepass").decode("utf-16").encode()
    return written.encode()


def _folded(text: str) -> str:
    return re.sub(r" *\n *", " ", text.strip())


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _PLAIN.get(escape[4], escape[4])
