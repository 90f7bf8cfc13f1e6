"""A model server that speaks the chat completions protocol over real sockets, honestly or not.

`python -m tests.llm.server --port 8098 --mode honest [--latency-ms 300]`; `POST /_mode` with a mode's name changes it,
`GET /_stats` counts. Modes: those of `compose.LIES`, and those that break the answer (FORMS) or the exchange (FAULTS).
"""

import argparse
import json
import socket
import struct
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.llm.compose import LIES, compose

_FILLING = "@filling@"  # stands for ten megabytes, written where they are sent: to encode them takes long
MODELS = ("fake-cheap", "fake-best", "gpt-4o-mini", "gpt-4o")
FORMS = {
    "truncated": lambda text: text[: len(text) // 2],
    "fences": lambda text: f"Here you are:\n```json\n{text}\n```\nAnything else?",
    "empty": lambda _text: "",
    "huge": lambda text: text[:-1] + ', "more": "' + _FILLING + '"}',
    "prose": lambda _text: "I would rather talk about the weather.",
    "thinking": lambda text: f"<think>{{first}} I wonder</think>{text}",
    "repaired": lambda text: text,  # malformed until it is told so
}
FAULTS = frozenset(
    [
        "refusal",
        "rate_limited",
        "failing",
        "down",
        "hang",
        "drop",
        "midway",
        "unstructured",
        "object_only",
        "unauthorised",
        "unknown_model",
        "context",
        "no_temperature",
        "odd_request",
        "reasoner",
        "not_a_completion",
        "filtered",
        "broken",
        "forbidden",
        "quota",
        "no_usage",
        "slow_first",
    ]
)
MODES = frozenset(LIES) | frozenset(FORMS) | FAULTS
_THOUGHT_TOKENS = 1_000  # that the reasoner needs before it answers
_BROKEN = ("prose", "rate_limited", "down", "truncated", "drop", "empty")


class ModelServer(ThreadingHTTPServer):
    """The server, as a context manager. `mode`, `latency_ms` and `failures` may be changed while it runs."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, mode: str = "honest", *, port: int = 0, latency_ms: float = 0, failures: int = 2) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.mode = mode
        self.latency_ms = latency_ms
        self.failures = failures  # of rate_limited and failing, before they answer
        self.retry_after = "1"
        self.context_chars = 3_000
        self.echo_key = False
        self.counts: Counter[str] = Counter()
        self.requests: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.keep = True
        self.under_way = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        """What a client is configured with."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def calls(self) -> int:
        """Completions asked for, whatever came of them."""
        return self.counts["calls"]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; a fault of ours is kept for the test to see."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.faults.append(repr(error))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ModelServer

    def log_message(self, *_: Any) -> None:
        return

    def do_GET(self) -> None:
        if self.path == "/_stats":
            self._json(200, dict(self.server.counts))
        elif self.path.endswith("/models") and not self._refused():
            self._json(
                200,
                {
                    "object": "list",
                    "data": [{"id": m, "object": "model", "created": 0, "owned_by": "x"} for m in MODELS],
                },
            )
        elif not self.path.endswith("/models"):
            self._fail(404, "not found")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/_mode":
            self.server.mode = body.decode().strip()
            self._json(200, {"mode": self.server.mode})
            return
        request = json.loads(body)
        server = self.server
        with server.lock:
            server.counts["calls"] += 1
            number = server.counts["calls"]
            server.under_way += 1
            server.counts["most_at_once"] = max(server.counts["most_at_once"], server.under_way)
            if server.keep:
                server.requests.append(request)
        try:
            time.sleep(server.latency_ms / 1000)
            self._answer(request, number)
        finally:
            with server.lock:
                server.under_way -= 1

    def _answer(self, request: dict[str, Any], number: int) -> None:
        mode = self.server.mode
        if mode == "broken":
            mode = _BROKEN[number % len(_BROKEN)]
        if self._refused() or self._faulted(mode, request, number):
            return
        user = request["messages"][1]["content"]
        answer = LIES.get(mode, LIES["honest"])(compose(request), user)
        text = json.dumps(answer, ensure_ascii=False)
        if mode == "repaired" and len(request["messages"]) == 2:
            text = text[:-1]
        self._complete(request, FORMS.get(mode, str)(text), usage=mode != "no_usage")

    def _refused(self) -> bool:
        mode = self.server.mode
        if mode == "unauthorised" or self.headers.get("Authorization") == "Bearer wrong":
            told = self.headers.get("Authorization") if self.server.echo_key else "that one"
            self._fail(401, f"Incorrect API key provided: {told}", code="invalid_api_key")
        elif mode == "forbidden":
            self._fail(403, "not allowed from here")
        else:
            return False
        return True

    def _faulted(self, mode: str, request: dict[str, Any], number: int) -> bool:
        return self._declined(mode, request, number) or self._gone(mode, number) or self._odd(mode, request)

    def _declined(self, mode: str, request: dict[str, Any], number: int) -> bool:
        """Answer with a status that says what is wrong."""
        early = number <= self.server.failures
        if mode == "unknown_model" or request["model"] not in MODELS:
            self._fail(404, f"The model {request['model']} does not exist", code="model_not_found")
        elif mode == "rate_limited" and (early or self.server.mode == "broken"):
            self._fail(429, "slow down", headers={"Retry-After": self.server.retry_after})
        elif mode == "quota":
            self._fail(429, "You exceeded your current quota", code="insufficient_quota")
        elif mode == "down" or (mode == "failing" and early):
            self._fail(500, "the engine is on fire")
        else:
            return self._unfit(mode, request)
        return True

    def _unfit(self, mode: str, request: dict[str, Any]) -> bool:
        """Answer 400 to what this server can't do."""
        kind = (request.get("response_format") or {}).get("type")
        size = sum(len(message["content"]) for message in request["messages"][1:])
        if mode == "context" and size > self.server.context_chars:
            self._fail(400, "This model's maximum context length is 700 tokens.", code="context_length_exceeded")
        elif (mode == "unstructured" and kind) or (mode == "object_only" and kind == "json_schema"):
            self._fail(400, f"response_format of type {kind} is not supported")
        elif mode == "odd_request":
            self._fail(400, "Invalid character in message")
        elif mode == "no_temperature" and "temperature" in request:
            self._fail(400, "Unsupported value: 'temperature' does not support 0")
        elif mode == "no_temperature" and "max_tokens" in request:
            self._fail(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        else:
            return False
        return True

    def _gone(self, mode: str, number: int) -> bool:
        """Say nothing, or break off."""
        if mode == "hang" or (mode == "slow_first" and number <= self.server.failures):
            self.server.stopping.wait(60)
            self.close_connection = True
        elif mode in {"drop", "midway"}:
            self._drop(midway=mode == "midway")
        else:
            return False
        return True

    def _odd(self, mode: str, request: dict[str, Any]) -> bool:
        """Answer with status 200 and no answer in it."""
        if mode == "not_a_completion":
            self._json(200, {"hello": "world"})
        elif mode == "refusal":
            self._complete(request, "", refusal="I can't help with that.")
        elif mode == "reasoner" and (request.get("max_tokens") or 0) < _THOUGHT_TOKENS:
            self._complete(request, "", finish="length")
        elif mode == "filtered":
            self._complete(request, "", finish="content_filter")
        else:
            return False
        return True

    def _complete(
        self,
        request: dict[str, Any],
        text: str,
        *,
        refusal: str | None = None,
        finish: str = "stop",
        usage: bool = True,
    ) -> None:
        prompt = sum(len(message["content"]) for message in request["messages"]) // 4
        limit = request.get("max_tokens") or request.get("max_completion_tokens") or 10_000
        if self.server.mode == "truncated":
            finish = "length"
        message = {"role": "assistant", "content": text or None, "refusal": refusal}
        answer = {
            "id": "x", "object": "chat.completion", "created": 0, "model": request["model"],
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        }  # fmt: skip
        if usage:
            tokens = min(limit, len(text) // 4 + 1)
            answer["usage"] = {"prompt_tokens": prompt, "completion_tokens": tokens, "total_tokens": prompt + tokens}
        self._json(200, answer)

    def _drop(self, *, midway: bool) -> None:
        if midway:
            self.wfile.write(
                b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"choices"'
            )
            self.wfile.flush()
        # A reset instead of a polite end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def _fail(
        self, status: int, message: str, *, code: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        self._json(status, {"error": {"message": message, "type": "error", "param": None, "code": code}}, headers)

    def _json(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(value).encode().replace(_FILLING.encode(), b"x" * 10_000_000)
        self.server.counts[f"status_{status}"] += 1
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)


def main() -> None:
    """Serve until interrupted; the first line printed says where."""
    parser = argparse.ArgumentParser(prog="python -m tests.llm.server")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--mode", choices=sorted(MODES), default="honest")
    parser.add_argument("--latency-ms", type=float, default=0)
    options = parser.parse_args()
    server = ModelServer(options.mode, port=options.port, latency_ms=options.latency_ms)
    server.keep = False
    print(f"listening on {server.base_url}", flush=True)  # noqa: T201  how a caller learns the port
    server.serve_forever()


if __name__ == "__main__":
    main()
