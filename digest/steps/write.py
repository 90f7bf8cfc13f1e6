"""Write: a draft per language by the local engine; with a model, the first one in its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.domain.issue import Claim, Issue, Receipt
from digest.domain.score import Score
from digest.score.rank import reason_in
from digest.steps.cluster import Clustered
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.steps.targets import due_at
from digest.verify.framing import check_framing
from digest.verify.verdicts import check
from digest.write import local
from digest.write.framing import Holds, shows
from digest.write.narrate import narrate
from digest.write.plan import Material, plan
from digest.write.vocabulary import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The local engine's drafts, one per language, and the first of them as a model tells it, None without one."""

    drafts: tuple[Issue, ...]
    told: Issue | None = None


def write(
    context: Context,
    target: Target,
    reading: Reading,
    scores: Mapping[str, Score],
    clustered: Clustered,
    read_receipt: Receipt,
) -> Written:
    """Write the drafts of a number in the publication's languages, in their order.

    A loose thread of which nothing can be shown is none: its stories stand in the remainder.
    """
    holds = _against(reading.texts())
    languages = target.publication.languages
    material = Material(
        publication=target.publication,
        period=target.period,
        date=due_at(target, context.zone),
        stories=clustered.choice.kept,
        threads=tuple(
            thread
            for thread in clustered.threads
            if not thread.weak or all(shows(thread, reading.facts, language, holds) for language in languages)
        ),
        scores=scores,
        facts=reading.facts,
        source_titles={source.slug: source.title for source in context.config.sources},
        read=reading.counts,
        receipt=read_receipt,
        sample=context.sample,
    )
    order = plan(material)
    first, *others = (local.write(_in(material, language), order, language, holds) for language in languages)
    drafts = _noted(context, (first, *others))
    return Written(drafts=drafts, told=_narrated(context, drafts[0], reading))


def _noted(context: Context, drafts: Sequence[Issue]) -> tuple[Issue, ...]:
    """Name in the local drafts why no model is asked, where one was to be."""
    desk = context.desk
    if desk is None or not desk.plan.local:
        return tuple(drafts)
    return tuple(replace(draft, engine_notes=(*desk.notes, *draft.engine_notes)) for draft in drafts)


def _narrated(context: Context, draft: Issue, reading: Reading) -> Issue | None:
    """Let the model, where there is one, tell the draft; what stays the local engine's is named."""
    desk = context.desk
    if desk is None or desk.plan.local:
        return None
    context.say("narrate", draft.slug)
    issue, notes = desk.run(narrate(draft, reading.texts(), desk.ask, desk.plan.text_chars))
    before, desk.notes = tuple(desk.notes), []
    return replace(issue, engine_notes=(*before, *notes))


def _against(texts: Mapping[str, str]) -> Holds:
    """Check what is said of several works by the very rules that the issue is verified by."""

    def holds(claim: Claim) -> bool:
        if claim.kind == "framing":
            return check_framing(claim, texts).name == "supported"
        cited = {citation.item: texts.get(citation.item, "") for citation in claim.citations}
        return check(claim.text, cited).name == "supported"

    return holds


def _in(material: Material, language: str) -> Material:
    told = {key: replace(score, reason=reason_in(score, language, worded)) for key, score in material.scores.items()}
    return replace(material, scores=told)
