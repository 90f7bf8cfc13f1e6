"""Rows of a sentence and its sources come back as verdicts, in the same order."""

import pytest

from digest.errors import UsageError
from digest.filters.verify import run

TEXT = "Alder: A Ranker\nAlder raises GMV by 2.1% in online tests at Etsy."


def row(name: str, sentence: str, *texts: str) -> dict[str, object]:
    return {
        "id": name,
        "sentence": sentence,
        "sources": [{"id": f"s{n}", "text": text} for n, text in enumerate(texts)],
    }


def test_rows_keep_their_order_and_say_what_is_wrong() -> None:
    rows = [
        row("x", "Alder lifts GMV by 2.1%.", TEXT),
        row("y", "Alder lowers GMV by 2.1%.", TEXT),
        row("z", "Alder lifts GMV by 9%.", TEXT),
    ]
    found = run(rows)
    assert [one["id"] for one in found] == ["x", "y", "z"]
    assert [(one["verdict"], one["fault"]) for one in found] == [
        ("supported", ""),
        ("contradicted", "sign"),
        ("not found", "number"),
    ]
    assert found[1]["evidence"] in TEXT


def test_a_row_without_sources_is_not_found() -> None:
    assert run([row("x", "Alder lifts GMV by 2.1%."), {"id": 7}]) == [
        {"id": "x", "verdict": "not found", "fault": "sources", "evidence": ""},
        {"id": 7, "verdict": "not found", "fault": "sources", "evidence": ""},
    ]


def test_parts_of_one_source_are_read_as_one_text() -> None:
    parts = [{"id": "s", "text": "Alder: A Ranker"}, {"id": "s", "text": "Alder raises GMV by 2.1%."}]
    assert run([{"id": 1, "sentence": "Alder lifts GMV by 2.1%.", "sources": parts}])[0]["verdict"] == "supported"


@pytest.mark.parametrize("sources", [{"id": "s", "text": "x"}, "text", 5, ["a"], [None]])
def test_sources_of_another_shape_are_named(sources: object) -> None:
    with pytest.raises(UsageError, match="sources must be a list"):
        run([{"id": 1, "sentence": "x", "sources": sources}])
