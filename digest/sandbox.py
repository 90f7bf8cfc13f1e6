"""Worker processes that may be killed: a stranger's bytes are parsed here, under CPU, memory and time limits."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

from digest.sandboxed import HEAD

_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from digest.sandboxed import serve; serve()"
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
                async with asyncio.timeout(self._bounds.wall_s):
                    answer = await _ask(worker, head, payload, self._bounds.answer)
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
        worker.stdin.write(HEAD.pack(len(head), len(payload)) + head)
        worker.stdin.write(payload)
        await worker.stdin.drain()
        ok, size = HEAD.unpack(await worker.stdout.readexactly(HEAD.size))
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
