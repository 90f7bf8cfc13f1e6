"""`digest collect` through the recorded week in steps of six hours: all that was shown is there, once."""

import html
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from digest.urls import canonical
from tests.cli.conftest import ran
from tests.whole import world
from tests.whole.origin import at

START, END = at("2026-06-15T00:00"), at("2026-06-21T23:59")
STEP = timedelta(hours=6)
_ENTRY = re.compile(r"<(item|entry)\b.*?</\1>", re.DOTALL)
_ID = re.compile(r"<(?:guid|id)\b[^>]*>(.*?)</(?:guid|id)>", re.DOTALL)
_LINK = re.compile(r"<link>(.*?)</link>|<link\b(?![^>]*\brel=\"(?!alternate))[^>]*\bhref=\"([^\"]*)\"", re.DOTALL)
_REPO = re.compile(r"<h2[^>]*>\s*<a[^>]*href=\"/([^\"]+)\"", re.DOTALL)

pytestmark = [pytest.mark.shared, pytest.mark.slow]


class Watcher:
    """Someone else who looks at every source of the world at each step, and writes down what it shows."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.entries: dict[str, set[tuple[str, str]]] = {}
        self.repositories: set[str] = set()
        self._tags: dict[str, str] = {}
        self._feeds: list[dict[str, str]] = json.loads(self._get("/feeds/index.json"))

    def look(self, now: datetime) -> None:
        for feed in self._feeds:
            body = self._get(feed["url"].removeprefix(self.base), again=True)
            if body:
                self.entries.setdefault(feed["slug"], set()).update(_shown(body))
        page = self._get("/github/trending?since=daily")
        self.repositories |= {f"github:{name.strip().lower()}@{now:%Y-%m-%d}" for name in _REPO.findall(page)}

    def papers(self, category: str) -> set[str]:
        found: set[str] = set()
        total = 1
        while len(found) < total:
            time.sleep(1.1)  # it refuses whoever asks sooner
            query = f"search_query=cat:{category}&start={len(found)}&max_results=500&sortBy=submittedDate"
            page = self._get(f"/arxiv/api/query?{query}")
            total = int(re.findall(r"totalResults[^>]*>(\d+)", page)[0])
            found |= {f"arxiv:{name}" for name in re.findall(r"<id>http://arxiv.org/abs/([\d.]+)v\d+</id>", page)}
        return found

    def chosen(self) -> set[str]:
        days = [json.loads(self._get(f"/hf/api/daily_papers?date=2026-06-{day}&limit=100")) for day in range(15, 22)]
        return {f"hf:{row['paper']['id']}" for rows in days for row in rows}

    def posts(self, names: list[str]) -> set[str]:
        found: set[str] = set()
        users = json.loads(self._get(f"/x/2/users/by?usernames={','.join(names)}"))["data"]
        for user in users:
            query = "max_results=100&exclude=retweets&tweet.fields=in_reply_to_user_id,author_id"
            for row in json.loads(self._get(f"/x/2/users/{user['id']}/tweets?{query}")).get("data", []):
                found |= {f"x:{row['id']}"} if row.get("in_reply_to_user_id") in (None, row["author_id"]) else set()
        return found

    def stats(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self._get("/_stats"))
        return found

    def reset(self) -> None:
        now = json.loads(self._get("/_clock"))["now"]
        urlopen(Request(f"{self.base}/_reset", data=b"", method="POST"), timeout=10).close()
        world.move(self.base, datetime.fromisoformat(now))

    def _get(self, path: str, *, again: bool = False) -> str:
        headers = {"Authorization": "Bearer other"}
        if again and path in self._tags:
            headers["If-None-Match"] = self._tags[path]
        try:
            with urlopen(Request(self.base + path, headers=headers), timeout=30) as answer:
                self._tags[path] = answer.headers.get("ETag", "")
                return str(answer.read().decode("utf-8", "replace"))
        except HTTPError as error:
            if error.code != 304:
                raise
            error.close()
            return ""


def _shown(body: str) -> Iterator[tuple[str, str]]:
    """Yield identifier and link of a feed's entries."""
    if body.startswith("{"):
        yield from ((str(row["id"]), row.get("url", "")) for row in json.loads(body)["items"])
        return
    for match in _ENTRY.finditer(body):
        link = _LINK.search(match[0])
        address = html.unescape((link[1] or link[2] or "").strip()) if link else ""
        guid = _ID.search(match[0])
        yield (html.unescape(guid[1].strip()) if guid else address), address


