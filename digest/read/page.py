"""The main text of a web page, with language, author and date; walls before the text are recognised and said."""

import hashlib
import json
import re
from dataclasses import asdict
from typing import Any

from digest.read.document import Page, Trouble, Wall
from digest.text import clean, is_chinese

MOST_BYTES = 5_000_000
_MOST_TAGS = 200_000
_MOST_TEXT = 400_000
_SHORT = 900  # characters: a wall's own words are no longer than this
_LEAST = 80
_SNIFF = 60_000
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_LANG = re.compile(rb"<html[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.IGNORECASE)
_PAID = re.compile(
    rb"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false"
    rb"|article:content_tier[\"'][^>]{0,40}content\s*=\s*[\"'](?:locked|metered)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<[^>]{0,5000}>", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"[ \t\xa0]+")
_WALLS: tuple[tuple[Wall, re.Pattern[str]], ...] = (
    (
        "robot check",
        re.compile(
            r"verify (?:that )?you are (?:a )?human|checking your browser|just a moment\.\.\."
            r"|unusual traffic|captcha|enable javascript and cookies"
            r"|环境异常|完成验证|安全验证",
            re.IGNORECASE,
        ),
    ),
    (
        "paywall",
        re.compile(
            r"subscribe (?:now )?to (?:continue|read|keep)|subscribers? only|for subscribers"
            r"|subscription (?:is )?required|become a (?:paid )?(?:member|subscriber)"
            r"|this (?:post|article|story) is (?:only )?(?:available )?(?:for|to) (?:paid|paying|our)"
            r"|upgrade to paid|订阅后(?:阅读|可)|付费(?:阅读|后)|会员专享|购买后阅读",
            re.IGNORECASE,
        ),
    ),
    (
        "login",
        re.compile(
            r"(?:log|sign) ?in to (?:continue|read|view|see)|please (?:log|sign) in"
            r"|create a free account to|members only|register to (?:continue|read)"
            r"|登录后(?:可|查看|阅读)|请先?登录",
            re.IGNORECASE,
        ),
    ),
    (
        "consent",
        re.compile(
            r"before you continue to|we value your privacy|accept (?:all )?(?:the )?cookies"
            r"|manage (?:your )?(?:cookie|consent)|consent to (?:the use of )?cookies"
            r"|we and our (?:\d+ )?partners",
            re.IGNORECASE,
        ),
    ),
)


def read_page(body: bytes, url: str = "") -> Page | Trouble:
    """Extract the main text of a page; `url` helps with dates and relative names only, nothing is fetched.

    A wall before the text gives a Page with the excerpt and `wall`, or a Trouble where nothing but the wall is there.
    """
    refused = _refused(body)
    if refused:
        return Trouble(reason=refused)
    found = _extracted(body, url)
    text = clean(str(found.get("text") or ""))[:_MOST_TEXT].strip()
    wall = _wall(body, text)
    if len(text) < _LEAST or (wall and wall != "paywall" and len(text) < _SHORT) or _is_wall(text):
        return Trouble(reason=f"{wall} instead of an article" if wall else "the page has no article text")
    return Page(
        text=text,
        title=clean(str(found.get("title") or "")),
        author=clean(str(found.get("author") or "")),
        published=str(found.get("date") or ""),
        language=_language(body, text),
        wall=wall,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def work(body: bytes, url: str = "") -> dict[str, Any]:
    """Do the same in a sandbox worker: the fields of the Page, or {"reason": ...}."""
    return asdict(read_page(body, url))


def page_of(answer: dict[str, Any]) -> Page | Trouble:
    """Turn a worker's answer back into what `read_page` returns."""
    return Trouble(**answer) if "reason" in answer else Page(**answer)


def _refused(body: bytes) -> str:
    if not body.strip():
        return "the page is empty"
    if len(body) > MOST_BYTES:
        return f"the page has {len(body):,} bytes, more than {MOST_BYTES:,}"
    if body.count(b"<") > _MOST_TAGS:
        return f"the page has more than {_MOST_TAGS:,} tags"
    return "" if _HTML.search(body[:_SNIFF]) else "the page is no HTML"


def _extracted(body: bytes, url: str) -> dict[str, Any]:
    import trafilatura  # noqa: PLC0415  150 ms that only readers of articles pay

    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    try:
        said = trafilatura.extract(
            body,
            url=url or None,
            output_format="json",
            with_metadata=True,
            include_comments=False,
            date_extraction_params=dates,
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return {}  # what it raises on broken markup; the caller says that there is no text
    found: dict[str, Any] = json.loads(said) if said else {}
    return found


def _wall(body: bytes, text: str) -> Wall:
    if _PAID.search(body):
        return "paywall"
    if len(text) >= _SHORT:
        tail = text[-300:]
        return next((kind for kind, pattern in _WALLS if kind in {"paywall", "login"} and pattern.search(tail)), "")
    visible = _SPACE.sub(" ", _TAG.sub(" ", body[: _SNIFF * 5].decode("utf-8", "replace")))
    return next((kind for kind, pattern in _WALLS if pattern.search(visible)), "")


def _is_wall(text: str) -> bool:
    """Whether a short text is itself the words of a wall."""
    return len(text) < _SHORT // 2 and any(pattern.search(text) for _, pattern in _WALLS)


def _language(body: bytes, text: str) -> str:
    if is_chinese(text):
        return "zh"
    said = _LANG.search(body[:_SNIFF])
    return said[1].decode().split("-")[0].lower() if said else ""
