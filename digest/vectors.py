"""What texts mean, as vectors of a small static model, where the extra `embed` is installed.

wordllama (https://github.com/dleemiller/WordLlama) carries its weights in its own package: nothing is downloaded. A
text's vector is the mean of its tokens' vectors, so the order of its words is lost.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READ = 4_000
"""Characters of a text that count; the model pads a batch to its longest text."""

_PACKAGE = "wordllama"
_DIMENSIONS = 256
_BATCH = 32


def available() -> bool:
    """Whether `vectors` can be called: wordllama is installed. Loads nothing."""
    return find_spec(_PACKAGE) is not None


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a row of 256 for each text, of length 1; of zeros for a blank text.

    Raises ImportError where the extra is not installed, FileNotFoundError where its package lacks the weights.
    """
    import numpy as np  # noqa: PLC0415  loaded only where texts are compared by meaning

    rows = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
    told = [n for n, text in enumerate(texts) if text[:READ].strip()]
    if told:
        rows[told] = _model().embed([texts[n][:READ] for n in told], norm=True, batch_size=_BATCH)
    return rows


@cache
def _model() -> Any:  # noqa: ANN401  the package has no types
    # Its tokenizer warns on every fork after it has used threads; the parsers of feeds are forked.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import wordllama  # noqa: PLC0415  as above

    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
