"""The simplest of browsers, and the process whose pages it asks for."""

import http.client
import re
import threading
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from urllib.parse import urlencode

from digest.steps.context import Context
from digest.store import readers
from tests.deliver.sink import Sink, free_port

FORM = {"content-type": "application/x-www-form-urlencoded"}


class Browser:
    """One process with its server. Each context that the server asks for is a second later than the last."""

    def __init__(self, context: Context, sink: Sink) -> None:
        self.context, self.sink = context, sink
        self.port = free_port()
        self._lock = threading.Lock()

    def now(self) -> Context:
        with self._lock:
            self.context = replace(self.context, now=self.context.now + timedelta(seconds=1))
            return self.context

    def ask(
        self, method: str, path: str, body: str | bytes = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        status, text, _ = self.answer(method, path, body, headers)
        return status, text

    def answer(
        self, method: str, path: str, body: str | bytes = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text, {name.lower(): value for name, value in response.getheaders()}

    def post(self, path: str, *fields: tuple[str, str]) -> tuple[int, str]:
        return self.ask("POST", path, urlencode(fields), FORM)

    def link(self, way: str) -> str:
        content = self.sink.messages[-1][1]
        text = message_from_bytes(content, policy=policy.default).get_body(("plain",)).get_content()  # type: ignore[union-attr]  a message has one
        match = re.search(rf"https://news\.e\.org(/{way}/\S+)", text)
        assert match is not None
        return match[1]

    def readers(self) -> list[tuple[str, str, int]]:
        with self.context.database.read() as tx:
            return [(r.address, r.state, len(readers.subscriptions(tx, r.id))) for r in readers.listing(tx)]
