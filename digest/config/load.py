"""Read config.toml and the environment into one frozen Config."""

import os
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints
from zoneinfo import ZoneInfo

from digest.config.tables import (
    AlertTable,
    ArxivTable,
    Config,
    DigestTable,
    FetchTable,
    GithubTable,
    HfTable,
    Hook,
    LlmTable,
    MailTable,
    SiteTable,
    XTable,
)
from digest.config.typed import from_text, in_range, meant, names_of, no_strangers, required, typed
from digest.domain.issue import Publication
from digest.domain.item import Source
from digest.domain.score import CRITERIA
from digest.errors import ConfigError
from digest.packed import packed

T = TypeVar("T")

_TABLES: Mapping[str, type] = {
    "digest": DigestTable,
    "fetch": FetchTable,
    "arxiv": ArxivTable,
    "github": GithubTable,
    "x": XTable,
    "hf": HfTable,
    "llm": LlmTable,
    "mail": MailTable,
    "site": SiteTable,
    "alert": AlertTable,
}
_LISTS = ("hook", "source", "publication")
_SOURCE_KEYS = ("kind", "slug", "title", "url", "query", "accounts", "language", "weight", "enabled")
KINDS = ("arxiv", "feed", "podcast", "github-trending", "x", "hf-papers")
PLUGINS = "digest.collectors"
"""The group of entry points in which other packages name the kinds that they bring."""
_KIND_TITLES = {"arxiv": "", "x": "X", "hf-papers": "Hugging Face daily papers", "github-trending": "GitHub trending"}
_TITLES = {"title": "titles"}


