"""One address for one thing: canonical URLs and the identities that they name."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_ARXIV_ID = r"(\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_ARXIV_PATH = re.compile(
    rf"/(?:abs|pdf|html|ps|src|e-print|format|overview|audio|list|paper|papers)/{_ARXIV_ID}(?:\.pdf)?/?$"
)
_ARXIV_HOSTS = frozenset(
    {"arxiv.org", "export.arxiv.org", "browse.arxiv.org", "de.arxiv.org", "cn.arxiv.org", "alphaxiv.org", "ar5iv.org"}
    | {"ar5iv.labs.arxiv.org", "huggingface.co", "hf.co", "scholar.archive.org", "arxiv-sanity-lite.com"}
)
_X_HOSTS = frozenset({"x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com", "fxtwitter.com", "vxtwitter.com"})
_X_PATH = re.compile(r"/([^/]+)/status(?:es)?/(\d+)")
_YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be"})
_NAMING = ("https://arxiv.org/", "https://x.com/", "https://github.com/", "https://doi.org/")
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org"})
_RULED = _ARXIV_HOSTS | _X_HOSTS | _YOUTUBE_HOSTS | _DOI_HOSTS | {"github.com", "mp.weixin.qq.com"}
_DOI_PATH = re.compile(r"/(10\.\d{4,9}/\S+)")
_GITHUB_REPO = re.compile(r"/([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/([A-Za-z0-9._-]{1,100}?)(?:\.git)?/?$")
_GITHUB_NO_OWNERS = frozenset(
    {"about", "apps", "blog", "collections", "customer-stories", "enterprise", "events", "explore", "features", "login"}
    | {"marketplace", "notifications", "orgs", "pricing", "search", "settings", "site", "sponsors", "stars", "topics"}
    | {"trending", "users", "security", "resources", "solutions", "readme", "join", "team", "contact"}
)
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*)*/?")  # needs no quoting and has no dots to resolve
_PLAIN_ADDRESS = re.compile(r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_:-]+(?:\.[a-z0-9_:-]+)*")
_TRACKING = re.compile(
    r"(?:utm_.*|mc_(?:cid|eid)|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id|vero_id"
    r"|_hs(?:enc|mi)|hsCtaTracking|mkt_tok|oly_(?:anon|enc)_id|__s|_ga|_gl|ncid|cmpid|ref_src|ref_url|spm|scm|share_token"
    r"|sharesource|share_source|share_medium|share_plat|share_session_id|from_source|xtor|wt_mc|guccounter"
    r"|guce_referrer.*|ck_subscriber_id|s_cid|sr_share|trk|trackingId|ocid|cid_source|source_ct|soc_src|soc_trk)",
    re.IGNORECASE,
)
# On most sites these name the referrer; on some they choose the page, so they go only where the path names it.
_MAYBE_TRACKING = frozenset({"ref", "source", "from", "referrer", "via", "share", "feature", "si"})
_WECHAT_KEEP = ("__biz", "mid", "idx", "sn")
_SAFE = "/:@!$&'()*+,;=~-._"
_ENDS = (
    "com|org|net|io|ai|dev|cn|co|app|edu|gov|me|ly|so|xyz|info|tech|gg|site|page|blog|news|tv|uk|de|jp|ru"
    "|example|test|invalid"
)
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>()（），。；、\"”』」]+|\bwww\.\w[^\s<>()，。]*|\[[^\]\n]+\]\([^)\n]+\)"
    rf"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_ENDS})(?:/[^\s<>()，。]*)?(?![a-z0-9_]|\.\w)",
    re.IGNORECASE | re.ASCII,
)
_PORTS = {"http": 80, "https": 443}


def addresses(text: str) -> list[tuple[int, int]]:
    """Return where URLs, Markdown links and bare domains stand in prose, in order; marks that end a sentence excluded.

    A name that looks like a domain ("Booking.com") is among them: `digest.names.is_named` tells it apart.
    """
    return [(m.start(), m.start() + len(m[0].rstrip(".,;:!?'"))) for m in _ADDRESS.finditer(text)]


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """Return the address under which a page is known, the same for all ways to write it; idempotent.

    https for http, a lower-case host without "www." and default port, no fragment, no tracking parameters, sorted
    query, no slash at the end; host rules for arXiv (and Hugging Face, alphaXiv, ar5iv), GitHub, YouTube, X, WeChat.
    What is no web address comes back stripped of blanks and otherwise unchanged.
    """
    text = "".join(url.split())
    parts = _parts(text)
    if parts is None:
        return text
    scheme, host, port, path, query = parts
    host, path = _bare(host), _path(path)
    netloc = _netloc(host, port, scheme)
    known = _known(host, path, query) if netloc == host else None
    if known is not None:
        return known
    query = _query(query, has_path=path not in {"", "/"}) if query else ""
    return f"https://{netloc}{path.rstrip('/')}{'?' if query else ''}{query}"


def _parts(text: str) -> tuple[str, str, int | None, str, str] | None:
    """Return scheme, lower-case host, port, path and query of a web address, or None for what is none."""
    plain = _PLAIN_ADDRESS.fullmatch(text)  # most are plain, and this is a fifth of the work
    if plain:
        return plain[1], plain[2], None, plain[3] or "", plain[4] or ""
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    return (scheme, host, port, parts.path, parts.query) if scheme in _PORTS and _HOST.fullmatch(host) else None


def keys_of(url: str) -> tuple[str, ...]:
    """Return the identities that a URL names: "arxiv:", "github:owner/repo", "x:", "doi:", else "url:<canonical>"."""
    address = canonical(url)
    if address.startswith(_NAMING):
        for find in (_arxiv_key, _x_key, _github_key, _doi_key):
            key = find(address)
            if key:
                return (key,)
    return (f"url:{address}",) if address.startswith("https://") else ()


def arxiv_id(url: str) -> str | None:
    """Return the arXiv identifier, without version, that a URL names."""
    key = _arxiv_key(canonical(url))
    return key.removeprefix("arxiv:") if key else None


def _bare(host: str) -> str:
    for prefix in ("www.", "www2.", "amp."):
        if host.startswith(prefix) and host.count(".") > 1:
            return _bare(host[len(prefix) :])
    return host


def _netloc(host: str, port: int | None, scheme: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port in {None, _PORTS[scheme], _PORTS["https"]} else f"{name}:{port}"


def _path(path: str) -> str:
    """Quote a path in one way, and drop the dots and double slashes in it."""
    if _PLAIN_PATH.fullmatch(path):
        return path.rstrip("/")
    kept: list[str] = []
    for piece in path.split("/"):
        part = quote(unquote(piece, errors="surrogateescape").encode("utf-8", "surrogateescape"), safe=_SAFE[1:])
        if part == "..":
            kept = kept[:-1]
        elif part not in {"", "."}:
            kept.append(part)
    return "/" + "/".join(kept) if kept else ""


@lru_cache(maxsize=1024)  # the entries of a feed share what its editors append
def _query(query: str, *, has_path: bool) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape", max_num_fields=100)
    except ValueError:
        return query
    kept = [
        (name, value)
        for name, value in pairs
        if not _TRACKING.fullmatch(name) and not (has_path and name.lower() in _MAYBE_TRACKING)
    ]
    return urlencode(sorted(kept), errors="surrogateescape")


def _known(host: str, path: str, query: str) -> str | None:
    if host not in _RULED and not host.startswith("nitter."):
        return None
    for rule in _RULES:
        found = rule(host, path, query)
        if found is not None:
            return found
    return None


def _arxiv(host: str, path: str, _query: str) -> str | None:
    if host not in _ARXIV_HOSTS:
        return None
    match = _ARXIV_PATH.search(path)
    return f"https://arxiv.org/abs/{match[1]}" if match else None


def _doi(host: str, path: str, _query: str) -> str | None:
    if host not in _DOI_HOSTS or not _DOI_PATH.fullmatch(path):
        return None
    name = path[1:].lower()
    if name.startswith("10.48550/arxiv."):
        inner = re.fullmatch(_ARXIV_ID, path[1:][len("10.48550/arxiv.") :])
        return f"https://arxiv.org/abs/{inner[1]}" if inner else f"https://doi.org/{name}"
    return f"https://doi.org/{name}"


def _github(host: str, path: str, _query: str) -> str | None:
    if host != "github.com":
        return None
    match = _GITHUB_REPO.fullmatch(path.removesuffix("/tree/main").removesuffix("/tree/master"))
    if not match or match[1].lower() in _GITHUB_NO_OWNERS or match[2] in {".", ".."}:
        return None
    return f"https://github.com/{match[1].lower()}/{_without_git(match[2].lower())}"


def _without_git(name: str) -> str:
    return _without_git(name[:-4]) if name.endswith(".git") and len(name) > len(".git") else name


def _youtube(host: str, path: str, query: str) -> str | None:
    if host not in _YOUTUBE_HOSTS:
        return None
    pairs = dict(parse_qsl(query, max_num_fields=100)) if query.count("&") < 100 else {}  # noqa: PLR2004  the same bound
    video = path.lstrip("/").split("/")[0] if host == "youtu.be" else pairs.get("v", "")
    for prefix in ("/shorts/", "/embed/", "/live/", "/v/"):
        if not video and path.startswith(prefix):
            video = path[len(prefix) :].split("/", maxsplit=1)[0]
    return f"https://youtube.com/watch?v={video}" if re.fullmatch(r"[\w-]{6,20}", video, re.ASCII) else None


def _tweet(host: str, path: str, _query: str) -> str | None:
    if host not in _X_HOSTS and not host.startswith("nitter."):
        return None
    match = _X_PATH.match(path)
    if match:
        owner = "i" if match[1].lower() in {"i", "web", "anyuser"} else match[1].lower()
        return f"https://x.com/{owner}/status/{match[2]}"
    web = re.match(r"/i/web/status/(\d+)", path)
    return f"https://x.com/i/status/{web[1]}" if web else None


def _wechat(host: str, path: str, query: str) -> str | None:
    """Name an article by its path, or by the four parameters that general cleaners delete, merging all articles."""
    if host != "mp.weixin.qq.com":
        return None
    if path.startswith("/s/"):
        return f"https://mp.weixin.qq.com{path}"
    if path != "/s" or query.count("&") > 50:  # noqa: PLR2004  no genuine address has so many
        return None
    pairs = dict(parse_qsl(query))
    kept = [(name, pairs[name]) for name in _WECHAT_KEEP if pairs.get(name)]
    return f"https://mp.weixin.qq.com/s?{urlencode(kept)}" if kept else None


_RULES: tuple[Callable[[str, str, str], str | None], ...] = (_arxiv, _doi, _github, _youtube, _tweet, _wechat)


def _arxiv_key(address: str) -> str | None:
    prefix = "https://arxiv.org/abs/"
    return f"arxiv:{address[len(prefix) :]}" if address.startswith(prefix) else None


def _x_key(address: str) -> str | None:
    match = re.fullmatch(r"https://x\.com/[^/]+/status/(\d+)", address)
    return f"x:{match[1]}" if match else None


def _github_key(address: str) -> str | None:
    """Name the repository, on its front page alone: a release or an issue is a thing of its own."""
    match = re.fullmatch(r"https://github\.com/([a-z0-9-]+)/([a-z0-9._-]+)", address)
    return f"github:{match[1]}/{match[2]}" if match and match[1] not in _GITHUB_NO_OWNERS else None


def _doi_key(address: str) -> str | None:
    prefix = "https://doi.org/10."
    return f"doi:{address[len('https://doi.org/') :]}" if address.startswith(prefix) else None
