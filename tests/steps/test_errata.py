"""Corrections from what an editor types to the next number's readers."""

import json
from dataclasses import replace

import pytest

from digest.domain.issue import Issue
from digest.errors import UsageError
from digest.render.view import view
from digest.steps import errata, release
from digest.steps.context import Context
from digest.steps.render import keep, settle
from digest.store import errata as stored
from digest.store import issues
from tests.render import samples
from tests.steps.numbers import EN, NOW, WEEKLY, ZH, after, edition, file, kept, target

NOTE = "It is 0.12%."


@pytest.fixture
def told(at_desk: Context) -> Context:
    """A desk with both editions of W25 published."""
    for language in ("en", "zh"):
        kept(at_desk, edition(language=language), "published")
    return at_desk


def correct(context: Context, name: str = EN, note: str = NOTE, **how: object) -> errata.Corrected:
    done = errata.correct(context, name, note, **how)  # type: ignore[arg-type]  a test's shorthand
    release.release(context, [done.edition])
    return done


def next_number(context: Context, week: int = 26, language: str = "en") -> Issue:
    issue = edition(week, language)
    return replace(issue, corrections=errata.carried(context, target(week), issue))


def test_a_sentence_is_corrected_by_its_number_and_by_its_words(told: Context) -> None:
    done = correct(told, number=4)
    assert (done.new, done.erratum.sentence, done.erratum.at, done.others) == (True, samples.LIFT, NOW, (ZH,))
    again = correct(after(told, 5), words="LanternRank raised CTR by  up to")
    assert (again.new, again.erratum.at) == (False, NOW)
    other = correct(told, ZH, "应为 0.12%。", words=samples.LIFT)
    assert (other.new, other.others) == (True, ())
    assert "应为 0.12%。" in file(told, ZH)
    assert NOTE not in file(told, ZH)


def test_what_was_told_stays_in_the_store(told: Context) -> None:
    with told.database.read() as tx:
        before = issues.get(tx, "recsys-weekly", "2026-W25", "en")
    correct(told, number=4, withdraw=True)
    with told.database.read() as tx:
        assert issues.get(tx, "recsys-weekly", "2026-W25", "en") == before
    assert "LanternRank raised" not in file(told, EN)
    assert json.loads(file(told, EN, "issue.json"))["corrections"][0]["withdrawn"] is True


def test_the_same_correction_twice_is_one_and_leaves_the_bytes(told: Context) -> None:
    correct(told, number=4)
    before = {path: path.read_bytes() for path in told.output.rglob("*") if path.is_file()}
    correct(after(told, 30), number=4)
    assert {path: path.read_bytes() for path in told.output.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"number": 0}, "has no sentence 0"),
        ({"number": 999}, "has no sentence 999, it has"),
        ({"number": -1}, "has no sentence -1"),
        ({"words": "no such words"}, "0 sentences of .* hold these words"),
        ({"words": "the"}, r"\d+ sentences of .* digest issues review recsys-weekly/2026-W25/en"),
        ({"words": "\u200b"}, "0 sentences"),
        ({"number": 1, "words": "a"}, "exclude each other"),
        ({"withdraw": True}, "--withdraw needs the sentence"),
        ({"note": ""}, "--note is empty"),
        ({"note": " \n\t\u200b "}, "--note is empty"),
        ({"note": "x" * 1_000_000}, "--note has 1,000,000 characters; give at most 2,000"),
        ({"note": "a\x1b[31mb"}, "control characters"),
        ({"note": "a\x00b"}, "control characters"),
        ({"note": "a\udc80b"}, "control characters"),
        ({"name": "recsys-weekly/2026-W25"}, "has 2 editions; name one: "),
        ({"name": "recsys-weekly/2026-W24/en"}, "no issue"),
        ({"name": "recsys-weekly"}, "names no period; .* the newest is recsys-weekly/2026-W25"),
    ],
)
def test_bad_input_is_one_line_and_keeps_nothing(told: Context, how: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        correct(told, **how)  # type: ignore[arg-type]  the shorthand again
    assert "\n" not in str(error.value)
    with told.database.read() as tx:
        assert stored.of(tx, "recsys-weekly", "2026-W25", "en") == []


@pytest.mark.parametrize("state", ["review", "approved", "draft"])
def test_only_what_was_told_is_corrected(at_desk: Context, state: issues.IssueState) -> None:
    kept(at_desk, edition(), state)
    with pytest.raises(UsageError, match="was told to nobody yet"):
        errata.correct(at_desk, EN, NOTE)


def test_a_note_is_one_line_of_text_and_turns_nothing_round(told: Context) -> None:
    done = correct(told, note="It is\r\n\t0.12%,\u202e <b>not</b> 1.20%.")
    assert done.erratum.note == "It is 0.12%, <b>not</b> 1.20%."
    assert "&lt;b&gt;not&lt;/b&gt;" in file(told, EN)


def test_the_next_number_tells_it_once_and_in_its_language(told: Context) -> None:
    correct(told, number=4)
    correct(told, ZH, "应为 0.12%。", number=4, withdraw=True)
    following = {language: next_number(told, 26, language) for language in ("en", "zh")}
    assert [(c.period, c.note, c.sentence) for c in following["en"].corrections] == [("2026-W25", NOTE, samples.LIFT)]
    assert [(c.note, c.sentence) for c in following["zh"].corrections] == [("应为 0.12%。", "")]
    plain = replace(target(26), publication=replace(WEEKLY, review=False))
    keep(told, plain, list(following.values()))
    assert next_number(told, 27).corrections == ()
    assert next_number(told, 26).corrections == following["en"].corrections


def test_what_is_held_tells_it_and_so_does_the_next_until_one_is_published(told: Context) -> None:
    correct(told, number=4)
    keep(told, target(26), [next_number(told, 26)])
    assert next_number(told, 27).corrections == next_number(told, 26).corrections != ()
    with told.database.write() as tx:
        issues.approve(tx, "recsys-weekly", "2026-W26", "en", told.now)
    release.release(told)
    assert next_number(told, 27).corrections == ()
    assert len(next_number(told, 26).corrections) == 1


def test_no_number_tells_what_was_corrected_after_its_date_or_of_a_later_one(told: Context) -> None:
    correct(after(told, 24 * 7), number=4)
    assert next_number(told, 26).corrections == ()
    assert next_number(told, 24).corrections == ()
    assert len(next_number(told, 27).corrections) == 1


def test_a_number_that_is_published_takes_no_correction_from_a_run(told: Context) -> None:
    kept(told, edition(26), "published")
    correct(told, number=4)
    assert next_number(told, 26).corrections == ()


def test_a_run_again_keeps_the_own_corrections_on_the_page(told: Context) -> None:
    correct(told, number=4)
    plain = replace(target(25), publication=replace(WEEKLY, review=False))
    settled = settle(told, [edition()])
    assert [each.changed for each in keep(told, plain, settled)] == [False]
    assert NOTE in file(told, EN)
    assert len(view(errata.as_shown(told, settled[0])).sentences) == len(view(edition()).sentences)
