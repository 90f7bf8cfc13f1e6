"""Errata: what was told wrongly is said so, in the edition that told it and in the next number."""

import unicodedata
from dataclasses import dataclass, replace

from digest.domain.issue import Correction, Issue
from digest.errors import UsageError
from digest.render.corrected import corrected
from digest.render.document import decode
from digest.render.view import view
from digest.steps.context import Context, Target
from digest.steps.named import named, one
from digest.store import errata as stored
from digest.store import issues
from digest.store.errata import Erratum
from digest.store.issues import Listed
from digest.text import one_line

_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What was corrected: the edition, the erratum as it is kept, and whether it is `new` or was given before.

    `others` are the published editions of the number that have no correction of their own yet.
    """

    edition: Listed
    erratum: Erratum
    new: bool
    others: tuple[str, ...]


def correct(
    context: Context, name: str, note: str, *, number: int | None = None, words: str = "", withdraw: bool = False
) -> Corrected:
    """Keep a correction of an edition, or of one sentence of it; the same again changes nothing.

    The sentence is named by its `number` on the evidence page or by `words` of it. The caller brings it to the files.
    Raises UsageError for what is no note, names no sentence, or no edition that was published.
    """
    said = judged(note, number=number, words=words, withdraw=withdraw)
    with context.database.write() as tx:
        edition = _published(one(issues.listing(tx), name))
        here = (edition.publication, edition.period, edition.language)
        found = issues.get(tx, *here)
        issue = decode(found.document) if found else None
        sentence = _sentence(issue, number, words) if issue and (number is not None or words) else ""
        given = Erratum(
            publication=edition.publication,
            period=edition.period,
            language=edition.language,
            start=edition.start,
            at=context.now,
            sentence=sentence,
            note=said,
            withdrawn=withdraw,
        )
        new = stored.save(tx, given)
        same = (sentence, said, withdraw)
        kept = next(e for e in stored.of(tx, *here) if (e.sentence, e.note, e.withdrawn) == same)
        numbers = named(issues.listing(tx), f"{edition.publication}/{edition.period}")
        others = tuple(
            each.slug
            for each in numbers
            if each.state == "published" and not stored.of(tx, each.publication, each.period, each.language)
        )
    return Corrected(edition=edition, erratum=kept, new=new, others=others)


def judged(note: str, *, number: int | None = None, words: str = "", withdraw: bool = False) -> str:
    """Return the note of a correction as one line. Raises UsageError for none, and for what `correct` can't be asked.

    It needs no store, so that a command asks before it opens one.
    """
    if number is not None and words:
        raise UsageError("--claim and --sentence exclude each other; give one")
    if withdraw and number is None and not words:
        raise UsageError("--withdraw needs the sentence: give --claim N or --sentence TEXT")
    return _note(note)


def as_shown(context: Context, issue: Issue) -> Issue:
    """Return an edition as its readers see it: with its own corrections."""
    with context.database.read() as tx:
        own = stored.of(tx, issue.publication, issue.period, issue.language)
    return corrected(issue, [_correction(each) for each in own])


def carried(context: Context, target: Target, issue: Issue) -> tuple[Correction, ...]:
    """Return the corrections of earlier numbers that an edition tells.

    Those given by its date and told by none published since. An edition that is kept already tells what it told: what
    was published or approved does not change, and what is held gives the same bytes again.
    """
    with context.database.read() as tx:
        before = issues.get(tx, issue.publication, issue.period, issue.language)
        if before is not None and before.state != "draft":
            return decode(before.document).corrections
        earlier = stored.untold(tx, issue.publication, issue.language, target.period.start)
    return tuple(_public(each) for each in earlier if each.at <= issue.date)


def _published(edition: Listed) -> Listed:
    """Return an edition that was published. Raises UsageError for another."""
    if edition.state != "published":
        raise UsageError(f"{edition.slug} was told to nobody yet; a correction is for what was published")
    return edition


def _note(text: str) -> str:
    """Return a note as one line of plain text. Raises UsageError for none, one too long, or control characters."""
    if len(text) > _LONGEST:
        raise UsageError(f"--note has {len(text):,} characters; give at most {_LONGEST:,}")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and not sign.isspace() for sign in text):
        raise UsageError("--note holds control characters; give plain text")
    line = one_line(text)
    if not line:
        raise UsageError("--note is empty; say what was wrong and what is right")
    return line


def _sentence(issue: Issue, number: int | None, words: str) -> str:
    """Return the sentence that is meant, as it was told. Raises UsageError unless it is one."""
    where = f"their numbers: digest issues review {issue.slug}"
    told = [each.told for each in view(issue).sentences]
    if number is not None:
        if not 1 <= number <= len(told):
            raise UsageError(f"{issue.slug} has no sentence {number}, it has {len(told)}; {where}")
        return told[number - 1]
    wanted = one_line(words)
    found = list(dict.fromkeys(each for each in told if wanted and wanted in one_line(each)))
    exact = [each for each in found if one_line(each) == wanted]
    if len(exact or found) != 1:
        raise UsageError(f"{len(found)} sentences of {issue.slug} hold these words; give more, or --claim N; {where}")
    return (exact or found)[0]


def _correction(erratum: Erratum) -> Correction:
    return Correction(
        period=erratum.period,
        date=erratum.at,
        note=erratum.note,
        sentence=erratum.sentence,
        withdrawn=erratum.withdrawn,
    )


def _public(erratum: Erratum) -> Correction:
    """Return a correction as a later number tells it: what was withdrawn is not said again."""
    return _correction(erratum) if not erratum.withdrawn else _correction(replace(erratum, sentence=""))
