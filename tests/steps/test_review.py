"""What an editor is told of a number that is held, and what letting it go means."""

import pytest

from digest import upkeep
from digest.errors import UsageError
from digest.steps import review
from digest.steps.context import Context
from digest.store import issues
from tests.steps.numbers import EN, NOW, ZH, after, edition, kept


def test_what_waits_is_listed_with_what_it_is_and_since_when(at_desk: Context) -> None:
    kept(at_desk, edition(24), "published")
    kept(at_desk, edition(), "review")
    kept(at_desk, edition(language="zh"), "review")
    assert review.approve(after(at_desk, 1), ZH) == {ZH: "approved"}
    first, second = review.rows(at_desk)
    assert (first["issue"], first["state"], first["since"], first["entries"]) == (EN, "held", NOW, 7)
    assert first["headline"] == edition().headline
    assert (second["issue"], second["state"], second["since"]) == (ZH, "approved", after(at_desk, 1).now)
    found = upkeep.status(at_desk)
    assert (found["held"], found["approved"], found["published"]) == ([EN], [ZH], 1)
    lines = list(upkeep.status_lines(found))
    assert f"held, not published: {EN}; see: digest issues review" in lines
    assert f"approved, not published: {ZH}; see: digest issues publish" in lines
    state, note = next((row["state"], row["note"]) for row in upkeep.examine(at_desk) if row["what"] == "review")
    assert (state, EN in str(note), ZH in str(note)) == ("note", True, True)


def test_nothing_waits_is_well(at_desk: Context) -> None:
    assert review.rows(at_desk) == []
    row = next(row for row in upkeep.examine(at_desk) if row["what"] == "review")
    assert (row["state"], row["note"]) == ("ok", "no issue waits for an editor")


def test_approving_again_changes_nothing(at_desk: Context) -> None:
    kept(at_desk, edition(), "review")
    kept(at_desk, edition(language="zh"), "published")
    assert review.approve(at_desk, "recsys-weekly/2026-W25") == {EN: "approved", ZH: "published already"}
    assert review.approve(after(at_desk, 1), EN) == {EN: "approved already"}
    with at_desk.database.read() as tx:
        assert [row.approved for row in issues.listing(tx)] == [NOW, None]


@pytest.mark.parametrize("name", ["", "recsys", "recsys-weekly/2026-W24", f"{EN}/x", "recsys-weekly/2026-W25/fr"])
def test_a_name_that_is_no_issue_is_said(at_desk: Context, name: str) -> None:
    kept(at_desk, edition(), "review")
    with pytest.raises(UsageError, match="see: digest issues list"):
        review.approve(at_desk, name)
    with pytest.raises(UsageError, match="no issue"):
        list(review.texts(at_desk, name))


def test_a_draft_is_not_to_be_approved(at_desk: Context) -> None:
    kept(at_desk, edition(), "draft")
    with pytest.raises(UsageError, match="is a draft of a run that was stopped"):
        review.approve(at_desk, EN)
    assert review.waiting(at_desk) == []


def test_a_number_is_read_with_its_evidence(at_desk: Context) -> None:
    kept(at_desk, edition(), "review")
    kept(at_desk, edition(language="zh"), "review")
    english, chinese = review.texts(at_desk, "recsys-weekly/2026-W25")
    assert english.startswith("# Long sequences go live")
    assert "## Evidence" in english
    assert "## 证据" in chinese
