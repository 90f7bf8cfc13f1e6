"""Estimate: what a model is going to cost for the targets, before anything is asked."""

from collections.abc import Iterator, Sequence

from digest.llm.budget import estimate as cost
from digest.llm.forecast import Volume, loads
from digest.steps.context import Context, Target
from digest.store import items

_SHORTLIST = 2
_LONGEST_TEXT = 12_000


def estimate(context: Context, targets: Sequence[Target]) -> Iterator[str]:
    """Yield what each step of each target is going to cost, and the sum, as lines; cached answers count in full."""
    if context.desk is None:
        yield "the local engine writes: nothing to pay"
        return
    total = 0.0
    for target in targets:
        for step in cost(loads(volume(context, target)), context.desk.model.settings):
            total += step.usd
            tokens = step.prompt_tokens + step.completion_tokens
            yield f"{target.name}: {step.step}: {step.calls} calls, {tokens} tokens, ${step.usd:.4f} ({step.model})"
    cap = context.config.llm.budget_usd_per_run
    yield f"at most ${total:.4f} in all; the cap of a run is ${cap:.2f}"


def volume(context: Context, target: Target) -> Volume:
    """Return how much a number is going to ask: works, texts, items told, threads, languages."""
    publication = target.publication
    with context.database.read() as tx:
        found = items.between(tx, target.period.start, target.period.end, publication.kinds)
    told = min(publication.max_items, len(found))
    texts = [min(len(item.text), _LONGEST_TEXT) for item in found]
    return Volume(
        works=min(len(found), _SHORTLIST * publication.max_items),
        text_chars=sum(texts) // max(1, len(texts)),
        told=told,
        threads=min(publication.threads[1], told // 2),
        languages=len(publication.languages),
    )
