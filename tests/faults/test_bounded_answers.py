"""Answers without bound: what a server may make this package hold in memory, and put into an exception."""

from __future__ import annotations

import gzip
import json
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    BasetenError,
    ConfigurationError,
    InternalServerError,
    UnprocessableEntityError,
)

from ..support import KEY, message_json
from .calls import CALLS, call, failure
from .socket_server import SocketServer, response, response_head

pytestmark = pytest.mark.usefixtures("library")

ROOT = Path(__file__).parent.parent.parent
MEBIBYTE = 1024 * 1024
DEFAULT_LIMIT = 64 * MEBIBYTE
LONGEST_TEXT = 2500
"""About two kilobytes."""
LARGEST_ERROR = MEBIBYTE
"""Far more than an error needs, and far less than a server can send."""


# --- Memory ---


@cache
def bomb(layers: int) -> bytes:
    """Return a few kilobytes that decompress to hundreds of megabytes."""
    return gzip.compress(bomb(layers - 1) if layers > 1 else b" " * 220_000_000, 9)


def measure(mode: str, name: str, url: str, **options: Any) -> dict[str, Any]:
    task = {"mode": mode, "call": name, "options": {"base_url": url, "timeout": 30, **options}}
    command = [sys.executable, "-m", "tests.faults.peak_memory", json.dumps(task)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=45)
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize(
    ("name", "status", "layers"),
    [("create", "200 OK", 1), ("create", "500 Oops", 2), ("stream", "200 OK", 2), ("stream", "500 Oops", 1)],
)
def test_a_small_compressed_body_does_not_fill_the_memory(mode: str, name: str, status: str, layers: int) -> None:
    encoding = {"Content-Encoding": ", ".join(["gzip"] * layers)}
    with SocketServer(response(bomb(layers), status, headers=encoding)) as server:
        result = measure(mode, name, server.url)
    # A body up to the limit, and what the chunk that exceeds it decompresses to.
    assert result["growth"] < 2.5 * DEFAULT_LIMIT, result
    assert len(result["text"]) <= LONGEST_TEXT


@pytest.mark.parametrize("name", ["create", "stream"])
def test_a_lower_limit_bounds_the_memory_further(mode: str, name: str) -> None:
    with SocketServer(response(bomb(1), headers={"Content-Encoding": "gzip"})) as server:
        result = measure(mode, name, server.url, max_response_bytes=MEBIBYTE)
    # What one read of 64 kB decompresses to is more than the limit.
    assert result["growth"] < 100 * MEBIBYTE, result
    assert "max_response_bytes" in result["text"]


# --- Bodies that do not end ---


class Endless:
    """Sends a head, and then one piece over and over until the client leaves; it gives up after `most` bytes."""

    def __init__(self, head: bytes, piece: bytes, most: int) -> None:
        self.sent = 0
        self._head, self._piece, self._most = head, piece, most

    def __call__(self, connection: socket.socket, _: bytes) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        connection.sendall(self._head)
        while self.sent < self._most:
            connection.sendall(self._piece)
            self.sent += len(self._piece)


ENDLESS_JSON = b'"' + b"a" * (MEBIBYTE - 1)


@pytest.mark.parametrize("name", CALLS)
def test_a_body_that_does_not_end_is_left_at_the_limit(mode: str, name: str) -> None:
    endless = Endless(response_head(), ENDLESS_JSON, most=3 * DEFAULT_LIMIT)
    with SocketServer(endless) as server:
        error = failure(mode, name, base_url=server.url, max_retries=1)
    # What is on its way when the client leaves counts as sent.
    assert endless.sent < DEFAULT_LIMIT + 32 * MEBIBYTE
    assert server.connections == 1, "what is too large once is too large again"
    assert "max_response_bytes" in str(error)
    assert len(str(error)) <= LONGEST_TEXT


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("content_type", ["application/json", "text/html", "text/event-stream"])
def test_the_body_of_an_error_is_read_as_far_as_an_error_needs(mode: str, name: str, content_type: str) -> None:
    endless = Endless(response_head("500 Oops", content_type), ENDLESS_JSON, most=DEFAULT_LIMIT)
    with SocketServer(endless) as server:
        error = failure(mode, name, error_class=InternalServerError, base_url=server.url)
    assert endless.sent < 32 * MEBIBYTE
    assert error.status_code == 500
    assert_small(error)


# --- The option ---


