"""Doors tried: does the model's server answer, does the mail server; what `digest doctor` says of them."""

import asyncio
import os
from dataclasses import dataclass, replace
from datetime import datetime

from digest.config import MailTable
from digest.deliver.smtp import Line, said, server_of
from digest.errors import ConfigError
from digest.llm.answer import Trouble
from digest.llm.cache import Answers, StoredAnswer
from digest.llm.client import Model
from digest.llm.probe import Probe, probe
from digest.steps.context import Context

State = tuple[str, str]
_PATIENCE_S = 20.0
_NAMED = 20  # models of a server


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A cache that remembers nothing, so that the server is asked, but knows and keeps what was paid."""

    paid: Answers

    def get(self, model: str, prompt_hash: str, input_hash: str) -> StoredAnswer | None:  # noqa: ARG002  Answers' own
        """Return None."""
        return None

    def put(self, answer: StoredAnswer) -> None:
        """Keep an answer and its payment."""
        self.paid.put(answer)

    def spent(self, since: datetime) -> float:
        """Sum the US dollars paid at or after an instant."""
        return self.paid.spent(since)


def model(context: Context, answers: Answers) -> State:
    """List a server's models and try one tiny structured call; the call is paid for and counts for the month."""
    llm = context.config.llm
    if context.desk is None:
        return "ok", f"the local engine writes; set [llm] base_url or {llm.api_key_env} for a model"
    settings = context.desk.model.settings
    brief = replace(settings, timeout_s=min(settings.timeout_s, _PATIENCE_S), attempts=2)
    door = Model(brief, _Fresh(answers), now=context.now, forbidden=context.forbidden)
    return verdict(asyncio.run(_probed(door)), brief.base_url)


def verdict(found: Probe, server: str) -> State:
    """Say what a probe found: "ok", a "note" where calls are forbidden or unpaid, else "wrong" with what is missing."""
    listed = [*found.models[:_NAMED], *([f"and {len(found.models) - _NAMED} more"] if found.models[_NAMED:] else [])]
    has = f"{server} has {', '.join(listed)}" if listed else f"{server} lists no models"
    if found.missing:
        return "wrong", f"no model {' or '.join(found.missing)}: {has}; set [llm] model_cheap and model_best"
    if isinstance(found.trouble, Trouble) and not found.form:
        kind = found.trouble.kind
        state = "note" if kind in {"forbidden", "budget"} else "wrong"
        return state, f"{server}: {kind}: {found.trouble.message}{_REMEDIES.get(kind, '')}"
    doubt = f"; nobody states the price of {' and '.join(found.unpriced)}" if found.unpriced else ""
    return "ok", f"answered as asked ({found.form}); {has}{doubt}"


def mail(table: MailTable) -> State:
    """Connect to the mail server, greet it, log in where there is a user, and go; no mail is sent."""
    if not table.smtp_url:
        return "note", "no [mail] smtp_url: nothing is sent"
    try:
        server = replace(server_of(table.smtp_url, os.environ.get(table.password_env, "")), timeout_s=_PATIENCE_S)
        Line(server).close()
    except ConfigError as error:
        return "wrong", str(error)
    except OSError as error:  # smtplib's own are among them
        return (
            "wrong",
            f"{table.smtp_url.split('@')[-1]}: {said(error)}; check [mail] smtp_url and {table.password_env}",
        )
    if not os.environ.get(table.secret_env):
        return "wrong", f"{table.secret_env} is not set: links in mails can't be signed"
    return "ok", f"{table.smtp_url.split('@')[-1]} answers{' and lets us in' if server.user else ''}"


async def _probed(door: Model) -> Probe:
    async with door:
        return await probe(door)


_REMEDIES = {
    "unavailable": "; check [llm] base_url, and that the server runs",
    "unauthorised": "; check the key in the variable of [llm] api_key_env",
    "unknown model": "; set [llm] model_cheap and model_best",
    "malformed": "; the model can't give structured answers: choose another one",
}
