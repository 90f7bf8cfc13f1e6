"""The worker's side of the sandbox: it loads next to nothing, since every worker pays for it."""

import importlib
import json
import os
import resource
import signal
import struct
import sys
from typing import Any, BinaryIO

HEAD = struct.Struct(">II")
"""Two lengths: before a job those of its description and its bytes, before an answer whether it is one, and its own."""


def serve() -> None:
    """Answer jobs from stdin until it ends; never called in the parent."""
    cpu_s, memory = float(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not look like an answer
    while job := _read_job(source):
        signal.setitimer(signal.ITIMER_PROF, cpu_s)  # its signal ends the process, also inside C code
        ok, answer = _answer(*job)
        signal.setitimer(signal.ITIMER_PROF, 0)
        sink.write(HEAD.pack(ok, len(answer)) + answer)
        sink.flush()


def _read_job(source: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    job_size, payload_size = HEAD.unpack(head)
    return json.loads(source.read(job_size)), source.read(payload_size)


def _answer(job: dict[str, Any], payload: bytes) -> tuple[int, bytes]:
    try:
        function: Any = importlib.import_module(job["module"])
        for part in job["name"].split("."):
            function = getattr(function, part)
        return 1, _as_json(function(payload, **job["options"]))
    except MemoryError:
        return 0, _as_json(["memory", "more memory than allowed"])
    except RecursionError:
        return 0, _as_json(["error", "nested too deeply"])
    except Exception as error:  # noqa: BLE001  whatever a parser raises is this job's result
        return 0, _as_json(["error", f"{type(error).__name__}: {error}"[:500]])


def _as_json(value: Any) -> bytes:  # noqa: ANN401  JSON
    """Encode; lone surrogates, which a hostile text may hold, become question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
