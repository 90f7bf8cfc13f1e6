import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from digest import vectors as room
from digest.vectors import READ, available, vectors

FAKE = """
import numpy as np

class WordLlama:
    @staticmethod
    def load(cache_dir, disable_download):
        assert disable_download and (cache_dir / "__init__.py").is_file()
        return WordLlama()

    def embed(self, texts, norm, batch_size):
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        rows[range(len(texts)), [len(text) % 256 for text in texts]] = 1.0
        return rows
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "wordllama").mkdir()
    (tmp_path / "wordllama" / "__init__.py").write_text(FAKE)
    monkeypatch.delitem(sys.modules, "wordllama", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    room._model.cache_clear()
    yield
    room._model.cache_clear()
    sys.modules.pop("wordllama", None)


@pytest.mark.usefixtures("installed")
def test_texts_become_rows_of_length_1_and_blank_ones_zeros() -> None:
    assert available()
    rows = vectors(["one", " ", "four"])
    assert rows.shape == (3, 256)
    assert rows.dtype == np.float32
    assert (rows[0, 3], rows[2, 4], np.abs(rows[1]).sum()) == (1.0, 1.0, 0.0)


@pytest.mark.usefixtures("installed")
def test_a_long_text_counts_by_its_start() -> None:
    assert vectors(["x" * (READ + 7)]).argmax() == READ % 256


def test_nothing_is_loaded_for_blank_texts() -> None:
    assert vectors([]).shape == (0, 256)
    assert not vectors(["", " "]).any()


@pytest.mark.skipif(not available(), reason="the extra embed (wordllama) is not installed")
def test_the_real_model_puts_what_means_the_same_together() -> None:
    cat, kitten, rate = vectors(["a sleeping cat", "a kitten naps", "the central bank raised interest rates"])
    assert np.linalg.norm(cat) == pytest.approx(1.0, abs=1e-5)
    assert cat @ kitten > cat @ rate + 0.1
