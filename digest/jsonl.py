"""JSON Lines as strangers write them: rows of the shape asked for, or one line that names the file and the place."""

import gzip
import json
import math
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import NoneType
from typing import Any, BinaryIO, NoReturn, cast

from digest.errors import UsageError

Row = dict[str, Any]
Shape = Mapping[str, Any]
"""Keys that an object must have, each with its type (`object`: any), [shape] for a list, or a mapping for an object."""


def rows(path: str | Path, shape: Shape) -> Iterator[Row]:
    """Yield the objects of a file (`-`: stdin, `.gz`: unpacked), one a line; blank lines count for nothing.

    A byte order mark is passed over. Raises UsageError that names the line for one that is not JSON in UTF-8, holds a
    number beyond those of a float, or is not of the shape, and for a file that can't be read to its end.
    """
    for number, line in enumerate(_lines(str(path)), 1):
        if not line.strip():
            continue
        try:
            row: Row = _DECODER.decode(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise UsageError(
                f"{path}: line {number} is not JSON ({_cause(error)}); write one object a line, in UTF-8"
            ) from error
        fault = next(faults(row, shape), "")
        if fault:
            raise UsageError(f"{path}: line {number}: {fault}; each line is an object with {', '.join(shape)}")
        yield row


def faults(value: object, shape: Any, name: str = "it") -> Iterator[str]:  # noqa: ANN401  the type is the argument
    """Yield where a value departs from a shape."""
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            yield f"{name} is no object"
            return
        for key, inner in shape.items():
            yield from faults(value[key], inner, key) if key in value else [f"{key} is missing"]
    elif isinstance(shape, list):
        for each in value if isinstance(value, list) else ():
            yield from faults(each, shape[0], name)
        if not isinstance(value, list):
            yield f"{name} is no list"
    elif not isinstance(value, shape):
        yield f"{name} can't be {_NAMES.get(type(value), 'a number')}"


def _lines(path: str) -> Iterator[bytes]:
    number = 0
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):  # noqa: B007  said where reading ends
                yield line
    except (OSError, EOFError, zlib.error) as error:
        cause = (isinstance(error, OSError) and error.strerror) or error
        raise UsageError(f"{path}: can't be read after {number} lines ({cause}); give a file of JSON Lines") from error


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path != "-":
        return cast("BinaryIO", gzip.open(path)) if path.endswith(".gz") else Path(path).open("rb")
    if sys.stdin is None:
        raise UsageError("-: standard input is closed; give a file of JSON Lines")
    return nullcontext(cast("BinaryIO", sys.stdin.buffer))


def _cause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    if isinstance(error, UnicodeDecodeError):
        return error.reason
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is no number that counts")


def _whole(text: str) -> int:
    return int(text) if math.isfinite(float(text)) else _no_number(text)


def _decimal(text: str) -> float:
    return value if math.isfinite(value := float(text)) else _no_number(text)


_NAMES: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    NoneType: "null",
}
_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_decimal, parse_constant=_no_number)
