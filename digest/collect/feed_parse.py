"""Bytes to a feed, whatever they are: runs inside the sandbox and hands back JSON."""

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

from digest.collect.entry import Feed, to_json
from digest.collect.feed_json import parse_json
from digest.collect.feed_tolerant import parse_tolerant
from digest.collect.feed_xml import NotPlainError, parse_xml

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_CHALLENGE = re.compile(
    rb"just a moment|checking your browser|cf-chl|cf_chl|captcha|enable javascript and cookies|are you a robot"
    rb"|ddos-guard|access denied",
    re.IGNORECASE,
)
_HEAD = 4096
NO_BODY = "the answer has no body"
_PAGE = 20_000
_FEW = 5
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> dict[str, Any]:
    """Read a feed in any format; the result is JSON of `Feed`, whose fault says why the bytes are none."""
    return to_json(read_feed(body, url, content_type))


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Read a feed: JSON, strict XML on the fast path, and what is left by the tolerant parser."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not body.strip(b" \t\r\n\x00"):
        return Feed(format="", fault=NO_BODY)
    if head.startswith(b"{"):
        return parse_json(body, url)
    if _is_page(head):
        kind = "a challenge page" if _CHALLENGE.search(body[:_PAGE]) else "an HTML page"
        return Feed(format="", fault=f"{kind}, no feed")
    body = _without_wrong_prolog(body)
    if not _is_utf8(body, content_type):
        return parse_tolerant(body, url, content_type)
    try:
        feed = parse_xml(body, url)
    except NotPlainError:
        return _mended(body, url, content_type)
    return parse_tolerant(body, url, content_type) if _doubtful(feed) else feed


def _mended(body: bytes, url: str, content_type: str) -> Feed:
    """Read what is not well-formed: with a few broken characters replaced by U+FFFD, else by the tolerant parser."""
    whole, note = _without_broken(body)
    if note:
        with suppress(NotPlainError):
            return replace(parse_xml(whole, url), note=note)
    return parse_tolerant(whole, url, content_type)


def _without_wrong_prolog(body: bytes) -> bytes:
    """Correct a declaration of UTF-16 on bytes that hold no NUL: some servers convert and forget to say so."""
    declared = _DECLARED.search(body[:_HEAD])
    if (
        declared is None
        or not declared[1].lower().startswith((b"utf-16", b"ucs-2", b"utf-32"))
        or b"\x00" in body[:_HEAD]
    ):
        return body
    return body[: declared.start(1)] + b"utf-8" + body[declared.end(1) :]


def _without_broken(body: bytes) -> tuple[bytes, str]:
    """Replace a few broken bytes in UTF-8 by U+FFFD; a body with many of them is in another encoding, and stays."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        whole = sum(1 for character in text if character > "\x7f") - broken
        if broken <= max(_FEW, whole // 10):
            return text.encode(), f"{broken} broken characters in the UTF-8"
    return body, ""


def _is_page(head: bytes) -> bool:
    return bool(_HTML.search(head)) and not _FEED.search(head)


def _is_utf8(body: bytes, content_type: str) -> bool:
    """Whether it says to be UTF-8 or says nothing; the header's word is believed where the bytes are no UTF-8."""
    if body.startswith(_UTF16_MARKS):
        return False
    charset = _CHARSET.search(content_type)
    if charset and charset[1].lower() not in _UTF8 and not _decodes(body):
        return False
    declared = _DECLARED.search(body[:_HEAD])
    return declared is None or declared[1].decode("ascii").lower() in _UTF8


def _decodes(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _doubtful(feed: Feed) -> bool:
    """Whether a second look is due: no entries at all, or broken characters in a title."""
    return not feed.entries or any("\ufffd" in entry.title for entry in feed.entries)
