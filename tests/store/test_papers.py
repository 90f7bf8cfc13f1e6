from dataclasses import replace

from digest.store import items, papers
from digest.store.database import Database
from digest.store.papers import FullText
from tests.store.made import MONDAY, item

READ = FullText(
    item=item(1).id,
    version="2",
    state="read",
    at=MONDAY,
    page="https://a.example/html/1",
    sha256="ab",
    company="Pinterest",
    company_quote="Ada One, Pinterest",
    document={"format": "html", "sections": [{"title": "Method", "text": "We rank."}]},
)


def test_a_full_text_is_kept_once_and_replaced(database: Database) -> None:
    failed = FullText(item=READ.item, version="1", state="failed", at=MONDAY, note="no answer")
    with database.write() as tx:
        items.save(tx, [item(1), item(2)])
        papers.save(tx, failed)
        assert papers.of(tx, [READ.item, item(2).id]) == {READ.item: failed}
        assert papers.homes(tx) == {}
        papers.save(tx, READ)
        papers.save(tx, replace(READ, item=item(2).id, company="", company_quote=""))
    with database.read() as tx:
        assert papers.of(tx, [READ.item, *(f"arxiv:{n}" for n in range(1_200))]) == {READ.item: READ}
        assert papers.of(tx, []) == {}
        assert papers.homes(tx) == {READ.item: "Pinterest"}
