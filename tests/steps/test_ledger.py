"""The ledger's rows: figures with their sentence, and tests without a figure."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.domain.facts import Facts, Result
from digest.errors import UsageError
from digest.steps.context import Context
from digest.steps.ledger import ledger
from digest.store import facts, items
from digest.store.database import Database
from tests.deliver.office import office
from tests.store.made import MONDAY, item

LIFT = Result(
    metric="CTR", words="CTR", value=1.2, unit="%", direction="up", online=True, quote="+1.2%", start=0, end=5
)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with closing(Database.open(f"sqlite:///{tmp_path / 'digest.db'}")) as database:
        with database.write() as tx:
            items.save(tx, [item(n) for n in (1, 2, 3)])
            facts.save(tx, Facts(item=item(1).id, company="Meta", results=(LIFT,)), "h")
            facts.save(tx, Facts(item=item(2).id, tested=True, tested_quote="Tested."), "h")
            facts.save(tx, Facts(item=item(3).id, deployed=True, deployed_quote="Runs."), "h")
        yield Context(
            config=office(database, tmp_path, "smtp://127.0.0.1:9").config, database=database, now=MONDAY, fetcher=None
        )  # type: ignore[arg-type]  # nothing is fetched


def test_a_test_without_a_figure_is_a_row_with_its_sentence_alone(context: Context) -> None:
    runs, test, lift = ledger(context)
    assert (lift["metric"], lift["value"], lift["online"], lift["quote"]) == ("CTR", 1.2, True, "+1.2%")
    assert (test["quote"], test["tested"], test["online"]) == ("Tested.", True, True)
    assert (runs["quote"], runs["deployed"], runs["online"]) == ("Runs.", True, None)
    for name in ("metric", "words", "value", "high", "unit", "direction", "qualifier", "surface", "length"):
        assert test[name] is runs[name] is None
    assert ledger(context, metric="ctr") == ledger(context, company="meta") == [lift]


def test_a_deployment_without_a_figure_says_where_and_since_when(context: Context) -> None:
    quote = "It has been deployed at Foo Foods since May 2025."
    with context.database.write() as tx:
        facts.save(tx, Facts(item=item(3).id, deployed=True, deployed_quote=quote), "h")
    runs = next(row for row in ledger(context) if row["deployed"])
    assert (runs["surface"], runs["length"], runs["value"]) == ("Foo Foods", "since May 2025", None)


def test_the_ledger_is_narrowed_by_week_and_day(context: Context) -> None:
    assert len(ledger(context, week="2026-W25")) == len(ledger(context, since="2026-06-01")) == 3
    assert ledger(context, week="2026-W26") == ledger(context, since="2026-06-16") == []
    with pytest.raises(UsageError):
        ledger(context, week="2026-W60")
