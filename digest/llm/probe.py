"""What `digest doctor` asks of a model server: its models, one tiny structured call, and what is missing."""

from dataclasses import dataclass

from digest.llm.answer import Trouble
from digest.llm.budget import price_of
from digest.llm.client import Model
from digest.llm.prompts import load
from digest.llm.wire import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What was found.

    `models` are the server's, [] where it does not list them; `missing` the configured ones that a listing lacks;
    `unpriced` those whose price nobody states, so that a dear one is reckoned with; `form` is how it structures answers
    ("json_schema", "json_object", "plain"), "" where the call failed, with the reason in `trouble`.
    """

    models: tuple[str, ...]
    missing: tuple[str, ...]
    unpriced: tuple[str, ...]
    form: str
    trouble: Trouble | None = None


async def probe(door: Model) -> Probe:
    """List the models of a server and try one tiny call. Give the door an empty cache, or nothing is tried."""
    settings = door.settings
    configured = sorted({settings.model_cheap, settings.model_best} - {""})
    models: list[str] = []
    trouble: Trouble | None = None
    try:
        models = await door.line.models()
    except Exception as error:  # noqa: BLE001  whatever stands behind the URL: the doctor says it and goes on
        trouble = door.redacted(translated(error).trouble)
    outcome = await door.ask(load("probe"), {})
    failed = outcome if isinstance(outcome, Trouble) else None
    return Probe(
        models=tuple(models),
        missing=tuple(name for name in configured if models and name not in models),
        unpriced=tuple(name for name in configured if price_of(name, settings).assumed),
        form="" if failed else door.line.form(settings.model_cheap or settings.model_best),
        trouble=failed or trouble,
    )
