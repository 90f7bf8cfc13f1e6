"""config.toml and the environment -> one frozen Config, with errors that name the key and the remedy.

Every key of a plain table can be overridden by DIGEST_<TABLE>_<KEY>. Secrets are never in the file: it names the
environment variables that hold them. A publication whose slug the packaged configuration knows takes from there the
keys that it leaves out.
"""

import difflib
import os
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from digest.domain.issue import Publication
from digest.domain.item import Source
from digest.errors import ConfigError
from digest.packed import packed

EngineChoice = Literal["auto", "local", "openai"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTable:
    """Where things lie and which engine writes. `output` and a relative database are seen from the working folder."""

    database: str = "sqlite:///digest.db"
    output: str = "public"
    timezone: str = "UTC"
    engine: EngineChoice = "auto"
    site_url: str = "https://example.org"
    collect_every_minutes: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTable:
    """Bounds of the one HTTP client; sizes in bytes, times in seconds."""

    concurrency: int = 32
    per_host: int = 2
    timeout_s: float = 20.0
    max_bytes: int = 5_000_000
    allow_private_hosts: tuple[str, ...] = ()
    user_agent: str = ""
    articles: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArxivTable:
    """arXiv's doors; `delay_s` is the least gap between two requests, `full_texts` how many a number may ask for."""

    api_url: str = "https://export.arxiv.org/api/query"
    rss_url: str = "https://rss.arxiv.org/rss"
    delay_s: float = 3.0
    html_url: str = "https://arxiv.org/html"
    pdf_url: str = "https://arxiv.org/pdf"
    eprint_url: str = "https://arxiv.org/e-print"
    full_texts: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GithubTable:
    """GitHub's trending pages and, with a token, its REST API."""

    url: str = "https://github.com"
    api_url: str = "https://api.github.com"
    token_env: str = "GITHUB_TOKEN"  # noqa: S105  the name of a variable, not a token


@dataclass(frozen=True, slots=True, kw_only=True)
class XTable:
    """X API v2; the bearer token stands in the environment variable `token_env`."""

    api_url: str = "https://api.x.com"
    token_env: str = "X_BEARER_TOKEN"  # noqa: S105  the name of a variable, not a token


@dataclass(frozen=True, slots=True, kw_only=True)
class HfTable:
    """Hugging Face's daily papers."""

    url: str = "https://huggingface.co"


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmTable:
    """The model server, two tiers of models, and what may be spent (US dollars; 0 means nothing may be spent)."""

    base_url: str = ""
    model_cheap: str = "gpt-4o-mini"
    model_best: str = "gpt-4o"
    api_key_env: str = "OPENAI_API_KEY"
    concurrency: int = 8
    timeout_s: float = 60.0
    budget_usd_per_run: float = 2.0
    budget_usd_per_month: float = 20.0
    on_budget: Literal["local", "stop"] = "local"
    usd_per_million_input: float = -1.0
    usd_per_million_output: float = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTable:
    """The way to readers. The password of `smtp_url` and the secret of the links stand in the environment."""

    smtp_url: str = ""
    password_env: str = "DIGEST_SMTP_PASSWORD"  # noqa: S105  the name of a variable
    secret_env: str = "DIGEST_SECRET"  # noqa: S105  the name of a variable
    sender: str = field(default="", metadata={"key": "from"})
    connections: int = 4
    group: int = 25
    rate_per_minute: int = 0
    per_domain_per_minute: int = 0
    dkim_domain: str = ""
    dkim_selector: str = ""
    dkim_key_env: str = ""
    bounces_url: str = ""
    postal_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTable:
    """What the archive has beside the issues."""

    essays: str = "essays"
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTable:
    """Whom to tell when a run fails."""

    mail: str = ""
    webhook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """Where to announce an issue: a URL that gets its JSON."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that the program is told from outside, but for --now."""

    digest: DigestTable = DigestTable()
    fetch: FetchTable = FetchTable()
    arxiv: ArxivTable = ArxivTable()
    github: GithubTable = GithubTable()
    x: XTable = XTable()
    hf: HfTable = HfTable()
    llm: LlmTable = LlmTable()
    mail: MailTable = MailTable()
    site: SiteTable = SiteTable()
    alert: AlertTable = AlertTable()
    hooks: tuple[Hook, ...] = ()
    sources: tuple[Source, ...] = ()
    publications: tuple[Publication, ...] = ()
    origin: str = ""

    def publication(self, slug: str) -> Publication:
        """Return the publication of that slug. Raises ConfigError, with the nearest slug."""
        for each in self.publications:
            if each.slug == slug:
                return each
        known = [each.slug for each in self.publications]
        raise ConfigError(f"no publication {slug!r} in {self.origin}; {_meant(slug, known) or 'add a [[publication]]'}")


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
    listed = {name: tuple(_names(table)) for name, table in _TABLES.items()}
    return listed | {"hook": tuple(_names(Hook)), "source": _SOURCE_KEYS, "publication": tuple(_publication_keys())}


def _config(raw: dict[str, Any], path: Path, environment: Mapping[str, str], known: Mapping[str, Any]) -> Config:
    _no_strangers(raw, (*_TABLES, *_LISTS), str(path), "table")
    tables: dict[str, Any] = {
        name: _table(kind, raw.get(name, {}), f"{path}: [{name}]", environment, name) for name, kind in _TABLES.items()
    }
    config = Config(
        **tables,
        hooks=tuple(_table(Hook, row, f"{path}: [[hook]]") for row in raw.get("hook", [])),
        sources=tuple(_source(row, f"{path}: [[source]]") for row in raw.get("source", [])),
        publications=tuple(_publications(raw, path, known).values()),
        origin=str(path),
    )
    _check(config, path)
    return config


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
    names = _names(kind)
    _no_strangers(row, tuple(names), where, "key")
    hints = get_type_hints(kind)
    values = {names[key]: _typed(value, hints[names[key]], f"{where}: {key}") for key, value in row.items()}
    for key, attribute in names.items() if environment is not None else ():
        variable = f"DIGEST_{name}_{key}".upper()
        if variable in (environment or {}):
            values[attribute] = _from_text((environment or {})[variable], hints[attribute], variable)
    missing = [key for key, attribute in names.items() if _required(kind, attribute) and attribute not in values]
    if missing:
        raise ConfigError(f"{where}: {missing[0]} is missing")
    return kind(**values)


def _source(row: dict[str, Any], where: str) -> Source:
    _no_strangers(row, _SOURCE_KEYS, where, "key")
    for key in ("kind", "slug"):
        if not isinstance(row.get(key), str) or not row[key]:
            raise ConfigError(f"{where}: {row.get('slug', '?')}: {key} is missing")
    where = f"{where}: {row['slug']}"
    _known_kind(row["kind"], where)
    typed = {"weight": float, "enabled": bool, "language": str, "accounts": tuple[str, ...], "title": str}
    values = {key: _typed(row[key], kind, f"{where}: {key}") for key, kind in typed.items() if key in row}
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
        near = difflib.get_close_matches(kind, kinds, 1)
        remedy = f"perhaps you meant {near[0]!r}" if near else f"there are {', '.join(kinds)}"
        raise ConfigError(f"{where}: kind {kind!r} is unknown; {remedy}")


def _publication_keys() -> list[str]:
    return ["title" if f.name == "titles" else f.name for f in fields(Publication)]


def _publications(raw: dict[str, Any], path: Path, known: Mapping[str, Any]) -> dict[str, Publication]:
    found: dict[str, Publication] = {}
    for row in raw.get("publication", []):
        where = f"{path}: [[publication]]: {row.get('slug', '?')}"
        _no_strangers(row, tuple(_publication_keys()), where, "key")
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
        values[name] = _typed(plain, hints[name], f"{where}: {key}")
    for key in ("slug", "titles", "cadence"):
        if key not in values:
            raise ConfigError(f"{where}: {'title' if key == 'titles' else key} is missing")
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


def _names(kind: type) -> dict[str, str]:
    return {f.metadata.get("key", f.name): f.name for f in fields(kind)}


def _required(kind: type, attribute: str) -> bool:
    own = next(f for f in fields(kind) if f.name == attribute)
    return own.default is MISSING and own.default_factory is MISSING


def _no_strangers(row: Mapping[str, object], known: tuple[str, ...], where: str, what: str) -> None:
    for key in row:
        if key not in known:
            raise ConfigError(
                f"{where}: unknown {what} {key!r}; {_meant(key, known) or 'known are ' + ', '.join(known)}"
            )


def _meant(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"perhaps you meant {near[0]!r}" if near else ""


def _typed(value: object, hint: Any, where: str) -> Any:  # noqa: ANN401  the type is the argument
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        if value in inner:
            return value
        raise ConfigError(
            f"{where}: {value!r} is none of {', '.join(map(str, inner))}; {_meant(str(value), list(inner))}".rstrip(
                "; "
            )
        )
    if origin in (Union, UnionType):
        return _typed(value, next(i for i in inner if i is not NoneType), where)
    if origin is tuple and isinstance(value, list):
        each = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        if len(each) == len(value):
            return tuple(_typed(v, h, where) for v, h in zip(value, each, strict=True))
    if origin is not None and issubclass(origin, Mapping) and isinstance(value, dict):
        return {str(k): _typed(v, inner[1], where) for k, v in value.items()}
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and isinstance(value, hint) and (hint is bool or not isinstance(value, bool)):
        return value
    raise ConfigError(f"{where}: {value!r} is not {_spoken(hint)}")


def _spoken(hint: Any) -> str:  # noqa: ANN401  any annotation
    words = {str: "a text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
    return words.get(hint, "a list" if get_origin(hint) is tuple else "of the right kind")


def _from_text(text: str, hint: Any, where: str) -> Any:  # noqa: ANN401  the type is the argument
    if hint is bool and text.lower() in ("true", "false", "1", "0"):
        return text.lower() in ("true", "1")
    if get_origin(hint) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return hint(text) if hint in (int, float) else _typed(text, hint, where)
    except ValueError as error:
        raise ConfigError(f"{where}: {text!r} is not {_spoken(hint)}") from error
