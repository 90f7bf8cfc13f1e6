"""Debian's chromium as a person uses it: pages that are opened, fields that are filled, buttons that are pressed.

It is driven through its debugging pipe (file descriptors 3 and 4, messages end with a zero byte), so that no
library and no port is needed: https://chromedevtools.github.io/devtools-protocol/
"""

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_PATIENCE_S = 60.0


class Chromium:
    """One browser with one page."""

    def __init__(self, profile: Path) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 50) for fd in (theirs_in, theirs_out)]
        self._process = subprocess.Popen(
            [str(CHROMIUM), *_FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(*high, 3, 4),
            preexec_fn=lambda: _place(high),  # noqa: PLW1509  the pipe's numbers are chromium's choice; no threads here yet
        )
        for fd in (theirs_in, theirs_out, *high):
            os.close(fd)
        self._rest, self._count, self._session = b"", 0, ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def open(self, url: str) -> str:
        """Open a page and return the text that a person sees."""
        self._ask("Page.navigate", url=url)
        return self._loaded()

    def press(self, selector: str = "form.form button") -> str:
        """Press a button that leads to another page, and return the text of that one."""
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        return self._loaded()

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it gives."""
        return self._ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def _loaded(self) -> str:
        self._wait(lambda message: message.get("method") == "Page.loadEventFired")
        return str(self.run("document.body.innerText"))

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        number = self._count
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        answer = self._wait(lambda message: message.get("id") == number)
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _wait(self, wanted: Any) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE_S
        while True:
            while b"\0" in self._rest:
                text, _, self._rest = self._rest.partition(b"\0")
                message = json.loads(text)
                if wanted(message):
                    return dict(message)
            assert select.select([self._in], [], [], max(0.0, until - time.monotonic()))[0], "chromium does not answer"
            self._rest += os.read(self._in, 65_536)


def _place(high: list[int]) -> None:
    os.dup2(high[0], 3)
    os.dup2(high[1], 4)
