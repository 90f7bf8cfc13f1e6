"""What can be configured: a frozen table for each part, and the Config that holds them all."""

from dataclasses import dataclass, field
from typing import Literal

from digest.config.typed import least, meant
from digest.domain.issue import Publication
from digest.domain.item import Source
from digest.errors import ConfigError

EngineChoice = Literal["auto", "local", "openai"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTable:
    """Where things lie and which engine writes. `output` and a relative database are seen from the working folder."""

    database: str = "sqlite:///digest.db"
    output: str = "public"
    timezone: str = "UTC"
    engine: EngineChoice = "auto"
    site_url: str = "https://example.org"
    collect_every_minutes: int = least(1, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTable:
    """Bounds of the one HTTP client; sizes in bytes, times in seconds."""

    concurrency: int = least(1, 32)
    per_host: int = least(1, 2)
    timeout_s: float = least(0.1, 20.0)
    max_bytes: int = least(1, 5_000_000)
    allow_private_hosts: tuple[str, ...] = ()
    user_agent: str = ""
    articles: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArxivTable:
    """arXiv's doors; `delay_s` is the least gap between two requests, `full_texts` how many a number may ask for."""

    api_url: str = "https://export.arxiv.org/api/query"
    rss_url: str = "https://rss.arxiv.org/rss"
    delay_s: float = least(0, 3.0)
    html_url: str = "https://arxiv.org/html"
    pdf_url: str = "https://arxiv.org/pdf"
    eprint_url: str = "https://arxiv.org/e-print"
    full_texts: int = least(0, 10)


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
    concurrency: int = least(1, 8)
    timeout_s: float = least(0.1, 60.0)
    budget_usd_per_run: float = least(0, 2.0)
    budget_usd_per_month: float = least(0, 20.0)
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
    connections: int = least(1, 4)
    group: int = least(1, 25)
    rate_per_minute: int = least(0, 0)
    per_domain_per_minute: int = least(0, 0)
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
        raise ConfigError(f"no publication {slug!r} in {self.origin}; {meant(slug, known) or 'add a [[publication]]'}")
