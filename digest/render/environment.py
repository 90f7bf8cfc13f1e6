"""The template engine: escapes everything, knows the wording, and lets a theme put its own templates in front."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, select_autoescape
from markupsafe import Markup

from digest.packed import packed
from digest.render import wording


@lru_cache(maxsize=8)
def environment(theme: str = "") -> Environment:
    """Return the engine. `theme` is a folder whose templates and theme.css take precedence, or ""."""
    folders = [Path(theme)] if theme else []
    engine = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, packed("templates"))]),
        autoescape=select_autoescape(default=True, default_for_string=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.globals |= {
        "t": wording.phrase,
        "count": wording.count,
        "day": wording.day,
        "period_name": wording.period,
        "short_period": wording.short_period,
        "html_language": wording.html_language,
        "language_name": wording.language_name,
        "parenthesis": wording.parenthesis,
        "asset": lambda name: Markup(asset(theme, name)),  # noqa: S704  the project's own files
        "asset_hash": lambda name: source_hash(asset(theme, name)),
    }
    return engine


def template_for(theme: str, publication: str, name: str) -> str:
    """Return the name of a publication's own template where its folder has one, else the common one."""
    own = f"{publication}/{name}"
    return own if own in _names(theme) else name


@lru_cache(maxsize=64)
def asset(theme: str, name: str) -> str:
    """Return a style sheet or script that goes into the page; the theme's theme.css follows the own style sheet.

    Raises jinja2.TemplateNotFound for a name that does not exist.
    """
    engine = environment(theme)
    text = _source(engine, f"assets/{name}")
    if name == "style.css" and theme and (Path(theme) / "theme.css").is_file():
        text += "\n" + (Path(theme) / "theme.css").read_text("utf-8")
    return text.replace("</", "<\\/")


def source_hash(text: str) -> str:
    """Return the hash by which a Content-Security-Policy names an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=8)
def _names(theme: str) -> frozenset[str]:
    return frozenset(environment(theme).list_templates())


def _source(engine: Environment, name: str) -> str:
    if engine.loader is None:  # pragma: no cover  environment() always sets one
        raise TemplateNotFound(name)
    return engine.loader.get_source(engine, name)[0]
