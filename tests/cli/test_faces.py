"""Commands that talk to a terminal, to a server's clients, or to gold."""

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest.cli import base
from digest.cli.progress import progress
from tests.cli.conftest import Ran

Command = Callable[..., Ran]
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A post about models</title>'
    "<link>https://example.org/a</link><pubDate>Mon, 15 Jun 2026 08:00:00 GMT</pubDate></item></channel></rss>"
)


def test_gold_is_measured_and_printed(digest: Command, tmp_path: Path) -> None:
    row = {
        "id": "1",
        "title": "A ranker",
        "abstract": "We deploy it at Meta. Online A/B tests show a 1.2% lift in CTR.",
        "company": "Meta",
        "deployed": True,
        "metrics": [{"name": "CTR", "value": 1.2, "unit": "%", "direction": "up", "context": "", "online": True}],
    }
    gold = tmp_path / "results.jsonl"
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    outcome = digest("eval", "results", "--gold", str(gold))
    assert outcome.code == 0, outcome.err
    assert re.search(r"values.*1/1", outcome.out), outcome.out
    assert json.loads(digest("eval", "results", "--gold", str(gold), "--json").out)["figures"]


def test_progress_is_drawn_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress() as say:
        say("collect", "a")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    assert base.is_terminal()
    with progress() as say:
        say("collect", "a[b]")
        time.sleep(0.2)
    assert "collect" in capsys.readouterr().err
    monkeypatch.setenv("NO_COLOR", "1")
    assert not base.is_terminal()


def test_a_listing_is_read_by_people(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"slug": "a", "last_check": datetime(2026, 6, 22, 7, tzinfo=UTC), "feeds": ("b", "c"), "error": None}
    base.show([row, {"slug": "none"}], as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "slug  last check        feeds  error",
        "a     2026-06-22 07:00  b, c",
        "none",
    ]


def test_a_listing_without_rows_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    base.show([], as_json=False)
    assert capsys.readouterr().out == ""


@pytest.fixture(scope="session")
def httpserver_listen_address() -> tuple[str, int]:
    return ("127.0.0.1", 0)


def test_sources_check_tells_what_an_address_is(here: Path, digest: Command, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed.xml").respond_with_data(FEED, content_type="application/rss+xml")
    found = digest("sources", "check", httpserver.url_for("/feed.xml"), "--json")
    assert found.code == 0
    assert found.rows[0]["what"] == "feed"
    assert digest("sources", "check", "example.org").code == 2


def test_collect_reads_a_source_and_counts(here: Path, digest: Command, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed.xml").respond_with_data(FEED, content_type="application/rss+xml")
    text = (
        Path("digest.toml")
        .read_text(encoding="utf-8")
        .replace("http://127.0.0.1:9/feed.xml", httpserver.url_for("/feed.xml"))
    )
    Path("digest.toml").write_text(text, encoding="utf-8")
    row = digest("collect", "--since", "2026-06-15T00:00:00Z", "--json").rows[0]
    assert (row["source"], row["status"], row["new"]) == ("none", "ok", 1)
    assert digest("collect", "--since", "2026-06-15T00:00:00Z", "--json").rows[0]["new"] == 0
    assert digest("collect", "--source", "none", "--json").code == 0
