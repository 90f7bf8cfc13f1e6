"""An issue after it was corrected: what its readers see in each form, and what they see no more."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator

from digest.domain.issue import Claim, Correction, Issue
from digest.packed import packed
from digest.render.corrected import corrected, earlier_notices, own_notices
from digest.render.document import decode, encode
from digest.render.edition import card, edition
from digest.render.evidence import evidence_markdown
from digest.render.page import editions
from digest.render.readable import readable
from digest.render.results import alike
from digest.render.site import pages
from digest.render.view import view
from tests.render import samples
from tests.render.pages import handlers, loads, scripts, texts

DAY = datetime(2026, 6, 24, 9, tzinfo=UTC)
NOTE = "The lift is +0.12%, <b>not</b> +1.20%; <script>alert(1)</script> stays text."
STRUCK = Correction(period="2026-W25", date=DAY, note=NOTE, sentence=samples.LIFT)
GONE = replace(STRUCK, withdrawn=True, note="Not in the source.")
FORMS = ("index.html", "evidence.html", "issue.md", "issue.json", "mail.html", "mail.txt")
SCHEMA = json.loads(packed("templates").joinpath("issue.schema.json").read_text("utf-8"))


def files(issue: Issue) -> dict[str, bytes]:
    return edition(issue, samples.SITE)


def test_without_a_correction_an_issue_is_itself() -> None:
    assert (
        corrected(samples.english(), []) is samples.english() or corrected(samples.english(), []) == samples.english()
    )
    assert b"corrections" not in files(samples.english())["issue.json"]
    assert texts(files(samples.english())["index.html"], ".corrections") == []


@pytest.mark.parametrize("issue", [samples.english(), samples.chinese()], ids=["en", "zh"])
@pytest.mark.parametrize("correction", [STRUCK, GONE, replace(STRUCK, sentence="")], ids=["struck", "gone", "whole"])
def test_what_is_corrected_keeps_the_contract_and_is_read_back(issue: Issue, correction: Correction) -> None:
    mended = corrected(issue, [correction])
    Draft202012Validator(SCHEMA).validate(json.loads(encode(mended)))
    assert decode(encode(mended)) == mended


def test_a_struck_sentence_stands_struck_under_its_note_in_every_form() -> None:
    made = files(corrected(samples.english(), [STRUCK]))
    shown = texts(made["index.html"], "#corrections li")
    assert len(shown) == 1
    assert shown[0].startswith("24 June 2026 The lift is +0.12%, <b>not</b> +1.20%; <script>alert(1)</script>")
    assert texts(made["index.html"], "main > header section#corrections")
    assert any("CTR by up to" in text for text in texts(made["index.html"], ".thread s, .overview s, .entry s"))
    assert texts(made["evidence.html"], ".said s")
    assert texts(made["mail.html"], "s")
    assert "[corrected]" in made["mail.txt"].decode()
    assert "It read: “In a fourteen-day" in " ".join(made["mail.txt"].decode().split())
    assert made["issue.md"].decode().count("~~") >= 4
    assert json.loads(made["issue.json"])["corrections"] == [
        {
            "period": "2026-W25",
            "date": "2026-06-24T09:00:00Z",
            "note": NOTE,
            "sentence": samples.LIFT,
            "withdrawn": False,
        }
    ]


def test_the_figures_of_a_struck_sentence_are_struck_and_the_others_are_not() -> None:
    chips = [
        chip for part in view(corrected(samples.english(), [STRUCK])).parts for e in part.cards for chip in e.chips
    ]
    assert {chip.struck for chip in chips if alike(chip.quote, readable(samples.LIFT))} == {True}
    assert {chip.struck for chip in chips if not alike(chip.quote, readable(samples.LIFT))} <= {False}
    assert all("corrected" in chip.notes for chip in chips if chip.struck)


@pytest.mark.parametrize("form", FORMS)
def test_a_withdrawn_sentence_is_nowhere_in_what_is_published(form: str) -> None:
    issue = replace(samples.english(), summary=f"Before. {samples.LIFT} After.")
    made = files(corrected(issue, [GONE]))[form].decode()
    assert "+1.20" not in made
    assert "1.20%" not in made
    assert "fourteen-day" not in made
    assert "Not in the source." in made or form == "evidence.html"


def test_a_withdrawal_counts_more_than_a_strike_and_places_stay() -> None:
    issue = samples.english()
    mended = corrected(issue, [STRUCK, GONE])
    assert samples.LIFT not in [each.told for each in view(mended).sentences]
    assert len(view(mended).sentences) == len(view(issue).sentences)
    assert [m.number for s in view(mended).sentences for m in s.marks] == [
        m.number for s in view(issue).sentences for m in s.marks
    ]
    assert "[sentence withdrawn]" in {s.text for s in view(mended).sentences}


def test_a_computed_sentence_is_withdrawn_too() -> None:
    claim = next(claim for claim in samples.english().overview if claim.kind == "computed")
    mended = corrected(samples.english(), [replace(GONE, sentence=claim.text)])
    assert view(mended).sentences[0].figures == ()
    assert claim.text not in files(mended)["evidence.html"].decode()


def test_a_note_on_what_is_told_no_more_still_stands() -> None:
    made = files(corrected(samples.english(), [replace(STRUCK, sentence="It was told once.")]))
    assert "It was told once." in texts(made["index.html"], "#corrections li")[0]


def test_notes_are_shown_in_their_language() -> None:
    notices = own_notices(corrected(samples.chinese(), [STRUCK, replace(STRUCK, note="数字有误，应为 0.12%。")]))
    assert [(each.lang, each.day) for each in notices] == [("en", "2026年6月24日"), ("", "2026年6月24日")]
    assert notices[0].sentence_lang == "en"


def test_a_later_number_tells_the_corrections_of_an_earlier_one() -> None:
    earlier = replace(STRUCK, period="2026-W24")
    issue = replace(samples.english(), corrections=(earlier, replace(earlier, sentence="", withdrawn=True)))
    made = files(corrected(issue, [STRUCK]))
    assert len(own_notices(issue)) == 0
    assert [each.number for each in earlier_notices(issue)] == ["W24", "W24"]
    assert len(texts(made["index.html"], "#corrections li")) == 1
    told = texts(made["index.html"], "#corrections-earlier li")
    assert told[0].startswith("W24 · 24 June 2026 ")
    assert told[1].endswith("A sentence was withdrawn.")
    assert b'href="../../../recsys-weekly/2026-W24/en/index.html"' in made["index.html"]
    for form in ("issue.md", "mail.html", "mail.txt"):
        assert "Corrections of earlier issues" in made[form].decode()


def test_no_note_becomes_a_script_or_a_request() -> None:
    hostile = '"><img src=x onerror=alert(1)> javascript:alert(1) [a](javascript:alert(1)) </title><script>x</script>'
    made = files(corrected(samples.english(), [replace(STRUCK, note=hostile)]))
    for name in ("index.html", "evidence.html", "mail.html"):
        assert (scripts(made[name]), handlers(made[name]), loads(made[name])) == ([], [], [])
    assert "[a](" not in made["issue.md"].decode()
    feed = pages([card(corrected(samples.english(), [replace(STRUCK, note=hostile)]))], samples.SITE)
    assert b"<script>" not in feed["recsys-weekly/en/feed.xml"]


def test_many_long_notes_leave_a_mail_below_its_limit() -> None:
    many = [replace(STRUCK, note="长" * 2000, sentence=f"{n} " + "word " * 180) for n in range(60)]
    made = files(corrected(samples.english(), many))
    assert len(made["mail.html"]) <= 90_000
    assert len(texts(made["index.html"], "#corrections li")) == 60


def test_the_feed_says_the_correction_and_when() -> None:
    feed = pages([card(corrected(samples.english(), [STRUCK]))], samples.SITE)["recsys-weekly/en/feed.xml"].decode()
    assert "<summary>Corrected on 24 June 2026: The lift is +0.12%" in feed
    assert feed.count("<updated>2026-06-24T09:00:00+00:00</updated>") == 2


def test_the_evidence_as_markdown_has_each_sentence_with_its_words() -> None:
    text = evidence_markdown(view(corrected(samples.english(), [STRUCK])))
    for sentence in view(samples.english()).sentences:
        assert f"**{sentence.number}** {sentence.kind} · " in text
    assert "“" in text
    assert "The receipt of this issue" in text
    assert "~~" in text


def test_an_edition_that_is_held_is_not_linked_to() -> None:
    site = replace(samples.SITE, unpublished=frozenset({"recsys-weekly/2026-W25/zh", "recsys-weekly/2026-W24/en"}))
    issue = samples.english()
    assert editions(samples.SITE, issue) == [("zh", "中文")]
    assert editions(site, issue) == []
    thread = replace(issue.threads[0], continues="2026-W24")
    issue = replace(issue, threads=(thread, *issue.threads[1:]))
    assert b"/2026-W24/en/" in edition(issue, samples.SITE)["index.html"]
    held = edition(issue, site)["index.html"]
    assert b"/2026-W24/en/" not in held
    assert "Continues W24" in " ".join(texts(held, ".label span"))


def test_words_are_alike_when_one_holds_the_other() -> None:
    assert alike("“It gains 5%.”", "It gains 5%")
    assert alike("Tested live, it gains 5% in a week.", "it gains 5%")
    assert not alike("", "It gains 5%.")
    assert Claim(kind="framing", text="").correction == ""
