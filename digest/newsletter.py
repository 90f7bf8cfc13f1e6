"""Readers, from sign-up to erasure; sending itself is digest.steps.mailing."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from digest.config import Config
from digest.deliver.address import normal, one, sender_of
from digest.deliver.message import Letter, Recipient, fill, template
from digest.deliver.outbox import Parcel
from digest.deliver.post import send_all
from digest.deliver.tokens import CONFIRM_WITHIN
from digest.domain.reader import Subscriber, SubscriberState
from digest.errors import DeliveryError, UsageError
from digest.steps.context import Context
from digest.steps.mailing import Report, preview, send, send_to, send_waiting, server_of_config, tokens_of
from digest.steps.outbox import OneParcel, link
from digest.store import deliveries, readers
from digest.store.readers import Choice, Exported, Imported

__all__ = [
    "Preferences", "Report", "SignUp", "add", "bring", "choices_of", "choose", "chosen", "confirm", "erase",
    "export_csv", "leave", "preferences", "preview", "read_csv", "send", "send_to", "send_waiting", "sign_up", "wish",
]  # fmt: skip

SignUp = Literal["sent", "bad address", "bad choice"]
_COLUMNS = ("address", "state", "choices")
_SUBJECT = {"en": "Please confirm your subscription", "zh": "请确认订阅"}
_WORDS = {
    "en": """Somebody, probably you, asked to get this by mail:

{titles}

To confirm, open this page within three days and press the button:
{url}

If it wasn't you, do nothing: no further mail will come.
""",
    "zh": """有人（应该是您本人）申请通过邮件订阅：

{titles}

请在三天内打开以下页面并点击按钮确认：
{url}

如非本人操作，请忽略本邮件，不会再有邮件发出。
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """A confirmed reader's choices, and all that one can choose."""

    subscriber: Subscriber
    chosen: frozenset[Choice]
    offered: tuple[Choice, ...]


def choices_of(config: Config) -> tuple[Choice, ...]:
    """List what one can subscribe to: each publication in each of its languages, in their order."""
    return tuple(
        (publication.slug, language) for publication in config.publications for language in publication.languages
    )


def sign_up(context: Context, address: str, choices: Sequence[Choice], language: str = "en") -> SignUp:
    """Send a confirmation to an address; nothing else happens until its link is followed and the button pressed.

    Addresses whose confirmations can't be followed any more are forgotten here.
    The outcome is the same for an address that is known, so that nobody learns who reads. One that complained or
    bounced gets nothing. Raises DeliveryError when the mail server does not take the confirmation.
    """
    found = normal(address)
    if found is None:
        return "bad address"
    wanted = tuple(choice for choice in choices_of(context.config) if choice in set(choices))
    if not wanted or len(wanted) != len(set(choices)):
        return "bad choice"
    tokens = tokens_of(context.config)
    with context.database.write() as tx:
        readers.purge(tx, context.now - CONFIRM_WITHIN)
        reader = readers.add(tx, found, context.now)
    if reader.state != "suppressed":
        _ask(context, reader, tokens.confirm(reader.id, wanted, context.now), wanted, language)
    return "sent"


def wish(context: Context, token: str) -> tuple[Choice, ...] | None:
    """Return what a confirmation's token would subscribe to, None for a forged or old one; nothing changes."""
    found = tokens_of(context.config).read_confirm(token, context.now)
    return found.choices if found else None


def confirm(context: Context, token: str) -> Subscriber | None:
    """Confirm a subscription; None for a token that is forged or too old, or a reader who has left since."""
    found = tokens_of(context.config).read_confirm(token, context.now)
    if found is None:
        return None
    with context.database.write() as tx:
        return readers.confirm(tx, found.subscriber, found.choices, context.now)


def leave(context: Context, token: str, *, everything: bool = False) -> bool:
    """End the subscription that a mail came from, or all of its reader's; False for a forged token.

    Twice is as once.
    """
    number = tokens_of(context.config).read_number("unsubscribe", token)
    if number is None:
        return False
    with context.database.write() as tx:
        delivery = deliveries.get(tx, number)
        if delivery is not None:
            choice = None if everything else (delivery.publication, delivery.language)
            readers.unsubscribe(tx, delivery.subscriber, choice)
    return True  # also for the link of a test message, which is nobody's


def subscription_of(context: Context, token: str) -> Choice | None:
    """Return which subscription `leave` would end, None for a forged token or a test message; nothing changes."""
    number = tokens_of(context.config).read_number("unsubscribe", token)
    with context.database.read() as tx:
        delivery = deliveries.get(tx, number) if number else None
    return (delivery.publication, delivery.language) if delivery else None


def preferences(context: Context, token: str) -> Preferences | None:
    """Return a confirmed reader's choices, None for a forged token or one who has left."""
    number = tokens_of(context.config).read_number("preferences", token)
    with context.database.read() as tx:
        reader = readers.get(tx, number) if number else None
        if reader is None or reader.state != "confirmed":
            return None
        chosen = frozenset((each.publication, each.language) for each in readers.subscriptions(tx, reader.id))
    return Preferences(subscriber=reader, chosen=chosen, offered=choices_of(context.config))


