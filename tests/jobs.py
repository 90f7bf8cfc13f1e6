"""Work for the sandbox's tests: it has to be importable in the worker."""

import os
import sys
import time
from typing import Any


def echo(payload: bytes, **options: Any) -> dict[str, Any]:
    return {"size": len(payload), "text": payload.decode("utf-8", "replace"), **options}


def spin(payload: bytes) -> None:
    while True:
        pass


def sleep(payload: bytes) -> None:
    time.sleep(30)


def grow(payload: bytes) -> int:
    return len([bytes(1_000_000) for _ in range(2000)])


def crash(payload: bytes) -> None:
    os._exit(3)


def fail(payload: bytes) -> None:
    raise ValueError("no good")


def nest(payload: bytes) -> Any:
    inner: list[Any] = []
    for _ in range(100_000):
        inner = [inner]
    return inner


def surrogate(payload: bytes) -> str:
    return "a\ud800b"


def talk(payload: bytes) -> str:
    sys.stdout.write("this must not look like an answer")
    sys.stdout.flush()
    return "quiet"


def secrets(payload: bytes) -> list[str]:
    return sorted(os.environ)


def large(payload: bytes) -> str:
    return "x" * 3_000_000


def number(payload: bytes) -> int:
    return os.getpid()
