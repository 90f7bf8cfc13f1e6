import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from digest.sandbox import Bounds, Killed, Sandbox
from tests import jobs

BOUNDS = Bounds(cpu_s=0.5, wall_s=1.5, memory=500_000_000, answer=2_000_000)


def run(function: Callable[..., Any], payload: bytes = b"x", **options: Any) -> Any:
    async def go() -> Any:
        async with Sandbox(BOUNDS) as box:
            return await box.run(function, payload, **options)

    return asyncio.run(go())


def test_a_job_gets_its_bytes_and_options() -> None:
    assert run(jobs.echo, "é".encode() * 70_000, a=1) == {"size": 140_000, "text": "é" * 70_000, "a": 1}


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (jobs.spin, "time"),
        (jobs.sleep, "time"),
        (jobs.grow, "memory"),
        (jobs.crash, "crash"),
        (jobs.fail, "error"),
        (jobs.nest, "error"),
        (jobs.large, "memory"),
    ],
)
def test_a_bad_job_is_a_value_and_soon(job: Callable[..., Any], reason: str) -> None:
    start = time.monotonic()
    found = run(job)
    assert isinstance(found, Killed)
    assert found.reason == reason
    assert time.monotonic() - start < 5


def test_what_was_raised_is_named() -> None:
    assert run(jobs.fail) == Killed(reason="error", message="ValueError: no good")


def test_lone_surrogates_and_printing_do_no_harm() -> None:
    assert run(jobs.surrogate) == "a?b"
    assert run(jobs.talk) == "quiet"


def test_the_worker_knows_no_secrets(request: pytest.FixtureRequest) -> None:
    os.environ["DIGEST_TEST_SECRET"] = "sesame"
    request.addfinalizer(lambda: os.environ.pop("DIGEST_TEST_SECRET"))
    assert "DIGEST_TEST_SECRET" not in run(jobs.secrets)


def test_a_worker_is_used_again_and_replaced_when_killed() -> None:
    async def go() -> list[Any]:
        async with Sandbox(BOUNDS, size=1) as box:
            first = await box.run(jobs.number, b"")
            assert await box.run(jobs.number, b"") == first
            assert isinstance(await box.run(jobs.fail, b""), Killed)
            assert await box.run(jobs.number, b"") == first
            assert isinstance(await box.run(jobs.crash, b""), Killed)
            return [first, await box.run(jobs.number, b"")]

    first, second = asyncio.run(go())
    assert first != second


def test_a_cancelled_job_leaves_no_worker_behind() -> None:
    async def go() -> None:
        async with Sandbox(BOUNDS, size=1) as box:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.5):
                    await box.run(jobs.sleep, b"")
            assert await box.run(jobs.echo, b"") == {"size": 0, "text": ""}

    asyncio.run(go())
