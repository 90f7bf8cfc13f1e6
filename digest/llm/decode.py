"""What a model wrote -> a value that fits a schema, or the fault in one line.

The schemas of our prompts use a subset of JSON Schema (KEYWORDS). Keys that a schema does not name are dropped, not
faulted.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_BOUNDS = frozenset({"minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength"})
# What OpenAI's strict mode and the grammars of vLLM and llama.cpp agree on; limits are checked here instead.
_ON_THE_WIRE = frozenset({"type", "properties", "required", "items", "enum", "additionalProperties", "description"})
KEYWORDS = _ON_THE_WIRE | _BOUNDS | {"title"}
_FENCE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)
_STARTS = 5
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


class Malformed(ValueError):  # noqa: N818  reads as what happened
    """The text is no JSON object that fits the schema; the message says why."""


def decode(text: str, schema: Mapping[str, Any]) -> Any:  # noqa: ANN401  any JSON value
    """Read the first JSON object of a text, past thoughts, prose and Markdown fences. Raises Malformed."""
    text = _THINKING.sub("", text).strip().lstrip("\ufeff")
    if not text:
        raise Malformed("the answer is empty")
    fence = _FENCE.search(text)
    faults: list[Malformed] = []
    for candidate in [fence[1], text] if fence else [text]:
        for start in _starts(candidate):
            try:
                value = _json(candidate, start)
            except Malformed as error:
                faults.append(error)
            else:
                return fit(value, schema)
    raise faults[0] if faults else Malformed("the answer holds no JSON object")


def fit(value: Any, schema: Mapping[str, Any], where: str = "answer") -> Any:  # noqa: ANN401  any JSON value
    """Return the value with only the keys that the schema names. Raises Malformed."""
    value = _typed(value, schema, where)
    if "enum" in schema and value not in schema["enum"]:
        raise Malformed(f"{where} is none of {', '.join(map(str, schema['enum']))}")
    if isinstance(value, dict):
        return _object(value, schema, where)
    if isinstance(value, list):
        _bounded(len(value), schema, "Items", where)
        return [fit(inner, schema.get("items", {}), f"{where}[{n}]") for n, inner in enumerate(value)]
    if isinstance(value, str):
        _bounded(len(value), schema, "Length", where)
    elif isinstance(value, (int, float)):
        _bounded(value, schema, "imum", where)
    return value


def wire_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema without the keywords that servers disagree on."""
    kept: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            kept[key] = {name: wire_schema(inner) for name, inner in value.items()}
        elif key == "items":
            kept[key] = wire_schema(value)
        elif key in _ON_THE_WIRE:
            kept[key] = value
    return kept


def compact(value: Any) -> str:  # noqa: ANN401  any JSON value
    """Return a value as JSON text, the same for equal values whatever the order of their keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unknown_keywords(schema: Mapping[str, Any]) -> list[str]:
    """List the keywords of a schema that `fit` would not check, sorted."""
    found = set(schema) - KEYWORDS
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return sorted(found.union(*map(unknown_keywords, inner)))


def _starts(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\{", text)][:_STARTS]


def _json(text: str, start: int) -> Any:  # noqa: ANN401  any JSON value
    try:
        return json.JSONDecoder(parse_constant=_no_constant).raw_decode(text, start)[0]
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the answer is no JSON: {str(error)[:120]}") from error


def _no_constant(name: str) -> Any:  # noqa: ANN401  never returns
    raise ValueError(f"{name} is no JSON number")


def _typed(value: Any, schema: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401  any JSON value
    wanted = schema.get("type")
    if wanted is None:
        return value
    if wanted == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, _TYPES[wanted]) or (isinstance(value, bool) and wanted != "boolean"):
        raise Malformed(f"{where} is no {wanted}")
    return value


def _object(value: dict[str, Any], schema: Mapping[str, Any], where: str) -> dict[str, Any]:
    missing = [key for key in schema.get("required", ()) if key not in value]
    if missing:
        raise Malformed(f"{where} lacks {', '.join(missing)}")
    properties = schema.get("properties", {})
    return {key: fit(value[key], inner, f"{where}.{key}") for key, inner in properties.items() if key in value}


def _bounded(size: float, schema: Mapping[str, Any], suffix: str, where: str) -> None:
    low, high = schema.get(f"min{suffix}"), schema.get(f"max{suffix}")
    if (low is not None and size < low) or (high is not None and size > high):
        raise Malformed(f"{where} has {size:g}, outside {'' if low is None else low}..{'' if high is None else high}")
