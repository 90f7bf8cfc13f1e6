"""The bytes of a message: MIME built once for all readers of an edition, and filled for each.

Everything is ASCII, no line begins with a dot, and lines end with CRLF, so that nothing between here and the
reader has a reason to change a byte.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import charset, quoprimime
from email.header import Header
from email.utils import format_datetime, formataddr

from digest.domain.reader import PREFERENCES, UNSUBSCRIBE
from digest.text import one_line

_LINKS = {UNSUBSCRIBE: b"\0unsubscribe\0", PREFERENCES: b"\0preferences\0"}
_LINK = re.compile("(" + "|".join(map(re.escape, _LINKS)) + ")")
_SLOT = re.compile(b"\0([a-z-]+)\0")
_LINE = 74  # RFC 2045 allows 76; a leading dot becomes two characters longer
_SUBJECT = 150
_UTF8 = charset.Charset("utf-8")
_UTF8.header_encoding = charset.BASE64  # Q would spell each Chinese character with nine


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What all readers of an edition get alike.

    `list_id` names the list (RFC 2919): "recsys-weekly.en.example.org", "" for a message to one person alone.
    `html` and `text` hold the placeholders of digest.domain.reader where a reader's own links belong. `html` may be "".
    """

    subject: str
    sender_name: str
    sender: str
    date: datetime
    text: str
    html: str = ""
    language: str = "en"
    list_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """What is each reader's own. `number` identifies the message: a second copy of it has the same Message-ID."""

    address: str
    number: str
    unsubscribe: str = ""
    preferences: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A message with gaps: text at even places, names of what fills the gaps at odd ones."""

    pieces: tuple[bytes, ...]


def template(letter: Letter) -> Template:
    """Build the message with gaps."""
    return Template(tuple(_SLOT.split(_headers(letter) + _body(letter))))


def fill(message: Template, to: Recipient) -> bytes:
    """Return the finished message for one reader."""
    values = {
        b"to": to.address.encode("ascii"),
        b"number": to.number.encode("ascii"),
        b"unsubscribe-url": to.unsubscribe.encode("ascii"),
        b"unsubscribe": _soft(to.unsubscribe),
        b"preferences": _soft(to.preferences),
    }
    return b"".join(values[piece] if n % 2 else piece for n, piece in enumerate(message.pieces))


def encoded(text: str, prefix: int = 0) -> str:
    """Return a header's text in ASCII, folded between encoded words; `prefix` is the length of the header's name."""
    clean = one_line(text)
    if clean.isascii():
        return clean
    return Header(clean, _UTF8, maxlinelen=75, header_name="x" * prefix).encode(linesep="\r\n")


def _headers(letter: Letter) -> bytes:
    domain = letter.sender.rpartition("@")[2]
    lines = [
        f"From: {formataddr((one_line(letter.sender_name), letter.sender), _UTF8)}",
        "To: <\0to\0>",
        f"Subject: {encoded(_cut(letter.subject), len('Subject'))}",
        f"Date: {format_datetime(letter.date)}",
        f"Message-ID: <\0number\0@{domain}>",
    ]
    if letter.list_id:
        lines += [
            f"List-Id: <{letter.list_id}>",
            "List-Unsubscribe: <\0unsubscribe-url\0>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",  # RFC 8058
        ]
    lines += [f"Content-Language: {letter.language}", "MIME-Version: 1.0"]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _body(letter: Letter) -> bytes:
    text = _part("plain", letter.text)
    if not letter.html:
        return text
    html = _part("html", letter.html)
    border = b"=_" + hashlib.sha256(text + html).hexdigest()[:16].encode()  # "=_" can't stand in quoted-printable
    return b"".join(
        [
            b'Content-Type: multipart/alternative; boundary="' + border + b'"\r\n\r\n',
            *(b"--" + border + b"\r\n" + part for part in (text, html)),
            b"--" + border + b"--\r\n",
        ]
    )


def _part(subtype: str, content: str) -> bytes:
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + _quoted(content) + b"\r\n"


def _quoted(content: str) -> bytes:
    """Encode a text; each placeholder becomes a gap on a line of its own, where folding can't cut it."""
    content = content.replace("\r\n", "\n").replace("\0", "")
    lines: list[bytes] = []
    for piece in _LINK.split(content.encode("utf-8", "replace").decode("utf-8")):
        if piece in _LINKS:
            lines.append(_LINKS[piece])
        elif piece:
            folded = quoprimime.body_encode(piece.encode().decode("latin-1"), maxlinelen=_LINE, eol="\r\n")
            lines.append(re.sub(r"(?m)^\.", "=2E", folded).encode("ascii"))
    return b"=\r\n".join(lines)


def _soft(url: str) -> bytes:
    escaped = url.replace("=", "=3D")
    parts = [escaped[n : n + 70] for n in range(0, len(escaped), 70)]
    return "=\r\n".join(parts).encode("ascii")


def _cut(subject: str) -> str:
    subject = one_line(subject)
    return subject if len(subject) <= _SUBJECT else subject[: _SUBJECT - 1].rstrip() + "…"
