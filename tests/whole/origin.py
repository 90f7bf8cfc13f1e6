"""The sample week as origins serve it: one HTTP server on localhost with a clock, and nothing later than the clock."""

import json
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from digest.packed import packed

SAMPLE = packed("sample")
_ENTRY = re.compile(r"<(entry|item)>.*?</\1>\n?", re.DOTALL)
_DATE = re.compile(r"<(?:published|pubDate)>([^<]+)<")
_TOTAL = re.compile(r"(<opensearch:(?:totalResults|itemsPerPage)>)\d+")
_CATEGORY = re.compile(r"cat:([\w.]+)")
Answer = tuple[str, bytes]


class Origin(ThreadingHTTPServer):
    """The server, as a context manager. `now` is its clock; `down` makes every answer a 503."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, now: datetime) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.now = now
        self.down = False
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        index = json.loads((SAMPLE / "index.json").read_text("utf-8"))
        self.files = {url: row["file"] for url, row in index.items()}
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """What a configuration's addresses begin with."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str, query: dict[str, str]) -> Answer | None:
        """Find what a path and its query get at this hour."""
        kind, _, rest = path.strip("/").partition("/")
        ways: dict[str, Callable[[str, dict[str, str]], Answer | None]] = {
            "feeds": self._feed, "arxiv": self._arxiv, "github": self._trending, "x": self._tweets, "hf": self._papers,
        }  # fmt: skip
        way = ways.get(kind)
        return way(rest, query) if way else None

    def _file(self, part: str) -> bytes | None:
        name = next((file for url, file in self.files.items() if part in url), None)
        return (SAMPLE / name).read_bytes() if name else None

    def _feed(self, name: str, _query: dict[str, str]) -> Answer | None:
        body = self._file(f"//feeds.example.org/{name}")
        if body is None:
            return None
        if name.endswith(".json"):
            feed = json.loads(body)
            feed["items"] = [row for row in feed["items"] if self._shown(row["date_published"])]
            return "application/feed+json", json.dumps(feed, ensure_ascii=False).encode()
        return "application/xml", self._entries(body)[0]

    def _arxiv(self, name: str, query: dict[str, str]) -> Answer | None:
        asked = query.get("search_query", "")
        category = _CATEGORY.search(asked)
        if name != "api/query" or not category:
            return None
        revised = "lastUpdatedDate" in asked
        body = self._file(f"search_query={'%28' * (1 + revised)}cat%3A{category[1]}%29")
        if body is None:
            return None
        page, count = self._entries(body)
        return "application/atom+xml", _TOTAL.sub(rf"\g<1>{count}", page.decode()).encode()

    def _trending(self, name: str, _query: dict[str, str]) -> Answer | None:
        if name != "trending":
            return None
        page = SAMPLE / f"trending-{min(max(f'{self.now:%Y-%m-%d}', '2026-06-15'), '2026-06-21')}.html"
        return "text/html; charset=utf-8", page.read_bytes()

    def _tweets(self, name: str, query: dict[str, str]) -> Answer | None:
        body = self._file(f"api.x.com/{name}?")
        if body is None:
            return None
        page: dict[str, Any] = json.loads(body)
        if name.endswith("/tweets"):
            page["data"] = [row for row in page["data"] if self._shown(row["created_at"]) and _asked(row, query)]
            page["meta"]["result_count"] = len(page["data"])
        return "application/json", json.dumps(page, ensure_ascii=False).encode()

    def _papers(self, _name: str, query: dict[str, str]) -> Answer | None:
        day = query["date"]
        shown = datetime.fromisoformat(f"{day}T00:00+00:00") <= self.now
        return "application/json", (self._file(f"daily_papers?date={day}&") if shown else None) or b"[]"

    def _entries(self, body: bytes) -> tuple[bytes, int]:
        """Leave out the entries that are not there yet; return the page and their number."""
        count = 0

        def kept(match: re.Match[str]) -> str:
            nonlocal count
            date = _DATE.search(match[0])
            shown = date is not None and self._shown(date[1])
            count += shown
            return match[0] if shown else ""

        return _ENTRY.sub(kept, body.decode()).encode(), count

    def _shown(self, text: str) -> bool:
        return _read(text) <= self.now


def configuration(origin: str, smtp: str, model: str = "") -> str:
    """Return the sample's configuration with its addresses on localhost."""
    text = (SAMPLE / "config.toml").read_text("utf-8")
    text = text.replace("https://feeds.example.org/", f"{origin}/feeds/").replace(
        "[arxiv]\n", f'[arxiv]\napi_url = "{origin}/arxiv/api/query"\nrss_url = "{origin}/arxiv/rss"\n'
    )
    engine = "openai" if model else "local"
    return f"""{text}
[digest]
engine = "{engine}"
site_url = "https://news.e.org"
collect_every_minutes = 1440
[fetch]
allow_private_hosts = ["127.0.0.1"]
timeout_s = 5
per_host = 8
[github]
url = "{origin}/github"
[x]
api_url = "{origin}/x"
[hf]
url = "{origin}/hf"
[llm]
base_url = "{model}"
model_cheap = "fake-cheap"
model_best = "fake-best"
usd_per_million_input = 0.1
usd_per_million_output = 0.1
[mail]
smtp_url = "{smtp}"
from = "Digest <news@e.org>"
"""


def hours(start: datetime, end: datetime) -> list[datetime]:
    """List the full hours from one instant to another, both included."""
    count = int((end - start) / timedelta(hours=1))
    return [start + timedelta(hours=n) for n in range(count + 1)]


def _asked(row: dict[str, Any], query: dict[str, str]) -> bool:
    """Whether a timeline asked since an instant, or since a post, holds a post."""
    if "since_id" in query:
        return int(row["id"]) > int(query["since_id"])
    return _read(row["created_at"]) >= datetime.fromisoformat(query["start_time"])


def _read(text: str) -> datetime:
    moment = datetime.fromisoformat(text) if text[0].isdigit() else parsedate_to_datetime(text)
    return moment.astimezone(UTC)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Origin

    def log_message(self, *_: Any) -> None:
        return

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.counts[parts.path] += 1
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            found = None if self.server.down else self.server.answer(parts.path, query)
        except Exception as error:  # noqa: BLE001  kept for the test to see
            self.server.faults.append(f"{self.path}: {error!r}")
            found = None
        kind, body = found or ("text/plain", b"")
        self.send_response(200 if found else 503 if self.server.down else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def at(text: str) -> datetime:
    """Read a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def written(folder: Path, text: str) -> Path:
    """Write a configuration whose database and output stand in the folder."""
    own = f'[digest]\ndatabase = "sqlite:///{folder / "digest.db"}"\noutput = "{folder / "public"}"\n'
    path = folder / "digest.toml"
    lines = [line for line in text.splitlines() if not line.startswith(("database =", "output ="))]
    path.write_text("\n".join(lines).replace("[digest]\n", own), encoding="utf-8")
    return path
