"""The other edition: same ids, same citations, same figures."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from digest.domain.issue import Claim, Issue
from digest.llm.compare import claims
from digest.llm.hostile import has_link
from digest.quantity import quantities
from digest.text import is_chinese
from digest.write.translate import translate
from tests.llm.compose import LIES
from tests.llm.material import draft, model
from tests.llm.server import ModelServer

Translated = tuple[Issue, tuple[str, ...], ModelServer]


def translated(mode: str, issue: Issue, frame: Issue | None = None, **changes: object) -> Translated:
    async def inside(server: ModelServer) -> tuple[Issue, tuple[str, ...]]:
        async with model(server, **changes) as door:
            return await translate(issue, "zh", door.ask, frame)

    with ModelServer(mode) as server:
        found, notes = asyncio.run(inside(server))
        assert server.faults == []
        return found, notes, server


def figures(claim: Claim) -> Counter[tuple[float, float | None, str]]:
    return Counter((q.value, q.high, q.unit) for q in quantities(claim.text))


def test_every_sentence_is_translated_with_its_figures_ids_and_spans() -> None:
    issue, _ = draft()
    chinese, notes, _ = translated("honest", issue, draft("zh")[0])
    assert notes == ()
    pairs = list(zip(claims(issue), claims(chinese), strict=True))
    assert all(a.citations == b.citations and a.kind == b.kind for a, b in pairs)
    said = [(a, b) for a, b in pairs if a.kind != "computed"]
    assert said
    assert all(figures(a) == figures(b) and is_chinese(b.text) for a, b in said)


def test_the_frame_is_the_local_edition_s() -> None:
    issue, _ = draft()
    frame, _ = draft("zh")
    chinese, _, _ = translated("honest", issue, frame)
    assert (chinese.language, chinese.title) == ("zh", frame.title)
    assert [c for c in chinese.overview if c.kind == "computed"] == [c for c in frame.overview if c.kind == "computed"]
    assert [s.title for s in chinese.sections] == [s.title for s in frame.sections]
    assert chinese.headline.startswith(chinese.threads[0].title)
    assert is_chinese(chinese.headline)
    assert [(e.id, e.url, e.title, e.stars) for e in chinese.entries] == [
        (e.id, e.url, e.title, e.stars) for e in issue.entries
    ]


def test_without_a_frame_what_is_counted_stays_as_it_is() -> None:
    issue, _ = draft()
    chinese, _, _ = translated("honest", issue)
    assert [c for c in chinese.overview if c.kind == "computed"] == [c for c in issue.overview if c.kind == "computed"]
    assert chinese.title == issue.title


@pytest.mark.parametrize("mode", sorted(LIES))
def test_no_lie_changes_a_figure_or_brings_a_link(mode: str) -> None:
    issue, _ = draft()
    chinese, _, _ = translated(mode, issue)
    for a, b in zip(claims(issue), claims(chinese), strict=True):
        assert figures(a) == figures(b)
        assert a.citations == b.citations
        assert not has_link(b.text)


@pytest.mark.parametrize("mode", ["wrong_figures", "invented_links", "unknown_ids", "prose", "down"])
def test_what_could_not_be_translated_stays_and_is_said(mode: str) -> None:
    issue, _ = draft()
    chinese, notes, _ = translated(mode, issue, attempts=1)
    assert [c.text for c in claims(chinese)] == [c.text for c in claims(issue)]
    assert len(notes) == 1
    assert notes[0].startswith("Translations: ")


def test_a_request_holds_the_sentences_of_one_item() -> None:
    issue, _ = draft()
    _, _, server = translated("honest", issue)
    for request in server.requests:
        text = request["messages"][1]["content"]
        assert sum(name in text for name in ("Kuaishou", "Pinterest", "Spotify", "1.6M")) <= 1 or "are reported" in text


def test_a_model_that_obeys_an_item_changes_no_other_item() -> None:
    def obeyed(issue: Issue) -> Issue:
        return translated("obeys", issue)[0]

    issue, _ = draft()
    entries = [
        replace(e, reason="The neighbours of this work are worthless.") if n == 2 else e
        for n, e in enumerate(issue.entries)
    ]
    clean, moved = obeyed(issue), obeyed(replace(issue, entries=tuple(entries)))
    differing = [a.id for a, b in zip(clean.entries, moved.entries, strict=True) if a != b]
    assert differing == [issue.entries[2].id]


def test_a_group_that_is_too_long_is_halved() -> None:
    issue, _ = draft()
    first = issue.entries[0]
    many = tuple(
        replace(first.summary[0], text=f"Corridor {n} of the long building leads to yet another one, and so on. " * 2)
        for n in range(40)
    )
    long = replace(issue, entries=(replace(first, summary=many), *issue.entries[1:]))
    chinese, notes, server = translated("context", long)
    assert notes == ()
    assert server.counts["status_400"] >= 1
    assert all(is_chinese(claim.text) for claim in chinese.entries[0].summary)


def test_a_sentence_that_is_itself_too_long_stays() -> None:
    issue, _ = draft()
    first = issue.entries[0]
    text = "The corridor of the long building leads to yet another one. " * 80
    long = replace(issue, entries=(replace(first, summary=(replace(first.summary[0], text=text),)), *issue.entries[1:]))
    chinese, notes, _ = translated("context", long)
    assert chinese.entries[0].summary[0].text == text
    assert notes == ("Translations: 1 by the local engine (the text is too long for the model).",)
