"""What the words of the command line mean, judged before a command runs: before a store is opened or a lock is held.

Each function is the type of an option or argument: it takes the word and returns what it means. Raises UsageError.
What can only be judged by the configuration a command judges by itself, before it opens anything.
"""

from datetime import datetime

from digest import period
from digest.errors import UsageError


def week(text: str) -> str:
    """Read the name of an ISO week: 2026-W25."""
    return period.week(text).name


def day(text: str) -> str:
    """Read a day: 2026-06-21."""
    return period.day(text).name


def day_or_month(text: str) -> str:
    """Read a day, or a month as its first one: 2026-06 is 2026-06-01."""
    return day(text if text.count("-") != 1 else f"{text}-01")


def moment(text: str) -> datetime:
    """Read an instant: 2026-06-22T07:00:00Z."""
    return period.parse_now(text)


def issue(text: str) -> str:
    """Read the name of an issue, which may be none that was made."""
    from digest.steps.named import parts  # noqa: PLC0415  `digest --help` must not pay for any of these

    return "/".join(parts(text))


def address(text: str) -> str:
    """Read an e-mail address, in the form in which it is stored."""
    from digest.deliver.address import one  # noqa: PLC0415

    return one(text)


def choice(text: str) -> tuple[str, str]:
    """Read a publication in a language: recsys-weekly:en."""
    publication, _, language = text.partition(":")
    if not language:
        raise UsageError(f"--choice {text!r}: write it like recsys-weekly:en")
    return publication, language


def url(text: str) -> str:
    """Read an address of the web."""
    if "://" not in text:
        raise UsageError(f"{text!r} is no URL; write it with https://")
    return text