def choose(context: Context, token: str, choices: Sequence[Choice]) -> bool:
    """Replace a reader's choices; without any they are unsubscribed. False for a forged token or one who has left."""
    number = tokens_of(context.config).read_number("preferences", token)
    if number is None or not set(choices) <= set(choices_of(context.config)):
        return False
    with context.database.write() as tx:
        return readers.choose(tx, number, choices, context.now)


def chosen(config: Config, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices, or all that there is for none. Raises UsageError for one that there is not."""
    offered = choices_of(config)
    if unknown := sorted(set(choices) - set(offered)):
        raise UsageError(
            f"no publication {unknown[0][0]!r} in {unknown[0][1]!r}; see [[publication]] in {config.origin}"
        )
    return tuple(choices) or offered


def add(context: Context, address: str, choices: Sequence[Choice] = ()) -> Subscriber:
    """Take in a reader whose consent the editor has, with all that there is or some choices.

    Raises UsageError for what is no address, an unknown choice, and an address that left or bounced.
    """
    found, wanted = one(address), chosen(context.config, choices)
    with context.database.write() as tx:
        taken = readers.bring(tx, [Exported(address=found, state="confirmed", choices=wanted)], context.now)
        reader = readers.by_address(tx, found)
    if taken.refused or reader is None:
        raise UsageError(f"{found} has left or refuses mail; only a sign-up of their own brings them back")
    return reader


def erase(context: Context, address: str) -> bool:
    """Forget a person; only a hash stays, so that no import brings the address back. False for an unknown one."""
    with context.database.write() as tx:
        return readers.erase(tx, normal(address) or address)


def export_csv(context: Context) -> str:
    """Return all subscribers as CSV: address, state, choices ("recsys-weekly:en ai-weekly:zh")."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    with context.database.read() as tx:
        for reader in readers.export(tx):
            writer.writerow((_unformula(reader.address), reader.state, " ".join(":".join(c) for c in reader.choices)))
    return out.getvalue()


def read_csv(config: Config, text: str) -> tuple[list[Exported], list[str]]:
    """Read readers whose consent the editor has, and say which lines could not be read.

    Columns as `export_csv` writes them; without state a reader counts as confirmed, without choices as wanting all.
    Raises UsageError where the first line does not name them.
    """
    offered = choices_of(config)
    taken: list[Exported] = []
    faults: list[str] = []
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "address" not in (rows.fieldnames or ()):
        raise UsageError(f"the first line must name the columns: {','.join(_COLUMNS)}")
    for row in rows:
        reader = _imported(row, offered)
        if isinstance(reader, str):
            faults.append(f"line {rows.line_num}: {reader}")
        else:
            taken.append(reader)
    return taken, faults


def bring(context: Context, taken: Sequence[Exported]) -> Imported:
    """Take readers in; return the counts."""
    with context.database.write() as tx:
        return readers.bring(tx, taken, context.now)


def _imported(row: dict[str, str | None], offered: Sequence[Choice]) -> Exported | str:
    address = normal((row.get("address") or "").removeprefix("'"))
    if address is None:
        return f"{row.get('address')!r} is no e-mail address"
    chosen = [tuple(word.split(":", 1)) for word in (row.get("choices") or "").split()]
    known = tuple(choice for choice in offered if choice in chosen)
    if len(known) != len(set(chosen)):
        return f"unknown publication or language in {row.get('choices')!r}"
    state: SubscriberState = "confirmed" if (row.get("state") or "confirmed") == "confirmed" else "unsubscribed"
    return Exported(address=address, state=state, choices=known or tuple(offered))


def _unformula(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@" else cell  # a spreadsheet would compute it


def _ask(context: Context, reader: Subscriber, token: str, choices: Sequence[Choice], language: str) -> None:
    config = context.config
    language = language if language in _WORDS else "en"
    titles = "\n".join(f"  {config.publication(slug).title(of)} ({of})" for slug, of in choices)
    name, sender = sender_of(config.mail.sender)
    letter = Letter(
        subject=_SUBJECT[language],
        sender_name=name,
        sender=sender,
        date=context.now,
        text=_WORDS[language].format(titles=titles, url=link(config, "confirm", token)),
        language=language,
    )
    to = Recipient(address=reader.address, number=f"confirm.{reader.id}.{int(context.now.timestamp())}")
    outbox = OneParcel(Parcel(delivery=0, address=reader.address, content=lambda: fill(template(letter), to)))
    stopped = send_all(outbox, server_of_config(config), sender, connections=1, sleep=_hurry)
    trouble = stopped or next((posted.note for posted in outbox.done if posted.fate not in {"sent", "refused"}), "")
    if trouble:
        raise DeliveryError(f"the confirmation could not be sent: {trouble}")


def _hurry(_seconds: float) -> None:
    """Not wait: somebody looks at an empty page meanwhile."""
