"""Negation."""

from collections.abc import Sequence
from digest.verify.figures import Fault
from digest.verify.reading import Reading


def check_polarity(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    return None
