"""Chromium without a window, driven over the pipe of its DevTools protocol."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.chromium import CHROMIUM

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
_WAIT_S = 20.0


class Page:
    """One page: `goto` loads an address, `run` gives what a script yields, `press` clicks and waits for the answer."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back, self._rest, self._number = to, back, b"", 0
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self._ask("Page.enable")

    def goto(self, url: str) -> None:
        """Load an address."""
        self.run("window.old = true")
        assert "errorText" not in self._ask("Page.navigate", {"url": url})
        self._loaded()

    def press(self, selector: str) -> None:
        """Click on an element that leads to another page."""
        self.run(f"window.old = true; document.querySelector({json.dumps(selector)}).click()")
        self._loaded()

    def type(self, selector: str, text: str) -> None:
        """Put the cursor into a field and type."""
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self._ask("Input.insertText", {"text": text})

    def run(self, code: str) -> Any:
        """Return the value of a script in the page."""
        told = self._ask("Runtime.evaluate", {"expression": code, "returnByValue": True})
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return str(self.run("document.body.innerText"))

    @property
    def cookies(self) -> int:
        """How many cookies the browser holds."""
        return len(self._ask("Storage.getCookies")["cookies"])

    def _loaded(self) -> None:
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end:
            try:
                if self.run("!window.old && document.readyState === 'complete'"):
                    return
            except (KeyError, AssertionError):  # the page changes just now
                pass
            time.sleep(0.05)
        raise AssertionError("the page did not load")

    def _ask(self, method: str, values: dict[str, Any] | None = None) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": values or {}}
        if hasattr(self, "_session") and not method.startswith(("Target.", "Storage.")):
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._back, 1 << 16)
            assert part, "chromium is gone"
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """Start chromium with a profile of its own, and end it with the block."""
    assert CHROMIUM
    its_in, to = os.pipe()
    back, its_out = os.pipe()
    # The protocol wants its pipes as the file descriptors 3 and 4.
    command = ["bash", "-c", f'exec "$@" 3<&{its_in} 4>&{its_out}', "bash", CHROMIUM, *_FLAGS]
    process = subprocess.Popen(
        [*command, f"--user-data-dir={profile}"], pass_fds=(its_in, its_out), stderr=subprocess.DEVNULL
    )
    os.close(its_in)
    os.close(its_out)
    try:
        yield Page(to, back)
    finally:
        os.close(to)
        os.close(back)
        process.terminate()
        process.wait(timeout=20)
