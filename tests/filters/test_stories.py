import random

import pytest

from digest.filters.stories import run

ROWS: list[dict[str, object]] = [
    {"id": "1", "title": "Microsoft buys robot maker Ladlebotics for $4.2 billion", "published": "2026-03-02T09:00Z"},
    {"id": "2", "title": "微软将以42亿美元收购机器人公司Ladlebotics", "published": "2026-03-02T12:00:00+08:00"},
    {"id": "3", "title": "Why gardeners love rain", "published": "2026-03-02"},
    {"id": "4", "title": "Harbour library opens", "url": "https://www.site.example/a/library?utm_source=x"},
    {"id": "5", "title": "港口图书馆开放", "url": "http://site.example/a/library"},
    {"id": "6", "title": "Soup at scale", "url": "https://arxiv.org/abs/2603.00001"},
    {"id": "7", "title": "My reading", "url": "https://arxiv.org/pdf/2603.00001v3.pdf"},
    {"id": "8", "title": "spoon", "url": "https://github.com/ladle/spoon"},
    {"id": "9", "title": "a tweet", "url": "https://x.com/cook/status/12345"},
]  # fmt: skip


def groups(rows: list[dict[str, object]]) -> set[frozenset[object]]:
    found: dict[object, set[object]] = {}
    for row in run(rows):
        found.setdefault(row["story"], set()).add(row["id"])
    return {frozenset(ids) for ids in found.values()}


def test_rows_of_one_story_share_its_name_in_the_order_given() -> None:
    assert [row["id"] for row in run(ROWS)] == [row["id"] for row in ROWS]
    assert groups(ROWS) == {frozenset(ids) for ids in (["1", "2"], ["3"], ["4", "5"], ["6", "7"], ["8"], ["9"])}


def test_the_order_of_the_rows_is_free() -> None:
    turned = ROWS[:]
    random.Random(4).shuffle(turned)  # noqa: S311  a sample, no secret
    assert sorted(run(turned), key=str) == sorted(run(ROWS), key=str)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"id": 7, "title": None, "text": 3, "url": "http://[broken", "published": "0001-01-01T00:00:00+14:00"},
        {"id": "x", "title": "soup"},
        {"id": "x", "title": "https://site.example/soup"},
        {"id": "x", "title": "", "text": "word " * 200_000},
        {"id": "x", "title": "\ud800 \u202e\x00", "url": "data:,x"},
    ],
)
def test_odd_rows_get_a_story_of_their_own(row: dict[str, object]) -> None:
    told = run([row, *ROWS])
    assert told[0]["id"] == row.get("id")
    assert told[0]["story"] not in {answer["story"] for answer in told[1:]}


def test_no_rows_no_stories() -> None:
    assert run([]) == []
    assert len(run([{"title": "soup"}, {"title": "soup"}])) == 2
