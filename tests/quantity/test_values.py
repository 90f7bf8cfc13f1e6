"""What a table of values spells, the grammar reads: a new spelling needs both."""

import tomllib
from pathlib import Path

import pytest

import digest.quantity
from digest.quantity import quantities
from digest.quantity.values import chinese_number, number

TABLES = tomllib.loads((Path(digest.quantity.__file__).parent / "values.toml").read_text(encoding="utf-8"))
UNITS = [(spelling, unit) for unit, spellings in TABLES["units"].items() for spelling in spellings]


@pytest.mark.parametrize(("spelling", "unit"), UNITS)
def test_every_spelling_of_a_unit_is_read(spelling: str, unit: str) -> None:
    written = (f"7 {spelling}", f"7 {spelling.upper()}", f"七{spelling}")
    assert unit in {found.unit for text in written for found in quantities(text)}


@pytest.mark.parametrize(("spelling", "unit"), TABLES["currency"].items())
def test_every_spelling_of_a_currency_is_read(spelling: str, unit: str) -> None:
    assert [found.unit for found in quantities(f"It costs {spelling.upper()}7.")] == [unit]


@pytest.mark.parametrize(("spelling", "size"), TABLES["scales"].items())
def test_every_spelling_of_a_scale_is_read(spelling: str, size: float) -> None:
    texts = (f"7{spelling} users", f"7{spelling.upper()} users", f"7 {spelling} users")
    assert 7 * size in {found.value for text in texts for found in quantities(text)}


@pytest.mark.parametrize(("word", "value"), TABLES["words"].items())
def test_every_number_word_is_read(word: str, value: float) -> None:
    assert [found.value for found in quantities(f"{word} users")] == [value]


def test_either_side_of_the_atlantic_marks_its_thousands() -> None:
    assert [number(digits) for digits in ("1,234.5", "1.234,5", "1 234", "0,5")] == [1234.5, 1234.5, 1234, 0.5]


def test_chinese_numerals_have_places_and_a_point() -> None:
    assert [chinese_number(digits) for digits in ("三百二十一", "十二", "五点二五", "47")] == [321, 12, 5.25, 47]
