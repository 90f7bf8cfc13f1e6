"""A run of figures in a shortened sentence, and what it was read to measure."""

from dataclasses import dataclass

from digest.read.patterns import FIGURE
from digest.read.phrase import is_signed
from digest.read.spans import Stretch


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run of figures measures: stretches of the text, the word of change, the template and its reach."""

    spans: tuple[Stretch, ...]
    trigger: str
    style: str
    surface: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One figure, or several with commas between, in a shortened sentence.

    It stands at `text[start:end]`; `text[left:start]` is what no earlier run has used, `text[end:stop]` what
    reaches to the next figure; `last` is the reading before it. `pair` means "from F to F".
    """

    text: str
    left: int
    start: int
    end: int
    stop: int
    last: Reading | None = None
    pair: bool = False

    @property
    def before(self) -> str:
        """What stands before it and is still unused."""
        return self.text[self.left : self.start]

    @property
    def after(self) -> str:
        """What stands between it and the next figure."""
        return self.text[self.end : self.stop]

    @property
    def count(self) -> int:
        """How many figures it holds."""
        return len(FIGURE.findall(self.text, self.start, self.end))

    @property
    def signed(self) -> bool:
        """Whether its first figure has a sign."""
        return is_signed(self.text[self.start])
