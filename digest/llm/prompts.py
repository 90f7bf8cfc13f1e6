"""The prompts: Markdown files with a TOML head, a sandboxed body, and a hash that is stored with each answer.

The head, between two lines of +++, holds purpose, tier ("cheap" or "best"), temperature, max_tokens (of one answer),
schema (JSON Schema of the answer, as JSON text) and example (values with which the body renders, as JSON text). The
body is what the model is told of its task, a line ---, and what it is given: {{ source(item) }}.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from digest.errors import ConfigError
from digest.llm.decode import unknown_keywords
from digest.llm.hostile import marked
from digest.packed import packed

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

Tier = Literal["cheap", "best"]
_FILE = re.compile(r"\A\+\+\+\n(?P<head>.*?)\n\+\+\+\n(?P<system>.*?)\n---\n(?P<user>.*)\Z", re.DOTALL)
_KEYS = frozenset({"purpose", "tier", "temperature", "max_tokens", "schema", "example"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt. `hash` is the SHA-256 of the whole file, hex; `system` and `user` are Jinja templates."""

    name: str
    purpose: str
    tier: Tier
    temperature: float
    max_tokens: int
    schema: Mapping[str, Any]
    example: Mapping[str, Any]
    system: str
    user: str
    hash: str


@cache
def load(name: str, folder: Path | None = None) -> Prompt:
    """Read prompts/<name>.md. Raises ConfigError, naming the file and what is wrong in it."""
    path = (folder or packed("prompts")) / f"{name}.md"
    try:
        return parse(name, path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"prompt {path}: {error}; compare it with the packaged one") from error


def parse(name: str, text: str) -> Prompt:
    """Read a prompt's text. Raises ValueError or KeyError."""
    match = _FILE.match(text.replace("\r\n", "\n"))
    if match is None:
        raise ValueError("it needs a head between two lines of +++ and a line --- between task and material")
    head = tomllib.loads(match["head"])
    if set(head) != _KEYS:
        raise ValueError(f"its head must hold exactly {', '.join(sorted(_KEYS))}")
    if head["tier"] not in {"cheap", "best"}:
        raise ValueError(f"tier {head['tier']!r} is neither cheap nor best")
    return Prompt(
        name=name,
        purpose=head["purpose"],
        tier=head["tier"],
        temperature=float(head["temperature"]),
        max_tokens=int(head["max_tokens"]),
        schema=json.loads(head["schema"]),
        example=json.loads(head["example"]),
        system=match["system"].strip(),
        user=match["user"].strip(),
        hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def render(prompt: Prompt, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the task and the material, filled. Raises jinja2.TemplateError when a value is missing."""
    return _filled(prompt.system, values), _filled(prompt.user, values)


def listing(folder: Path | None = None) -> tuple[Prompt, ...]:
    """Return all prompts, by name."""
    return tuple(load(path.stem, folder) for path in sorted((folder or packed("prompts")).glob("*.md")))


def check(folder: Path | None = None) -> tuple[str, ...]:
    """Return what is wrong with the prompts, a line each; nothing when all render and have schemas we check."""
    faults = []
    for path in sorted((folder or packed("prompts")).glob("*.md")):
        try:
            faults += [f"{path.name}: {fault}" for fault in _faults(load(path.stem, folder))]
        except ConfigError as error:
            faults.append(f"{path.name}: {error}")
    return tuple(faults)


def _faults(prompt: Prompt) -> list[str]:
    from jinja2 import TemplateError  # noqa: PLC0415  loaded with the first prompt, not with the command line

    faults = [f"schema keyword {word} is not checked" for word in unknown_keywords(prompt.schema)]
    if prompt.schema.get("type") != "object":
        faults.append("the schema is not of type object")
    try:
        render(prompt, prompt.example)
    except TemplateError as error:
        faults.append(f"does not render with its example: {error}")
    return faults


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return _compiled(template).render(**values).strip()


@lru_cache(maxsize=64)
def _compiled(template: str) -> "Template":
    return _environment().from_string(template)


@lru_cache(maxsize=1)
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # noqa: PLC0415  the same
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415  the same

    # No autoescaping: this is no HTML, and `source` marks off what is a stranger's.
    environment = SandboxedEnvironment(
        autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["source"] = marked
    return environment
