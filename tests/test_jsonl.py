import gzip
import sys
from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.jsonl import rows

GOOD = b'{"id": 1, "text": "a"}\n'
PACKED = gzip.compress(b"".join(b'{"id": %d}\n' % n for n in range(9000)))
SHAPE = {"id": int, "text": str}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "is not JSON"),
        (b'{"id": \xff}', "invalid start byte"),
        (b'{"id": ' + b"9" * 5000 + b"}", "no number"),
        (b'{"id": 1' + b"0" * 400 + b"}", "no number"),
        (b'{"id": 1e999}', "no number"),
        (b'{"id": NaN}', "no number"),
        (b'{"id": -Infinity}', "no number"),
        (b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
        (b"[1]", "it is no object"),
        (b'{"id": 1}', "text is missing"),
        (b'{"id": 1, "text": null}', "text can't be null"),
        (b'{"id": "x", "text": ""}', "id can't be a text"),
    ],
)
def test_a_bad_line_is_named_in_one_line(tmp_path: Path, line: bytes, says: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(GOOD + b"\n" + line + b"\n")
    with pytest.raises(UsageError) as caught:
        list(rows(path, SHAPE))
    said = str(caught.value)
    assert f"{path}: line 3" in said
    assert says in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b'{"id": 1, "all": 3}', "all is no list"),
        (b'{"id": 1, "all": [3]}', "all is no object"),
        (b'{"id": 1, "all": [{"name": "a"}, {}]}', "name is missing"),
        (b'{"id": 1, "all": [{"name": {}}]}', "name can't be an object"),
    ],
)
def test_shapes_reach_inside(tmp_path: Path, row: bytes, says: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(row)
    with pytest.raises(UsageError, match=f"line 1: {says}"):
        list(rows(path, {"id": int, "all": [{"name": str | None}]}))


def test_a_byte_order_mark_and_blank_lines_count_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD + b"\r\n\n" + b"\xef\xbb\xbf" + GOOD)
    assert [row["id"] for row in rows(path, SHAPE)] == [1, 1]


@pytest.mark.parametrize(
    "packed",
    [PACKED[: len(PACKED) // 2], PACKED[:-4], PACKED[:12] + b"\xff" * 40 + PACKED[52:], b"no gzip", PACKED + b"junk"],
)
def test_a_damaged_archive_is_named(tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(packed)
    with pytest.raises(UsageError, match=r"in\.jsonl\.gz: (can't be read after \d+ lines|line \d+ is not JSON)"):
        list(rows(path, {"id": int}))


def test_files_that_are_none_are_named(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "none", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(UsageError, match=says):
            list(rows(path, SHAPE))


def test_a_closed_stdin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="standard input is closed"):
        list(rows("-", SHAPE))
