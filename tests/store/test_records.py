from digest.store import records
from digest.store.database import Database


def test_a_number_has_one_record_or_none(database: Database) -> None:
    with database.write() as tx:
        assert records.get(tx, "weekly", "2026-W25") is None
        records.save(tx, "weekly", "2026-W25", b"first")
        records.save(tx, "weekly", "2026-W25", b"second")
        records.save(tx, "weekly", "2026-W26", b"other")
        assert records.get(tx, "weekly", "2026-W25") == b"second"
        records.save(tx, "weekly", "2026-W25", None)
        assert records.get(tx, "weekly", "2026-W25") is None
        assert records.get(tx, "weekly", "2026-W26") == b"other"
