"""What a model wrote -> a value that fits, or the fault."""

import pytest

from digest.llm.decode import Malformed, compact, decode, fit, unknown_keywords, wire_schema

SCORE = {
    "type": "object",
    "required": ["score"],
    "properties": {
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
        "why": {"type": "string", "minLength": 1, "maxLength": 5},
        "tags": {"type": "array", "maxItems": 2, "items": {"type": "string", "enum": ["a", "b"]}},
    },
}


@pytest.mark.parametrize(
    "text",
    [
        '{"score": 4}',
        '\ufeff  {"score": 4}  ',
        '{"score": 4.0, "more": {"x": 1}}',
        '```json\n{"score": 4}\n```',
        'Sure!\n```\n{"score": 4}',
        '<think>is it {"score": 1}?</think> {"score": 4} I hope.',
        'the set {x} aside: {"score": 4}',
    ],
)
def test_the_object_is_found_in_its_wrapping(text: str) -> None:
    assert decode(text, SCORE) == {"score": 4}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("nothing here", "no JSON object"),
        ('{"score": ', "no JSON"),
        ('{"score": NaN}', "NaN"),
        ('{"score": -Infinity}', "Infinity"),
        ('{"score": 7}', "has 7, outside 1..5"),
        ('{"score": 0}', "has 0"),
        ('{"score": "five"}', "no integer"),
        ('{"score": true}', "no integer"),
        ('{"score": 4.5}', "no integer"),
        ('{"why": "x"}', "lacks score"),
        ('{"score": 4, "why": ""}', "why has 0"),
        ('{"score": 4, "why": "longer"}', "why has 6"),
        ('{"score": 4, "tags": ["a", "b", "a"]}', "tags has 3"),
        ('{"score": 4, "tags": ["c"]}', "none of a, b"),
        ('{"score": 4, "tags": {}}', "no array"),
        ('{"score": ' + "9" * 6000 + "}", "no JSON"),
        ('{"score": ' + "[" * 100_000, "no JSON"),
    ],
)
def test_what_does_not_fit_is_named(text: str, fault: str) -> None:
    with pytest.raises(Malformed, match=fault):
        decode(text, SCORE)


def test_keys_that_nobody_asked_for_are_dropped() -> None:
    assert decode('{"score": 2, "html": "<script>", "tags": []}', SCORE) == {"score": 2, "tags": []}


def test_a_schema_without_a_type_takes_anything() -> None:
    assert fit([1, None], {}) == [1, None]


def test_servers_are_sent_what_they_agree_on() -> None:
    sent = wire_schema(SCORE)
    assert sent["properties"]["score"] == {"type": "integer"}
    assert sent["properties"]["tags"] == {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
    assert sent["required"] == ["score"]


def test_keywords_that_would_not_be_checked_are_listed() -> None:
    assert unknown_keywords(SCORE) == []
    odd = {"type": "object", "oneOf": [], "properties": {"a": {"pattern": "x"}, "b": {"items": {"format": "date"}}}}
    assert unknown_keywords(odd) == ["format", "oneOf", "pattern"]


def test_equal_values_have_equal_text() -> None:
    assert compact({"b": 1, "a": "é"}) == compact({"a": "é", "b": 1}) == '{"a":"é","b":1}'
