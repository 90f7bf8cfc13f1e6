"""Which editions the name of an issue means: PUBLICATION/PERIOD is all of a number, with /LANGUAGE it is one."""

from collections.abc import Sequence

from digest.errors import UsageError
from digest.store.issues import Listed

_LENGTHS = (2, 3)


def named(editions: Sequence[Listed], name: str) -> list[Listed]:
    """List the editions that are meant, in their order. Raises UsageError where there is none."""
    parts = name.strip("/").split("/")
    found = [each for each in editions if each.slug.split("/")[: len(parts)] == parts]
    if len(parts) not in _LENGTHS or not found:
        raise UsageError(f"no issue {name!r}; write it like recsys-weekly/2026-W25/en, or see: digest issues list")
    return found
