"""Files of an edition are replaced whole, and what a kill left half-written is taken by the next run."""

from pathlib import Path

import pytest

from digest.errors import DigestError
from digest.steps.render import publish


def test_a_file_that_a_kill_left_behind_is_taken_by_the_next_run(tmp_path: Path) -> None:
    (tmp_path / ".issue.md.part").write_bytes(b"half")
    publish(tmp_path, {"issue.md": b"whole"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"issue.md": b"whole"}


def test_the_same_bytes_stay_untouched(tmp_path: Path) -> None:
    publish(tmp_path, {"en/issue.md": b"whole"})
    before = (tmp_path / "en/issue.md").stat()
    publish(tmp_path, {"en/issue.md": b"whole"})
    after = (tmp_path / "en/issue.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_place_that_can_t_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "issue.md").mkdir()
    with pytest.raises(DigestError, match=r"issue\.md: can't be written"):
        publish(tmp_path, {"issue.md": b"whole"})
    assert list(tmp_path.iterdir()) == [tmp_path / "issue.md"]
