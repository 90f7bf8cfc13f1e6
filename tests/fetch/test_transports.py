import asyncio
import json
from pathlib import Path

from digest.fetch.client import Fetcher
from digest.fetch.model import Failure, Limits, MemoryValidators, Request, Response
from digest.fetch.transports import sample
from tests.fetch.server import NOW


def test_the_sample_answers_from_its_folder(tmp_path: Path) -> None:
    rows = {
        "https://a.example/feed?x=1&y=2": {"file": "feed.xml", "headers": {"Content-Type": "text/xml"}},
        "https://a.example/old": {"status": 410},
        "https://a.example/q?*": {"status": 410},
        "https://a.example/q?date=2026*": {"file": "feed.xml"},
    }
    (tmp_path / "index.json").write_text(json.dumps(rows), "utf-8")
    (tmp_path / "feed.xml").write_bytes(b"<rss/>")

    async def run() -> None:
        async with Fetcher(Limits(), MemoryValidators(), lambda: NOW, sample(tmp_path)) as client:
            found = await client.fetch(Request(url="https://a.example/feed?x=1&y=2"))
            assert isinstance(found, Response)
            assert (found.body, found.headers["content-type"]) == (b"<rss/>", "text/xml")
            open_ended = await client.fetch(Request(url="https://a.example/q?date=2026-06-21"))
            assert isinstance(open_ended, Response)
            assert open_ended.body == b"<rss/>"
            for url, status in (("https://a.example/old", 410), ("https://a.example/none", 404)):
                missing = await client.fetch(Request(url=url))
                assert isinstance(missing, Failure)
                assert missing.status == status

    asyncio.run(run())
