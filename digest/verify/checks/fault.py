"""What a check answers where a sentence is not borne by its sources."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in one or two words, and the words of the source that show it."""

    name: str
    evidence: str = ""
    contradicts: bool = True
