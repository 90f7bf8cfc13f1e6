"""Score works by a model: one to five with a reason, each work judged where no other work's text can be seen.

A request holds one work by default. Whatever a text talks a model into then moves this text's own score alone; a batch
would let it move the scores of its neighbours, and would pay for all of them again when one of them changes. `batch`
above one is for servers that are dear per request; texts that seem to give orders still go alone then.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digest.domain.issue import Publication
from digest.domain.item import Work
from digest.domain.score import Score
from digest.llm.anchored import stray
from digest.llm.answer import Answer, Ask, Trouble, disarmed_note, shortened_note, told
from digest.llm.hostile import disarmed, has_link, orders
from digest.llm.parts import in_parts, shortened
from digest.llm.prompts import load

_NUDGE = 0.2  # of the local distance from 3: ranks works of equal stars, and is too little to change the stars
_MIDDLE = 3.0
_FARTHEST = 2.0  # stars
TEXT_CHARS = 12_000

_Asked = tuple[Sequence[Work], list[Answer] | Trouble]


async def rate(
    works: Sequence[Work], publication: Publication, ask: Ask, batch: int = 1, text_chars: int = TEXT_CHARS
) -> tuple[dict[str, Score], tuple[str, ...]]:
    """Return a model's overall score by work id, and sentences about the works that it could not score.

    A work without a usable score (unknown, double or missing id, a value outside 1..5) is missing from the result: the
    caller keeps its local one. `reason` is "" where the model's holds a link, a figure or a name that the work lacks.
    Texts are read up to `text_chars` characters and without sentences that give orders; both are said too.
    """
    calm = {work.id: disarmed(work.lead.text) for work in works}
    texts = {key: shortened(text, text_chars) for key, text in calm.items()}
    asked = await asyncio.gather(*(_asked(group, texts, publication, ask) for group in _groups(works, batch)))
    scores: dict[str, Score] = {}
    kinds: list[str] = []
    for group, outcome in (pair for pairs in asked for pair in pairs):
        read = {} if isinstance(outcome, Trouble) else _read(group, outcome)
        scores |= read
        kind = outcome.kind if isinstance(outcome, Trouble) else "malformed"
        kinds += [kind] * (len(group) - len(read))
    cut = sum(texts[key] != text for key, text in calm.items())
    hushed = sum(calm[work.id] != work.lead.text for work in works)
    notes = (*shortened_note("Scores", cut, text_chars), *disarmed_note("Scores", hushed))
    return scores, (*told("Scores", kinds), *notes)


def blend(model: Score, local: Score) -> Score:
    """Join a model's score with the local one: the model's stars and reason, ranked inside the stars by the local.

    The model moves a work two stars at most: what a text talks it into is bounded by what the rubric finds in the text.
    """
    nudge = max(-0.4, min(0.4, (local.value - _MIDDLE) * _NUDGE))
    value = max(local.value - _FARTHEST, min(local.value + _FARTHEST, model.value + nudge))
    return Score(
        item=model.item,
        criterion=model.criterion,
        value=max(1.0, min(5.0, value)),
        reason=model.reason or local.reason,
        engine=model.engine,
        parts=(model, local),
    )


def _groups(works: Sequence[Work], batch: int) -> Iterator[list[Work]]:
    """Yield the works by batch, in order; those whose text gives orders alone."""
    calm: list[Work] = []
    for work in works:
        if batch <= 1 or orders(f"{work.lead.title}\n{work.lead.text}"):
            yield [work]
        else:
            calm.append(work)
    for start in range(0, len(calm), max(1, batch)):
        yield calm[start : start + batch]


async def _asked(group: Sequence[Work], texts: Mapping[str, str], publication: Publication, ask: Ask) -> list[_Asked]:
    """Ask about a group; one that is too long is split into its works, a work into parts of its text."""
    if len(group) == 1:
        work = group[0]
        answers = await in_parts(lambda text: ask(load("rate"), _values([(work, text)], publication)), texts[work.id])
        return [(group, answers)]
    outcome = await ask(load("rate"), _values([(work, texts[work.id]) for work in group], publication))
    if isinstance(outcome, Answer):
        return [(group, [outcome])]
    if outcome.kind != "context":
        return [(group, outcome)]
    each = await asyncio.gather(*(_asked([work], texts, publication, ask) for work in group))
    return [pair for pairs in each for pair in pairs]


def _values(pairs: Sequence[tuple[Work, str]], publication: Publication) -> dict[str, Any]:
    return {
        "publication": publication.title("en"),
        "topics": list(publication.topics),
        "not_topics": list(publication.not_topics),
        "items": [{"id": w.id, "kind": w.lead.kind, "title": w.lead.title, "text": text} for w, text in pairs],
    }


def _read(group: Sequence[Work], answers: Sequence[Answer]) -> dict[str, Score]:
    """Bind entries to ids: an id not asked for is dropped, one told twice in an answer is trusted in neither form.

    A long text has an answer for each part: its best part says what the work is worth.
    """
    wanted = {work.id: work for work in group}
    best: dict[str, Score] = {}
    for answer in answers:
        entries = answer.data["scores"]
        ids = [entry["id"] for entry in entries]
        for entry in entries:
            work = wanted.get(entry["id"])
            if work is None or ids.count(work.id) > 1:
                continue
            score = _score(work, entry, answer.model)
            if work.id not in best or score.value > best[work.id].value:
                best[work.id] = score
    return best


def _score(work: Work, entry: Mapping[str, Any], model: str) -> Score:
    reason = entry["reason"]
    source = f"{work.lead.title}\n{work.lead.text}"
    sound = not has_link(reason, source) and not orders(reason) and not stray(reason, source)
    return Score(
        item=work.id,
        criterion="overall",
        value=float(entry["score"]),
        reason=reason if sound else "",
        engine=model,
    )