def load(path: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """Read a configuration: the file given, else ./config.toml, else the packaged one.

    Raises ConfigError with one line that names the file, the key and the remedy.
    """
    found = path or next(
        (p for p in (Path("config.toml"), packed("config.toml")) if p.is_file()), packed("config.toml")
    )
    known = _publications(_parse(packed("config.toml")), packed("config.toml"), {})
    return _config(_parse(found), found, environment, known)


def keys() -> dict[str, tuple[str, ...]]:
    """List every table and its keys, as the documentation test reads them."""
    listed = {name: tuple(names_of(table)) for name, table in _TABLES.items()}
    return listed | {"hook": tuple(names_of(Hook)), "source": _SOURCE_KEYS, "publication": tuple(_publication_keys())}


def _config(raw: dict[str, Any], path: Path, environment: Mapping[str, str], known: Mapping[str, Any]) -> Config:
    no_strangers(raw, (*_TABLES, *_LISTS), str(path), "table")
    tables: dict[str, Any] = {
        name: _table(kind, raw.get(name, {}), f"{path}: [{name}]", environment, name) for name, kind in _TABLES.items()
    }
    config = Config(
        **tables,
        hooks=tuple(_table(Hook, row, f"{path}: [[hook]]") for row in _rows(raw, "hook", path)),
        sources=tuple(_source(row, f"{path}: [[source]]") for row in _rows(raw, "source", path)),
        publications=tuple(_publications(raw, path, known).values()),
        origin=str(path),
    )
    _check(config, path)
    return config


def _rows(raw: Mapping[str, Any], name: str, path: Path) -> list[dict[str, Any]]:
    rows = raw.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{path}: {name}: must be tables; write each below a line [[{name}]]")
    return rows


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; make one with: digest init") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: can't be read ({error.__class__.__name__}); it must be a TOML file in UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def _table(kind: type[T], row: object, where: str, environment: Mapping[str, str] | None = None, name: str = "") -> T:
    if not isinstance(row, dict):
        raise ConfigError(f"{where}: must be a table")
    names = names_of(kind)
    no_strangers(row, tuple(names), where, "key")
    hints = get_type_hints(kind)
    values = {names[key]: typed(value, hints[names[key]], f"{where}: {key}") for key, value in row.items()}
    for key, attribute in names.items():
        in_range(kind, attribute, values.get(attribute), f"{where}: {key}")
    for key, attribute in names.items() if environment is not None else ():
        variable = f"DIGEST_{name}_{key}".upper()
        if variable in (environment or {}):
            values[attribute] = from_text((environment or {})[variable], hints[attribute], variable)
            in_range(kind, attribute, values[attribute], variable)
    missing = [key for key, attribute in names.items() if required(kind, attribute) and attribute not in values]
    if missing:
        raise ConfigError(f"{where}: {missing[0]} is missing")
    return kind(**values)


def _source(row: dict[str, Any], where: str) -> Source:
    no_strangers(row, _SOURCE_KEYS, where, "key")
    for key in ("kind", "slug"):
        if not isinstance(row.get(key), str) or not row[key]:
            raise ConfigError(f"{where}: {row.get('slug', '?')}: {key} is missing")
    where = f"{where}: {row['slug']}"
    _known_kind(row["kind"], where)
    kinds = {"weight": float, "enabled": bool, "language": str, "accounts": tuple[str, ...], "title": str}
    values = {key: typed(row[key], kind, f"{where}: {key}") for key, kind in kinds.items() if key in row}
    address = row.get("url", row.get("query", ""))
    title = _KIND_TITLES.get(row["kind"], row["slug"]) or f"arXiv {str(address).removeprefix('cat:')}"
    return Source(
        kind=row["kind"],
        slug=row["slug"],
        address=str(address),
        **{"title": title, **values},
    )


def _known_kind(kind: str, where: str) -> None:
    """Refuse a kind that neither we nor an installed package can collect: a slip of the pen is no empty source."""
    if kind in KINDS:
        return
    from importlib.metadata import entry_points  # noqa: PLC0415  only for kinds that are not ours

    kinds = sorted({*KINDS, *(point.name for point in entry_points(group=PLUGINS))})
    if kind not in kinds:
        remedy = meant(kind, kinds) or f"there are {', '.join(kinds)}"
        raise ConfigError(f"{where}: kind {kind!r} is unknown; {remedy}")


def _publication_keys() -> list[str]:
    return ["title" if f.name == "titles" else f.name for f in fields(Publication)]


def _publications(raw: dict[str, Any], path: Path, known: Mapping[str, Any]) -> dict[str, Publication]:
    found: dict[str, Publication] = {}
    for row in _rows(raw, "publication", path):
        where = f"{path}: [[publication]]: {row.get('slug', '?')}"
        no_strangers(row, tuple(_publication_keys()), where, "key")
        if row.get("slug") in found:
            raise ConfigError(f"{where}: stands twice; rename one")
        base = known.get(str(row.get("slug")))
        found[str(row.get("slug"))] = _publication(row, base, where)
    return found


def _publication(row: dict[str, Any], base: Publication | None, where: str) -> Publication:
    hints = get_type_hints(Publication)
    values: dict[str, Any] = {f.name: getattr(base, f.name) for f in fields(Publication)} if base else {}
    for key, value in row.items():
        name = _TITLES.get(key, key)
        plain = _titles(value, values.get("titles", {})) if key == "title" else value
        values[name] = typed(plain, hints[name], f"{where}: {key}")
    for key in ("slug", "titles", "cadence"):
        if key not in values:
            raise ConfigError(f"{where}: {'title' if key == 'titles' else key} is missing")
    no_strangers(values.get("weights", {}), CRITERIA, f"{where}: weights", "criterion")
    return Publication(**values)


def _titles(value: object, base: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return {**base, "en": value} if base else {"en": value}
    return value


def _check(config: Config, path: Path) -> None:
    try:
        ZoneInfo(config.digest.timezone)
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            f"{path}: [digest]: timezone: no such zone {config.digest.timezone!r}; write it like Europe/Berlin"
        ) from error
    slugs = Counter(source.slug for source in config.sources)
    twice = [slug for slug, count in slugs.items() if count > 1]
    if twice:
        raise ConfigError(f"{path}: [[source]]: {twice[0]} stands twice; rename one")
    for publication in config.publications:
        if not publication.slug.replace("-", "").replace("_", "").isalnum():
            raise ConfigError(
                f"{path}: [[publication]]: slug {publication.slug!r} must hold letters, digits, - and _ only"
            )