def test_every_item_shown_in_the_week_is_stored_once(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGEST_ARXIV_DELAY_S", "1")
    with world.world(shared, START, "--arxiv-gap", "1") as url:
        names = _configured(shared, url, tmp_path)
        watcher = Watcher(url)
        now = START
        while now <= END:
            world.move(url, now)
            watcher.look(now)
            collected = ran("collect", "--config", "world.toml", "--now", now.isoformat(), "--json")
            assert collected.code == 0, collected.err
            assert not [row for row in collected.rows if row["status"] == "failed"]
            now = END if now < END < now + STEP else now + STEP
        stats = watcher.stats()
        assert not [status for status in stats["statuses"] if status.endswith(" 429")]
        assert stats["arxiv_smallest_gap_s"] >= 1
        watcher.reset()
        again = ran("collect", "--config", "world.toml", "--now", END.isoformat(), "--json")
        states = Counter(row["status"] for row in again.rows)
        assert sum(row["new"] for row in again.rows) == 0
        unchanged = watcher.stats()["statuses"]
        assert unchanged["feeds 304"] + unchanged["podcasts 304"] == len(watcher.entries), states
        assert watcher.posts(names) == _ours("x-builders")
        assert watcher.chosen() == _ours("hf-papers")
        assert watcher.repositories == _ours("github-trending")
        assert watcher.papers("cs.IR") == _ours("cs-ir")
        assert _missing(watcher.entries) == []


def _configured(shared: Path, url: str, folder: Path) -> list[str]:
    """Write the world's configuration with one of the four arXiv categories, for time; return the accounts of X."""
    command = [sys.executable, str(shared / "world/config_for_digest.py"), "--port", url.rpartition(":")[2]]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    tables = text.split("\n[[source]]\n")
    kept = [table for table in tables if not re.search(r'slug = "cs-(?:lg|cl|ai)"', table)]
    joined = "\n[[source]]\n".join(kept).replace("concurrency = 32", "concurrency = 32\nper_host = 16")
    (folder / "world.toml").write_text(joined, encoding="utf-8")
    names = re.search(r"accounts = (\[.*?\])", joined)
    assert names is not None
    found: list[str] = json.loads(names[1])
    return found


def _rows(query: str, *values: str) -> list[tuple[str, ...]]:
    with sqlite3.connect("digest.db") as connection:
        found = connection.execute(query, values).fetchall()
    connection.close()
    return found


def _ours(source: str) -> set[str]:
    rows = [row[0] for row in _rows("SELECT item FROM sightings WHERE source = ?", source)]
    assert len(rows) == len(set(rows))
    return set(rows)


def _missing(shown: Mapping[str, set[tuple[str, str]]]) -> list[tuple[str, str, str, int]]:
    """List the entries that are not there exactly once: by their identifier, else by their address."""
    wrong: list[tuple[str, str, str, int]] = []
    for slug, entries in shown.items():
        rows = _rows("SELECT url, json_extract(more, '$.extra.guid') FROM items WHERE source = ?", slug)
        guids = Counter(guid or address for address, guid in rows)
        links = Counter(canonical(address) for address, _ in rows)
        for guid, link in sorted(entries):
            count = guids[guid] or links[canonical(link)]
            if count != 1:
                wrong.append((slug, guid, link, count))
    return wrong
