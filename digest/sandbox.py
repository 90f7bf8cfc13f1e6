"""Worker processes that may be killed: a stranger's bytes are parsed here, under CPU, memory and time limits."""

import asyncio
import importlib
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self

_HEAD = struct.Struct(">II")
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from digest.sandbox import serve; serve()"
_GRACE_S = 2.0
_SMALLEST_ANSWER_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one job may use: CPU seconds, wall-clock seconds, bytes of address space of the worker, bytes of answer."""

    cpu_s: float = 2.0
    wall_s: float = 4.0
    memory: int = 600_000_000
    answer: int = 40_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """A job without a result: it ran out of time or memory, crashed the worker, or raised."""

    reason: Literal["time", "memory", "crash", "error"]
    message: str


class Sandbox:
    """A few worker processes; an async context manager that starts them when needed and kills them at the end.

    A function is named by reference and must be importable; it takes bytes and keyword options and returns what JSON
    can hold. JSON, not pickle, comes back, so that a subverted worker can't run code here. Workers get no secrets:
    their environment is nearly empty.
    """

    def __init__(self, bounds: Bounds | None = None, size: int = 2) -> None:
        self._bounds = bounds or Bounds()
        self._slots = asyncio.Semaphore(size)
        self._idle: list[asyncio.subprocess.Process] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        idle, self._idle = self._idle, []
        await asyncio.gather(*map(_dismiss, idle))

    async def run(self, function: Callable[..., Any], payload: bytes, **options: Any) -> Any | Killed:  # noqa: ANN401  JSON
        """Run `function(payload, **options)` in a worker and return its result, or why there is none."""
        job = {"module": function.__module__, "name": function.__qualname__, "options": options}
        head = json.dumps(job).encode()
        async with self._slots:
            worker = self._idle.pop() if self._idle else await self._start()
            done = False
            try:
                answer = await asyncio.wait_for(_ask(worker, head, payload, self._bounds.answer), self._bounds.wall_s)
                done = not isinstance(answer, Killed) or answer.reason == "error"
            except TimeoutError:
                answer = Killed(reason="time", message=f"not done within {self._bounds.wall_s:g} s")
            finally:
                if done:
                    self._idle.append(worker)
                else:
                    await _kill(worker)
            return answer

    async def _start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _BOOT,
            json.dumps(sys.path),
            str(self._bounds.cpu_s),
            str(self._bounds.memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C reaches the parent alone, which then ends its workers
            limit=_SMALLEST_ANSWER_LIMIT,
        )


async def _ask(worker: asyncio.subprocess.Process, head: bytes, payload: bytes, limit: int) -> Any | Killed:  # noqa: ANN401  JSON
    if worker.stdin is None or worker.stdout is None:
        return Killed(reason="crash", message="the worker has no pipes")
    try:
        worker.stdin.write(_HEAD.pack(len(head), len(payload)) + head)
        worker.stdin.write(payload)
        await worker.stdin.drain()
        ok, size = _HEAD.unpack(await worker.stdout.readexactly(_HEAD.size))
        if size > limit:
            return Killed(reason="memory", message=f"the result has {size:,} bytes")
        answer = json.loads(await worker.stdout.readexactly(size))
    except (asyncio.IncompleteReadError, ConnectionError, ValueError):
        return _cause(await worker.wait())
    return answer if ok else Killed(reason=answer[0], message=answer[1])


def _cause(code: int) -> Killed:
    if code in {-signal.SIGPROF, -signal.SIGXCPU}:
        return Killed(reason="time", message="more CPU time than allowed")
    return Killed(reason="crash", message=f"the worker ended with {code}")


async def _dismiss(worker: asyncio.subprocess.Process) -> None:
    """End a worker that has nothing to do: it goes by itself when its input ends."""
    if worker.stdin is not None:
        worker.stdin.close()
    with suppress(TimeoutError):
        await asyncio.wait_for(worker.wait(), _GRACE_S)
    await _kill(worker)


async def _kill(worker: asyncio.subprocess.Process) -> None:
    if worker.returncode is None:
        worker.kill()
    if worker.stdin is not None:
        worker.stdin.close()
    await worker.wait()


def serve() -> None:
    """Answer jobs from stdin until it ends: the worker's side, never called in the parent."""
    cpu_s, memory = float(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not look like an answer
    while job := _read_job(source):
        signal.setitimer(signal.ITIMER_PROF, cpu_s)  # its signal ends the process, also inside C code
        ok, answer = _answer(*job)
        signal.setitimer(signal.ITIMER_PROF, 0)
        sink.write(_HEAD.pack(ok, len(answer)) + answer)
        sink.flush()


def _read_job(source: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    job_size, payload_size = _HEAD.unpack(head)
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
