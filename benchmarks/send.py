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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from digest.steps import mailing
from digest.store.database import Database
from tests.deliver.office import EDITION, SECRET, office, publish, subscribe
from tests.deliver.sink import free_port

BYTES = 40_960
CONNECTIONS = 4


@contextmanager
def sink() -> Iterator[int]:
    """Start smtp-sink and give its port."""
    port = free_port()
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
    options = f"-s {CONNECTIONS} -l {BYTES} -m {count} -f news@e.org -t r@e.org 127.0.0.1:{port}"
    start = time.perf_counter()
    subprocess.run(["smtp-source", *options.split()], check=True)
    return count / (time.perf_counter() - start)


def send(port: int, count: int) -> tuple[float, float]:
    """Send an issue to so many readers; return messages per second and the peak of memory for it in MB."""
    with tempfile.TemporaryDirectory() as folder, Database.open(f"sqlite:///{folder}/digest.db") as database:
        context = office(database, Path(folder), f"smtp://127.0.0.1:{port}", connections=CONNECTIONS)
        publish(context, body="<p>graph retrieval</p>\n" * (BYTES // 23))
        subscribe(context, *(f"r{n}@e.org" for n in range(count)))
        held = 0
        if measured := tracemalloc.is_tracing():
            held = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
        start = time.perf_counter()
        report = mailing.send(context, EDITION)
        rate = count / (time.perf_counter() - start)
        assert report.counts == {"sent": count}, report
        return rate, (tracemalloc.get_traced_memory()[1] - held) / 1e6 if measured else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=2_000)
    count = parser.parse_args().readers
    if not (shutil.which("smtp-source") and shutil.which("smtp-sink")):
        sys.exit("smtp-source and smtp-sink are not in the PATH; install Debian's postfix")
    os.environ["DIGEST_SECRET"] = SECRET
    with sink() as port:
        theirs, (ours, _) = source(port, count), send(port, count)
        tracemalloc.start()
        send(port, count // 10)  # what is loaded once
        # Half a megabyte comes and goes with the garbage collector: the highest of three, as 2,000 readers see it too.
        few, many = max(send(port, count // 10)[1] for _ in range(3)), send(port, count)[1]
    print(f"{count} messages of {BYTES} bytes over {CONNECTIONS} connections")
    print(f"smtp-source {theirs:.0f}/s, digest send {ours:.0f}/s, ratio {ours / theirs:.2f}")
    print(f"peak memory: {count // 10} readers {few:.2f} MB, {count} readers {many:.2f} MB, ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
