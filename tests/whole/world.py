"""The recorded world of ../shared as a process of its own, with a clock that is moved."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.request import Request, urlopen


@contextmanager
def world(shared: Path, now: datetime, *options: str) -> Iterator[str]:
    """Start the world on a free port and give its address; it is ended with the block."""
    command = [sys.executable, str(shared / "world/world.py"), "--week", "2026-W25", "--port", "0"]
    with subprocess.Popen([*command, "--now", now.isoformat(), *options], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def move(url: str, now: datetime) -> None:
    """Set the world's clock."""
    with urlopen(Request(f"{url}/_clock", data=now.isoformat().encode(), method="POST"), timeout=10) as answer:
        assert answer.status == 200


def configuration(shared: Path, url: str, smtp: str, model: str) -> str:
    """Return the configuration that comes with the world, with mail and a model."""
    port = url.rpartition(":")[2]
    printed = subprocess.run(
        [sys.executable, str(shared / "world/config_for_digest.py"), "--port", port],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    text = printed.replace('engine = "local"', 'engine = "openai"\ncollect_every_minutes = 1440')
    return f"""{text.replace("concurrency = 32", "concurrency = 32" + chr(10) + "per_host = 16")}
[llm]
base_url = "{model}"
model_cheap = "fake-cheap"
model_best = "fake-best"
usd_per_million_input = 0.0
usd_per_million_output = 0.0
[mail]
smtp_url = "{smtp}"
from = "Digest <news@e.org>"
"""