@pytest.mark.parametrize("make", [Baseten, AsyncBaseten])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "64"])
def test_a_limit_is_a_positive_whole_number(make: Callable[..., Any], value: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_response_bytes"):
        make(api_key=KEY, max_response_bytes=value)
    with pytest.raises(ConfigurationError, match="max_response_bytes"):
        make(api_key=KEY).with_options(max_response_bytes=value)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_the_limit_counts_the_bytes_of_the_decoded_body(mode: str, encoding: str) -> None:
    body = json.dumps(message_json(content=[{"type": "text", "text": "a" * 100_000}])).encode()
    sent = gzip.compress(body) if encoding == "gzip" else body
    with SocketServer(response(sent, headers={"Content-Encoding": encoding})) as server:
        message = call(mode, base_url=server.url, max_response_bytes=len(body))
        assert message.text == "a" * 100_000
        assert "max_response_bytes" in str(failure(mode, base_url=server.url, max_response_bytes=len(body) - 1))


def test_with_options_changes_the_limit() -> None:
    body = json.dumps(message_json()).encode()
    with SocketServer(response(body)) as server, Baseten(api_key=KEY, base_url=server.url) as client:
        options: dict[str, Any] = {"max_response_bytes": len(body) - 1}
        small = client.with_options(**options)
        arguments: dict[str, Any] = {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "Hi"}]}
        with pytest.raises(BasetenError, match="max_response_bytes"):
            small.messages.create(**arguments)
        assert client.messages.create(**arguments).text == "Hi."


# --- Exceptions ---


def assert_small(error: BaseException) -> None:
    assert len(str(error)) <= LONGEST_TEXT
    assert len(repr(error)) <= LONGEST_TEXT + 200
    assert len(pickle.dumps(error)) <= LARGEST_ERROR


LONG = "x" * 5_000_000
LARGE_BODIES = {
    "detail": {"detail": LONG},
    "message": {"error": {"type": "invalid_request_error", "message": LONG}},
    "type": {"error": {"type": LONG, "message": "wrong"}},
    "validation": {"detail": [{"loc": ["body", "model"], "msg": LONG, "type": "value_error"}]},
    "place": {"detail": [{"loc": ["body", LONG], "msg": "wrong", "type": "value_error"}]},
    "many": {"detail": [{"loc": ["body", "messages", n], "msg": "wrong"} for n in range(20_000)]},
    "request_id": {"error": "wrong", "request_id": LONG},
    "unknown": {"novel": LONG},
    "text": LONG,
}


@pytest.mark.parametrize("name", ["create", "stream"])
@pytest.mark.parametrize("form", LARGE_BODIES)
def test_the_error_of_a_large_error_body_is_small(mode: str, name: str, form: str) -> None:
    with SocketServer(response(json.dumps(LARGE_BODIES[form]).encode(), "422 No")) as server:
        error = failure(mode, name, error_class=UnprocessableEntityError, base_url=server.url)
    assert_small(error)
    assert str(error).startswith("422 Unprocessable")


@pytest.mark.parametrize("name", ["create", "stream"])
@pytest.mark.parametrize("form", LARGE_BODIES)
def test_the_error_of_a_large_body_without_a_message_is_small(mode: str, name: str, form: str) -> None:
    with SocketServer(response(json.dumps(LARGE_BODIES[form]).encode())) as server:
        assert_small(failure(mode, name, base_url=server.url))


@pytest.mark.parametrize("form", ["detail", "message", "type", "validation", "many", "unknown"])
def test_the_error_of_a_large_error_event_is_small(mode: str, form: str) -> None:
    frame = b"event: error\ndata: " + json.dumps(LARGE_BODIES[form]).encode() + b"\n\n"
    with SocketServer(response(frame, content_type="text/event-stream")) as server:
        assert_small(failure(mode, "stream", base_url=server.url))


LARGE_HEADS = {
    "request id": response(b'{"error": "no"}', "400 No", headers={"x-request-id": "r" * 60_000}),
    "location": response(b"", "308 Moved", headers={"Location": "https://example.com/" + "l" * 60_000}),
    "reason phrase": response(b"", f"400 {'p' * 60_000}"),
    "no status line": b"s" * 60_000 + b"\r\n\r\n",
    "no header": b"HTTP/1.1 200 OK\r\n" + b"h" * 60_000 + b"\r\n\r\n",
    "compression": response(b"not compressed" * 5000, headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("name", ["create", "stream"])
@pytest.mark.parametrize("head", LARGE_HEADS)
def test_the_error_of_a_large_head_is_small(mode: str, name: str, head: str) -> None:
    with SocketServer(LARGE_HEADS[head]) as server:
        assert_small(failure(mode, name, base_url=server.url))
