"""Which editions the name of an issue means: PUBLICATION/PERIOD is all of a number, with /LANGUAGE it is one."""

from collections.abc import Sequence

from digest import period as periods
from digest.errors import UsageError
from digest.store.issues import Listed

_ALONE, _NUMBER, _EDITION = 1, 2, 3


def named(editions: Sequence[Listed], name: str, *, newest: bool = False) -> list[Listed]:
    """List the editions that are meant, in their order: that of `store.issues.listing`, the newest period first.

    A publication's name alone is its `newest` number where something is only shown; else it is refused, because what
    is changed or mailed must be named. Raises UsageError for that, and where there is none.
    """
    said = parts(name)
    found = [each for each in editions if each.slug.split("/")[: len(said)] == said]
    if not found:
        raise _unknown(name)
    if len(said) > _ALONE:
        return found
    number = f"{found[0].publication}/{found[0].period}"
    if not newest:
        raise UsageError(f"{name!r} names no period; write which issue is meant, the newest is {number}")
    return [each for each in found if each.period == found[0].period]


def one(editions: Sequence[Listed], name: str) -> Listed:
    """Return the one edition that is meant. Raises UsageError as `named` does, and where there are several."""
    found = named(editions, name)
    if len(found) > 1:
        slugs = ", ".join(each.slug for each in found)
        raise UsageError(f"{name} has {len(found)} editions; name one: {slugs}")
    return found[0]


def parts(name: str) -> list[str]:
    """Part a name into publication, period and language, as far as it goes.

    Raises UsageError for what can't be one, whatever the store holds.
    """
    said = name.strip("/").split("/")
    if not all(said) or len(said) > _EDITION:
        raise _unknown(name)
    if len(said) >= _NUMBER:
        periods.week(said[1]) if "W" in said[1] else periods.day(said[1])
    return said


def _unknown(name: str) -> UsageError:
    return UsageError(f"no issue {name!r}; write it like recsys-weekly/2026-W25/en, or see: digest issues list")
