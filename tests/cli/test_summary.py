"""What a run says at its end."""

from digest import period
from digest.cli.summary import as_row, lines
from digest.domain.issue import Dropped, Publication
from digest.pipeline import Made, Outcome
from digest.steps.collect import Gathered
from digest.steps.context import Target
from digest.steps.mailing import Report
from digest.store.deliveries import Edition

WEEKLY = Publication(slug="weekly", titles={"en": "Weekly"}, cadence="weekly")
TARGET = Target(publication=WEEKLY, period=period.week("2026-W25"))
OUTCOME = Outcome(
    gathered=(
        Gathered(slug="good", status="ok", seen=5, new=4),
        Gathered(slug="down", status="failed", error="503"),
        *(Gathered(slug=f"quiet{n}", status="stale", error="silent") for n in range(10)),
    ),
    made=(
        Made(
            target=TARGET,
            editions={"weekly/2026-W25/en": True, "weekly/2026-W25/zh": False},
            read=4,
            entries=2,
            dropped=(Dropped(reason="scored too low", count=2),),
            removed_claims=3,
        ),
        Made(target=TARGET, editions={}, notice="nothing was collected for it: no issue"),
    ),
    sent=(
        Report(edition=Edition(publication="weekly", period="2026-W25", language="en")),
        Report(
            edition=Edition(publication="weekly", period="2026-W25", language="zh"),
            counts={"waiting": 2, "sent": 1, "uncertain": 1},
            stopped="451 later",
            uncertain=("a@e.org",),
        ),
    ),
)


def test_troubles_come_by_name_and_the_silent_are_not_all_listed() -> None:
    assert list(lines(OUTCOME, "public")) == [
        "12 sources: 1 failed, 1 ok, 10 stale; 5 entries seen, 4 new",
        "  down: failed: 503",
        *(f"  quiet{n}: stale: silent" for n in range(8)),
        "  and 2 more silent ones: digest sources list",
        "weekly 2026-W25: 4 items read, 2 told; left out: 2 scored too low",
        "  3 sentences removed: not supported by the sources cited",
        "  wrote public/weekly/2026-W25/en/index.html",
        "  same  public/weekly/2026-W25/zh/index.html",
        "weekly 2026-W25: nothing was collected for it: no issue",
        "weekly/2026-W25/en: nobody to send it to",
        "weekly/2026-W25/zh: 1 sent, 1 uncertain, 2 waiting; stopped: 451 later; uncertain: a@e.org",
    ]


def test_programs_get_the_same() -> None:
    row = as_row(OUTCOME)
    assert row["changed"] is True
    assert row["sent"] == [
        {
            "edition": f"weekly/2026-W25/{language}",
            "queued": 0,
            "counts": counts,
            "stopped": stopped,
            "uncertain": uncertain,
            "next_due": None,
        }
        for language, counts, stopped, uncertain in (
            ("en", {}, "", []),
            ("zh", {"waiting": 2, "sent": 1, "uncertain": 1}, "451 later", ["a@e.org"]),
        )
    ]
