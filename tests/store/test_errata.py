from dataclasses import replace

from digest import period
from digest.domain.issue import Correction, Issue
from digest.store import errata
from digest.store.database import Database
from digest.store.errata import Erratum
from tests.render import samples
from tests.store.made import HOUR, MONDAY

W25, W26 = (period.week(f"2026-W{n}") for n in (25, 26))
EDITION = ("weekly", "2026-W25", "en")
ERRATUM = Erratum(
    publication="weekly",
    period="2026-W25",
    language="en",
    start=W25.start,
    at=MONDAY + HOUR,
    sentence="It gains 5%.",
    note="It gains 0.5%.",
)


def telling(number: str, note: str) -> Issue:
    """A later number that tells a correction of the edition."""
    correction = Correction(period="2026-W25", date=ERRATUM.at, note=note)
    return replace(samples.english(), publication="weekly", period=number, corrections=(correction,))


def test_the_same_is_corrected_once_and_the_first_time_stays(database: Database) -> None:
    with database.write() as tx:
        assert errata.save(tx, ERRATUM)
        assert not errata.save(tx, replace(ERRATUM, at=MONDAY + 2 * HOUR))
        assert errata.save(tx, replace(ERRATUM, withdrawn=True, at=MONDAY))
        assert errata.save(tx, replace(ERRATUM, sentence="", language="zh"))
        assert [(each.at, each.withdrawn) for each in errata.of(tx, *EDITION)] == [
            (MONDAY, True),
            (MONDAY + HOUR, False),
        ]
        assert errata.of(tx, *EDITION)[1] == ERRATUM


def test_what_is_shown_and_told_is_known(database: Database) -> None:
    with database.write() as tx:
        errata.save(tx, ERRATUM)
        assert errata.unshown(tx) == {EDITION}
        errata.show(tx, *EDITION)
        assert errata.unshown(tx) == set()
        assert errata.untold(tx, "weekly", "en", W25.start) == []
        assert errata.untold(tx, "weekly", "zh", W26.start) == []
        assert errata.untold(tx, "weekly", "en", W26.start) == [replace(ERRATUM, shown=True)]
        errata.tell(tx, telling("2026-W26", "another note"))
        assert errata.untold(tx, "weekly", "en", W26.start)
        errata.tell(tx, telling("2026-W26", ERRATUM.note))
        errata.tell(tx, telling("2026-W27", ERRATUM.note))
        assert errata.untold(tx, "weekly", "en", W26.start) == []
        assert errata.of(tx, *EDITION)[0].told == "2026-W26"
