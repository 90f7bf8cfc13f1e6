"""Values of a configuration as their tables want them, with errors that name the key and what was perhaps meant."""

import difflib
from collections.abc import Mapping
from dataclasses import MISSING, field, fields
from math import inf
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from digest.errors import ConfigError


def least(bound: float, default: float) -> Any:  # noqa: ANN401  the attribute's own type
    """Declare a number of a table with the least that it may be."""
    return field(default=default, metadata={"least": bound})


def in_range(kind: type, attribute: str, value: object, where: str) -> None:
    """Raise ConfigError for a number below the least that its attribute may be, or one that is none."""
    bound = next(f.metadata.get("least") for f in fields(kind) if f.name == attribute)
    if bound is not None and isinstance(value, int | float) and not bound <= value < inf:
        raise ConfigError(f"{where}: {value} is out of range; write {bound} or more")


def names_of(kind: type) -> dict[str, str]:
    """Map the keys of a table to its attributes; they differ only where a key is a word of Python."""
    return {f.metadata.get("key", f.name): f.name for f in fields(kind)}


def required(kind: type, attribute: str) -> bool:
    """Whether an attribute of a table has no default."""
    own = next(f for f in fields(kind) if f.name == attribute)
    return own.default is MISSING and own.default_factory is MISSING


def no_strangers(row: Mapping[str, object], known: tuple[str, ...], where: str, what: str) -> None:
    """Raise ConfigError for a key that is not among the known ones, with the one that was perhaps meant."""
    for key in row:
        if key not in known:
            raise ConfigError(
                f"{where}: unknown {what} {key!r}; {meant(key, known) or 'known are ' + ', '.join(known)}"
            )


def meant(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    """Say which known word was perhaps meant; "" where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"perhaps you meant {near[0]!r}" if near else ""


def typed(value: object, hint: Any, where: str) -> Any:  # noqa: ANN401  the type is the argument
    """Return a value of TOML as the attribute's type. Raises ConfigError."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        if value in inner:
            return value
        raise ConfigError(
            f"{where}: {value!r} is none of {', '.join(map(str, inner))}; {meant(str(value), list(inner))}".rstrip("; ")
        )
    if origin in (Union, UnionType):
        return typed(value, next(i for i in inner if i is not NoneType), where)
    if origin is tuple and isinstance(value, list):
        each = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        if len(each) == len(value):
            return tuple(typed(v, h, where) for v, h in zip(value, each, strict=True))
    if origin is not None and issubclass(origin, Mapping) and isinstance(value, dict):
        return {str(k): typed(v, inner[1], where) for k, v in value.items()}
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and "\0" in value:
        raise ConfigError(f"{where}: holds a NUL character; take it out")
    if isinstance(hint, type) and isinstance(value, hint) and (hint is bool or not isinstance(value, bool)):
        return value
    raise ConfigError(f"{where}: {value!r} is not {_spoken(hint)}")


def _spoken(hint: Any) -> str:  # noqa: ANN401  any annotation
    words = {str: "a text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
    return words.get(hint, "a list" if get_origin(hint) is tuple else "of the right kind")


def from_text(text: str, hint: Any, where: str) -> Any:  # noqa: ANN401  the type is the argument
    """Read a value out of the environment; the parts of a list are parted by commas. Raises ConfigError."""
    if hint is bool and text.lower() in ("true", "false", "1", "0"):
        return text.lower() in ("true", "1")
    if get_origin(hint) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return hint(text) if hint in (int, float) else typed(text, hint, where)
    except ValueError as error:
        raise ConfigError(f"{where}: {text!r} is not {_spoken(hint)}") from error
