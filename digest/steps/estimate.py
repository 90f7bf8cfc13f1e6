"""Estimate: what a model is going to cost for the targets, before anything is asked; and when it is to stop."""

from collections.abc import Iterator, Sequence

from digest.llm.budget import choose, price_of
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
    settings, total = context.desk.model.settings, 0.0
    volumes = [volume(context, target) for target in targets]
    for target, each in zip(targets, volumes, strict=True):
        for step in cost(loads(each), settings):
            total += step.usd
            tokens = step.prompt_tokens + step.completion_tokens
            yield f"{target.name}: {step.step}: {step.calls} calls, {tokens} tokens, ${step.usd:.4f} ({step.model})"
    for model in sorted({settings.model_cheap, settings.model_best} - {""}):
        price = price_of(model, settings)
        doubt = "; nobody states its price, so a dear one is taken" if price.assumed else ""
        yield f"{model}: ${price.prompt:g} and ${price.completion:g} for a million tokens asked and answered{doubt}"
    if not any(each.works for each in volumes):
        yield "the store has nothing of it yet, and the estimate counts what it has; run: digest collect"
    llm, left = context.config.llm, context.desk.model.budget.left
    yield (
        f"about ${total:.4f} in all; the cap of a run is ${llm.budget_usd_per_run:.2f}, that of a month "
        f"${llm.budget_usd_per_month:.2f}; ${left or 0.0:.2f} may be spent now"
    )
    given_up = choose([load for each in volumes for load in loads(each)], settings, left).given_up
    if given_up:
        yield f"to stay below it a run would give up: {given_up}"


def expect(context: Context, targets: Sequence[Target]) -> float:
    """Let the numbers of a run share its budget; return what they cost by estimate, in US dollars."""
    if context.desk is None:
        return 0.0
    reckoned = context.desk.expect([volume(context, target) for target in targets])
    context.say("estimate", f"about ${reckoned:.2f} for the model")
    return reckoned


def stops(context: Context) -> str:
    """Return why the number at work must not be published, "" where the local engine may stand in."""
    desk, config = context.desk, context.config
    if desk is None or config.llm.on_budget != "stop":
        return ""
    if desk.over_budget:
        return "the model's budget is spent; raise [llm] budget_usd_per_run or budget_usd_per_month"
    trouble = desk.out_of_reach if config.digest.engine == "openai" else ""
    return f"no model answered ({trouble}); run: digest doctor" if trouble else ""


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
