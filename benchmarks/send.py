"""Sending an issue of 40 KB to 2,000 readers, against postfix's smtp-source with the same sink, in one run.

Run: python benchmarks/send.py [--readers N]. Needs Debian's package postfix, or only its smtp-source and smtp-sink in
the PATH. Prints messages per second of both, their ratio (the aim is at least 0.1), and the peak of Python's memory
while sending to a tenth of the readers and to all (the aim is no growth).
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from digest import period
from digest.config import Config, DigestTable, MailTable
from digest.domain.issue import Issue, Receipt
from digest.render.document import encode
from digest.steps import mailing
from digest.steps.context import Context
from digest.store import issues, readers
from digest.store.database import Database
from digest.store.deliveries import Edition

NOW = datetime(2026, 6, 22, 8, tzinfo=UTC)
BYTES = 40_960
CONNECTIONS = 4


@contextmanager
def sink() -> Iterator[int]:
    """Start smtp-sink and give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with subprocess.Popen(["smtp-sink", *user, f"127.0.0.1:{port}", "512"]) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
        process.terminate()


def source(port: int, count: int) -> float:
    """Send with smtp-source; return messages per second."""
    words = [
        "smtp-source",
        "-s",
        str(CONNECTIONS),
        "-l",
        str(BYTES),
        "-m",
        str(count),
        "-f",
        "news@e.org",
        "-t",
        "r@e.org",
    ]
    start = time.perf_counter()
    subprocess.run([*words, f"127.0.0.1:{port}"], check=True)
    return count / (time.perf_counter() - start)


def send(port: int, count: int) -> tuple[float, float]:
    """Send an issue to so many readers; return messages per second and the peak of memory for it in MB."""
    with tempfile.TemporaryDirectory() as folder, Database.open(f"sqlite:///{folder}/digest.db") as database:
        context = _context(database, Path(folder), port)
        edition = _published(context)
        with database.write() as tx:
            for n in range(count):
                readers.confirm(tx, readers.add(tx, f"r{n}@e.org", NOW).id, [("weekly", "en")], NOW)
        held = 0
        if measured := tracemalloc.is_tracing():
            held = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
        start = time.perf_counter()
        report = mailing.send(context, edition)
        rate = count / (time.perf_counter() - start)
        assert report.counts == {"sent": count}, report
        return rate, (tracemalloc.get_traced_memory()[1] - held) / 1e6 if measured else 0.0


def _context(database: Database, folder: Path, port: int) -> Context:
    os.environ["DIGEST_SECRET"] = "a secret for measuring"  # noqa: S105  it protects nothing
    config = Config(
        digest=DigestTable(output=str(folder)),
        mail=MailTable(smtp_url=f"smtp://127.0.0.1:{port}", sender="news@e.org", connections=CONNECTIONS),
    )
    return Context(config=config, database=database, now=NOW, fetcher=lambda: sys.exit("no network"))


def _published(context: Context) -> Edition:
    edition = Edition(publication="weekly", period="2026-W25", language="en")
    issue = Issue(
        publication="weekly",
        title="Weekly",
        headline="News",
        period="2026-W25",
        cadence="weekly",
        language="en",
        date=NOW,
        summary="",
        engine="local",
        overview=(),
        threads=(),
        sections=(),
        entries=(),
        counts={},
        receipt=Receipt(),
    )
    with context.database.write() as tx:
        issues.save(tx, "weekly", period.week("2026-W25"), "en", encode(issue), NOW, "published")
    folder = context.output / "weekly" / "2026-W25" / "en"
    folder.mkdir(parents=True)
    (folder / "mail.html").write_text(
        "<p>graph retrieval</p>\n" * (BYTES * 3 // 4 // 23) + "https://unsubscribe.invalid/"
    )
    (folder / "mail.txt").write_text("graph retrieval\n" * (BYTES // 4 // 16) + "https://unsubscribe.invalid/")
    return edition


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=2_000)
    count = parser.parse_args().readers
    if not (shutil.which("smtp-source") and shutil.which("smtp-sink")):
        sys.exit("smtp-source and smtp-sink are not in the PATH; install Debian's postfix")
    with sink() as port:
        theirs, (ours, _) = source(port, count), send(port, count)
        tracemalloc.start()
        send(port, count // 10)  # what is loaded once
        few, many = send(port, count // 10)[1], send(port, count)[1]
    print(f"{count} messages of {BYTES} bytes over {CONNECTIONS} connections")
    print(f"smtp-source {theirs:.0f}/s, digest send {ours:.0f}/s, ratio {ours / theirs:.2f}")
    print(f"peak memory: {count // 10} readers {few:.2f} MB, {count} readers {many:.2f} MB, ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
