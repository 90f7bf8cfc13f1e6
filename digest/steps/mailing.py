"""Mail: an edition to the readers who chose it, each once."""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from digest.config import Config
from digest.deliver.address import one, sender_of
from digest.deliver.message import Letter, Template, fill, template
from digest.deliver.outbox import Parcel
from digest.deliver.pace import Pace
from digest.deliver.post import Sleep, send_all
from digest.deliver.smtp import Server, server_of
from digest.deliver.tokens import Tokens
from digest.domain.reader import Delivery
from digest.errors import ConfigError, UsageError
from digest.render.document import decode
from digest.steps.context import Context
from digest.steps.outbox import OneParcel, StoreOutbox, recipient
from digest.steps.review import remedy
from digest.store import deliveries
from digest.store import issues as stored
from digest.store.database import Database
from digest.store.deliveries import Edition
from digest.store.issues import Listed

_LOOK_BACK = timedelta(days=7)
_OPEN = ("waiting", "claimed", "deferred", "uncertain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What sending an edition came to.

    `queued` readers are new in this call, `counts` are all deliveries of the edition by state. `stopped` says why
    sending ended before all was tried, "" where it did not. `uncertain` are the addresses that may or may not have
    got it, `next_due` is when a deferred one may be tried again.
    """

    edition: Edition
    queued: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    stopped: str = ""
    uncertain: tuple[str, ...] = ()
    next_due: datetime | None = None

    @property
    def complete(self) -> bool:
        """Whether nobody waits and nobody is uncertain."""
        return not any(self.counts.get(state, 0) for state in _OPEN)


def told(report: Report) -> str:
    """Say on one line what sending an edition came to."""
    counts = ", ".join(f"{count} {state}" for state, count in sorted(report.counts.items())) or "nobody to send it to"
    stopped = f"; stopped: {report.stopped}" if report.stopped else ""
    uncertain = f"; uncertain: {', '.join(report.uncertain)}" if report.uncertain else ""
    return f"{report.edition.slug}: {counts}{stopped}{uncertain}"


def send(
    context: Context,
    edition: Edition,
    *,
    resume: bool = False,
    resend_uncertain: bool = False,
    subscribed_by: datetime | None = None,
    sleep: Sleep = time.sleep,
    stop: threading.Event | None = None,
) -> Report:
    """Send an edition to its confirmed readers who have not got it; the caller holds the lock of runs.

    `resume` queues nobody new. `resend_uncertain` also sends to those who may have it already. With `subscribed_by`
    only those are queued who chose the edition by then. Raises UsageError when there is no such edition in the output
    folder, ConfigError when mail is not configured.
    """
    server, message = server_of_config(context.config), _template(context, edition)
    with context.database.write() as tx:
        deliveries.abandon(tx, edition)
        if resend_uncertain:
            deliveries.retry_uncertain(tx, edition)
        queued = 0 if resume else deliveries.enqueue(tx, edition, subscribed_by)
    outbox = StoreOutbox(context, edition, message, tokens_of(context.config))
    mail = context.config.mail
    stopped = send_all(
        outbox,
        server,
        sender_of(mail.sender)[1],
        connections=mail.connections,
        pace=Pace(mail.rate_per_minute, mail.per_domain_per_minute),
        sleep=sleep,
        stop=stop,
    )
    return _report(context.database, edition, queued, stopped)


def send_to(context: Context, edition: Edition, address: str, *, sleep: Sleep = time.sleep) -> str:
    """Send one copy to one address and record nothing; return "" or what the server said. Its links lead nowhere.

    Raises UsageError for what is no address, and as `send` does.
    """
    to = one(address)
    server, message = server_of_config(context.config), _template(context, edition)
    content = partial(fill, message, recipient(context.config, tokens_of(context.config), _test(edition, to)))
    outbox = OneParcel(Parcel(delivery=0, address=to, content=content))
    stopped = send_all(outbox, server, sender_of(context.config.mail.sender)[1], connections=1, sleep=sleep)
    return stopped or next((posted.note for posted in outbox.done if posted.fate != "sent"), "")


def preview(context: Context, edition: Edition) -> tuple[int, bytes]:
    """Return how many readers `send` would queue or try now, and the message's bytes for a nobody; nothing is written.

    Raises as `send` does, but needs no mail server.
    """
    message = _template(context, edition)
    to = recipient(context.config, tokens_of(context.config), _test(edition, "reader@example.org"))
    with context.database.read() as tx:
        return deliveries.open_count(tx, edition), fill(message, to)


def send_waiting(context: Context, *, sleep: Sleep = time.sleep, stop: threading.Event | None = None) -> list[Report]:
    """Send what is due: the editions published in the last week to those who chose them by then, and the rest.

    What a crash left anywhere between publishing and sending is found here. Nothing happens, and the list is empty,
    where no mail server is configured or nobody waits.
    """
    if not context.config.mail.smtp_url:
        return []
    with context.database.write() as tx:
        for row in stored.listing(tx):
            since = _since(row)
            if row.state == "published" and context.now - _LOOK_BACK <= since <= context.now:
                edition = Edition(publication=row.publication, period=row.period, language=row.language)
                deliveries.enqueue(tx, edition, since)
        open_ = deliveries.unfinished(tx, context.now)
    return [_send_or_say(context, edition, sleep, stop) for edition in open_]


def server_of_config(config: Config) -> Server:
    """Return the mail server as configured. Raises ConfigError."""
    if not config.mail.smtp_url:
        raise ConfigError("[mail] smtp_url is not set; write it like smtp://user@host:587")
    return server_of(config.mail.smtp_url, os.environ.get(config.mail.password_env, ""))


def tokens_of(config: Config) -> Tokens:
    """Return the maker and reader of tokens. Raises ConfigError when the environment holds no good secret."""
    name = config.mail.secret_env
    return Tokens(os.environ.get(name, ""), name)


def _since(row: Listed) -> datetime:
    """Return since when an edition is for its readers: its date, or its approval where it was held while it was news.

    What was made of a past that nobody is sent any more is not sent because an editor let it go today.
    """
    if row.approved is None or row.held is None or row.held > row.date + _LOOK_BACK:
        return row.date
    return max(row.date, row.approved)


def _send_or_say(context: Context, edition: Edition, sleep: Sleep, stop: threading.Event | None) -> Report:
    try:
        return send(context, edition, resume=True, sleep=sleep, stop=stop)
    except UsageError as error:  # one edition's missing files must not hold up the others
        return _report(context.database, edition, 0, str(error))


def _template(context: Context, edition: Edition) -> Template:
    with context.database.read() as tx:
        row = stored.get(tx, edition.publication, edition.period, edition.language)
    if row is None:
        raise UsageError(f"{edition.slug} is not published; see: digest issues list")
    if row.state != "published":
        raise UsageError(f"{edition.slug} {remedy(row.state, edition.slug)}")
    issue = decode(row.document)
    folder = context.output / edition.slug
    try:
        html, text = ((folder / name).read_text("utf-8") for name in ("mail.html", "mail.txt"))
    except OSError as error:
        raise UsageError(f"{folder} holds no mail ({error.strerror}); run: digest site build") from error
    name, sender = sender_of(context.config.mail.sender)
    return template(
        Letter(
            subject=f"{issue.title} {issue.period}: {issue.headline}",
            sender_name=name or issue.title,
            sender=sender,
            date=context.now,
            text=text,
            html=html,
            language=edition.language,
            list_id=f"{edition.publication}.{edition.language}.{sender.rpartition('@')[2]}",
        )
    )


def _test(edition: Edition, address: str) -> Delivery:
    return Delivery(
        id=0,
        publication=edition.publication,
        period=edition.period,
        language=edition.language,
        subscriber=0,
        address=address,
        state="claimed",
    )


def _report(database: Database, edition: Edition, queued: int, stopped: str) -> Report:
    with database.read() as tx:
        uncertain = deliveries.listing(tx, edition, "uncertain")
        return Report(
            edition=edition,
            queued=queued,
            counts=deliveries.counts(tx, edition),
            stopped=stopped,
            uncertain=tuple(delivery.address for delivery in uncertain),
            next_due=deliveries.next_due(tx, edition),
        )
