from datetime import timedelta

from digest.store import articles
from digest.store.articles import Article
from digest.store.database import Database
from tests.store.made import MONDAY

READ = Article(url="https://a.example/1", state="read", at=MONDAY, text="All of it.", sha256="ab")


def test_what_a_page_gave_is_kept_and_replaced(database: Database) -> None:
    failed = Article(url=READ.url, state="failed", at=MONDAY - timedelta(days=1), note="no answer")
    with database.write() as tx:
        articles.save(tx, failed)
        assert articles.of(tx, [READ.url, "https://a.example/2"]) == {READ.url: failed}
        articles.save(tx, READ)
    with database.read() as tx:
        assert articles.of(tx, [READ.url] * 2 + [f"https://b.example/{n}" for n in range(1_200)]) == {READ.url: READ}
        assert articles.of(tx, []) == {}
