from dataclasses import replace
from datetime import date

import pytest

from digest.domain.facts import Facts, Result
from digest.store import facts, items, results
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY, item

LIFT = Result(
    metric="CTR",
    words="click-through rate",
    value=1.2,
    high=1.5,
    unit="%",
    direction="up",
    qualifier="up to",
    surface="homepage",
    online=True,
    length="two weeks",
    quote="CTR rose by up to 1.2%.",
    start=3,
    end=26,
)
COST = Result(
    metric="latency",
    words="latency",
    value=-7.0,
    unit="ms",
    direction="down",
    online=False,
    quote="-7 ms",
    start=0,
    end=5,
)


def _facts(n: int, *found: Result, company: str = "Meta") -> Facts:
    return Facts(item=item(n).id, company=company, company_quote="at Meta", industry=True, deployed=True, results=found)


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as tx:
        items.save(tx, [item(n) for n in (1, 2, 3)])
        assert facts.save(tx, _facts(1, LIFT, COST), "h1")
        assert facts.save(tx, _facts(2, LIFT, company="Kuaishou"), "h2")
        assert facts.save(tx, _facts(3), "h3")
    return database


def test_facts_come_back_by_item(filled: Database) -> None:
    with filled.read() as tx:
        assert facts.of(tx, [item(3).id, item(1).id, "none", item(1).id]) == {
            item(1).id: _facts(1, LIFT, COST),
            item(3).id: _facts(3),
        }
        assert facts.hashes(tx, [item(2).id, "none"]) == {item(2).id: "h2"}


def test_saving_again_replaces_all_or_does_nothing(filled: Database) -> None:
    with filled.write() as tx:
        assert not facts.save(tx, _facts(1, LIFT, COST), "h1")
        assert facts.save(tx, _facts(1, LIFT, COST), "other text")
        assert facts.save(tx, _facts(1, replace(COST, value=-8.0)), "other text")
        assert facts.save(tx, _facts(1, COST), "other text")
        assert facts.of(tx, [item(1).id]) == {item(1).id: _facts(1, COST)}


def test_many_ids_are_no_trouble(filled: Database) -> None:
    ids = [f"none{n}" for n in range(1_500)] + [item(1).id]
    with filled.read() as tx:
        assert list(facts.of(tx, ids)) == list(facts.hashes(tx, ids)) == [item(1).id]


def test_the_ledger_is_asked_by_company_metric_and_time(filled: Database) -> None:
    with filled.read() as tx:
        rows = results.query(tx)
        assert [(row.item[-1], row.result and row.result.metric) for row in rows] == [
            ("3", None),
            ("2", "CTR"),
            ("1", "CTR"),
            ("1", "latency"),
        ]
        rows = rows[1:]
        assert rows[1].result == LIFT
        assert rows[1].quote == LIFT.quote
        assert (rows[1].company, rows[1].industry, rows[1].day) == ("Meta", True, date(2026, 6, 15))
        assert (rows[1].title, rows[1].url) == (item(1).title, item(1).url)
        assert results.query(tx, company="meta", metric="ctr") == [rows[1]]
        assert results.query(tx, since=MONDAY + 2 * HOUR, metric="ctr") == [rows[0]]
        assert results.query(tx, until=MONDAY + 2 * HOUR) == rows[1:]
        assert results.query(tx, company="Nobody") == []


def test_a_test_without_a_figure_from_live_traffic_has_a_row_of_its_own(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(n) for n in (1, 2, 3, 4)])
        facts.save(tx, replace(_facts(1, COST), tested=True, tested_quote="Tested.", deployed_quote="Runs."), "h")
        facts.save(tx, replace(_facts(2), deployed_quote="Runs.", company="Kuaishou"), "h")
        facts.save(tx, replace(_facts(3), deployed=False), "h")
        facts.save(tx, replace(_facts(4, LIFT), tested=True, tested_quote="Tested."), "h")
        rows = results.query(tx)
        assert [(row.item[-1], row.quote, row.result) for row in rows] == [
            ("4", LIFT.quote, LIFT),
            ("2", "Runs.", None),
            ("1", COST.quote, COST),
            ("1", "Tested.", None),
        ]
        assert (rows[1].tested, rows[1].deployed, rows[3].tested) == (False, True, True)
        assert results.query(tx, company="kuaishou") == [rows[1]]
        assert facts.of(tx, [item(1).id])[item(1).id].tested_quote == "Tested."
