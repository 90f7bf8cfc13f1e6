"""Write: a draft per language by the local engine; with a model, the first one in its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.domain.issue import Issue, Receipt
from digest.domain.score import Score
from digest.score.rank import reason_in
from digest.steps.cluster import Clustered
from digest.steps.context import Context, Target
from digest.steps.holds import against
from digest.steps.read import Reading
from digest.steps.targets import due_at
from digest.write import local
from digest.write.framing import framed, online_claims, shows
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

    A thread of which no thesis can be said is a weak one; a loose one then is none, and its stories stand in the
    remainder.
    """
    holds = against(reading.texts())
    languages = target.publication.languages
    frames = {thread.id: framed(thread, reading.facts, languages, holds) for thread in clustered.threads}
    said = {key for key, mine in frames.items() if shows(mine)}
    material = Material(
        publication=target.publication,
        period=target.period,
        date=due_at(target, context.zone),
        stories=clustered.choice.kept,
        threads=tuple(
            replace(thread, weak=thread.weak or thread.id not in said)
            for thread in clustered.threads
            if not thread.weak or thread.id in said
        ),
        scores=scores,
        facts=reading.facts,
        source_titles={source.slug: source.title for source in context.config.sources},
        read=reading.counts,
        receipt=read_receipt,
        frames=frames,
        online=online_claims(clustered.choice.kept, reading.facts, languages, holds),
        sample=context.sample,
    )
    order = plan(material)
    first, *others = (local.write(_in(material, language), order, language) for language in languages)
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


def _in(material: Material, language: str) -> Material:
    told = {
        key: replace(score, reason=reason_in(score, language, worded, listed=True))
        for key, score in material.scores.items()
    }
    return replace(material, scores=told)
