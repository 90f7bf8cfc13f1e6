"""Debian's chromium on a site of ours: pages in frames of a given width, and what a script measures there."""

import html
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

CHROMIUM = shutil.which("chromium")
HOST = "site.test"
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--proxy-bypass-list=<-loopback>",
)
_PROBE = """<!doctype html><meta charset="utf-8"><body style="margin:0"><pre id="told"></pre>
<script>
var told = {{}}, pages = {pages};
function measure(page, frame) {{ {code} }}
pages.forEach(function (path) {{
  var element = document.createElement("iframe");
  element.style = "display:block;width:{width}px;height:900px;border:0";
  element.addEventListener("load", function () {{
    try {{ told[path] = measure(element.contentDocument, element.contentWindow); }}
    catch (error) {{ told[path] = {{error: String(error)}}; }}
    document.getElementById("told").textContent = JSON.stringify(told);
  }});
  element.src = "/" + encodeURI(path);
  document.body.append(element);
}});
</script>"""
_TOLD = re.compile(r'<pre id="told">(.*?)</pre>', re.DOTALL)
_OWN_CALLS = re.compile(r"(^|\.)(google|googleapis|gvt1|gstatic)\.com$")  # chromium's own, refused here


class Site:
    """A site served by one proxy for every host, so that a request to another host is seen, not sent."""

    def __init__(self, port: int, files: dict[str, bytes], asked: list[str], profile: Path) -> None:
        self._port = port
        self._files = files
        self._asked = asked
        self._profile = profile

    def measure(self, pages: Sequence[str], code: str, *, width: int = 1280, dark: bool = False) -> dict[str, Any]:
        """Return by path what the code returns beside each page; it sees `page` (the document) and `frame`."""
        probe = _PROBE.format(pages=json.dumps(list(pages)), width=width, code=code)
        self._files["probe.html"] = probe.encode()
        dom = self._run("--virtual-time-budget=8000", "--dump-dom", dark=dark)
        told = _TOLD.search(dom)
        assert told, dom
        read: dict[str, Any] = json.loads(html.unescape(told[1]))
        assert set(read) == set(pages)
        return read

    def strangers(self) -> list[str]:
        """List the other hosts that were asked for anything."""
        return sorted({host for host in self._asked if host != HOST and not _OWN_CALLS.search(host)})

    def _run(self, *flags: str, dark: bool) -> str:
        assert CHROMIUM
        scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
        own = (f"--proxy-server=http://127.0.0.1:{self._port}", f"--user-data-dir={self._profile}", scheme)
        done = subprocess.run(
            [CHROMIUM, *_FLAGS, *own, *flags, f"http://{HOST}/probe.html"], capture_output=True, timeout=90, check=True
        )
        return done.stdout.decode()


@contextmanager
def serving(files: Mapping[str, bytes], profile: Path) -> Iterator[Site]:
    """Serve files by path until the block ends."""
    held, asked = dict(files), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked.append(parts.hostname or "")
            content = held.get(unquote(parts.path).lstrip("/")) if parts.hostname == HOST else None
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content or b"")

        def do_CONNECT(self) -> None:
            asked.append(self.path.rpartition(":")[0])
            self.send_error(403)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(server.server_address[1], held, asked, profile)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
