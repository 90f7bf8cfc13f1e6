"""Rate: what an editor says of items, kept in the store; runs that come later learn from it."""

from typing import Literal

from digest.domain.item import Item
from digest.domain.score import Rating
from digest.errors import UsageError
from digest.steps.context import Context
from digest.store import items, ratings
from digest.store.ratings import Rated


def rate(context: Context, text: str, value: Literal[1, -1], publication: str = "") -> list[Rated]:
    """Keep a rating of an item for one publication ("": for all) in place of the one before; return it.

    `text` is the item's id, number or URL. An item that is gone keeps its rating, and can be rated anew by its id.
    Raises UsageError when neither an item nor a rating is known by it.
    """
    with context.database.write() as tx:
        found = items.find(tx, text)
        rating = _of_item(found, value) or _again(ratings.all(tx), text, value)
        for voice in found:  # one rating of a work, whichever of its voices was meant
            ratings.remove(tx, voice.id, publication)
        ratings.save(tx, rating, context.now, publication)
    return [Rated(rating=rating, when=context.now, publication=publication)]


def take_back(context: Context, text: str, publication: str = "") -> list[Rated]:
    """Remove the rating of an item for one publication ("": the one for all); return it as it was.

    Raises UsageError when there is none.
    """
    with context.database.write() as tx:
        names = {text.strip(), *(item.id for item in items.find(tx, text))}
        found = [r for r in ratings.all(tx) if r.rating.id in names and r.publication == publication]
        for each in found:
            ratings.remove(tx, each.rating.id, publication)
    if not found:
        raise UsageError(
            f"no rating of {text!r} for {publication or 'all publications'}; see: digest issues rate --list"
        )
    return found


def rated(context: Context, publication: str = "") -> list[Rated]:
    """List the ratings given until now, the oldest first: all, or those that count for one publication."""
    with context.database.read() as tx:
        return ratings.all(tx, publication or None, until=context.now)


def _of_item(found: list[Item], value: Literal[1, -1]) -> Rating | None:
    if not found:
        return None
    item = max(found, key=lambda each: (len(each.text), each.id))
    return Rating(id=item.id, kind=item.kind, title=item.title, text=item.text, rating=value)


def _again(known: list[Rated], text: str, value: Literal[1, -1]) -> Rating:
    """Turn a rating of an item that is gone. Raises UsageError when there is none either."""
    for each in known:
        if each.rating.id == text.strip():
            old = each.rating
            return Rating(id=old.id, kind=old.kind, title=old.title, text=old.text, rating=value)
    raise UsageError(f"no item {text!r} in the store; give its id, arXiv number or URL, or: digest search WORDS")
