"""Calm: a stranger's words without those that order a model about, before anything is judged by them.

Left in a text they would do more than talk to the model: fifty items with the same sentence look alike, fall together
as one story, and so move what stands beside them. The items in the store stay as their source gave them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from digest.domain.item import Item
from digest.llm.answer import disarmed_note
from digest.llm.hostile import disarmed
from digest.steps.context import Context
from digest.store.articles import Article

Told = TypeVar("Told", Item, Article)


def calm(context: Context, part: str, found: Sequence[Told]) -> list[Told]:
    """Return items or pages without sentences that give orders, and note how many had some; as they are with no model.

    `part` is what the note calls them.
    """
    if context.desk is None:
        return list(found)
    texts = [disarmed(each.text) for each in found]
    context.desk.notes += disarmed_note(part, sum(t != each.text for t, each in zip(texts, found, strict=True)))
    return [each if t == each.text else replace(each, text=t) for t, each in zip(texts, found, strict=True)]
