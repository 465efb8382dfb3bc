"""One request made ready to send: its address, headers, body and timeout."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest

from baseten_messages_client.testing import LocalServer

from ..conftest import Create
from ..support import HELLO, KEY, message_json


class RawListener:
    """A TCP listener that keeps the bytes of one request, and answers with a message."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.head, self.body = b"", b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection, connection.makefile("rb") as stream:
            lines = list(iter(stream.readline, b"\r\n"))
            self.head = b"".join(lines)
            length = next(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length"))
            self.body = stream.read(length)
            answer = json.dumps(message_json()).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n")
            connection.sendall(b"content-length: %d\r\n\r\n%s" % (len(answer), answer))

    def close(self) -> None:
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[RawListener]:
    listener = RawListener()
    yield listener
    listener.close()


@pytest.mark.parametrize("scheme", ["Bearer", "Api-Key"])
@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/messages"])
def test_a_request_goes_to_the_endpoint_with_the_key_and_the_body(
    create: Create, listener: RawListener, scheme: str, suffix: str
) -> None:
    create({"base_url": listener.url + suffix, "auth_scheme": scheme, "default_headers": {"x-api-key": KEY}})
    first, *rest = listener.head.decode().splitlines()
    headers = dict(line.lower().split(": ", 1) for line in rest)
    assert first == "POST /v1/messages HTTP/1.1"
    values = [value for name, _, value in (line.partition(": ") for line in rest) if name.lower() == "authorization"]
    assert values == [f"{scheme} {KEY}"]
    assert "x-api-key" not in headers
    assert headers["content-type"] == "application/json"
    assert json.loads(listener.body) == HELLO


def test_one_call_may_add_headers_fields_and_a_timeout(create: Create, server: LocalServer) -> None:
    server.enqueue("ok", check=False)  # The schema has no such field.
    create(
        {"default_headers": {"X-One": "1", "X-Two": "2"}},
        extra_headers={"x-two": "3", "x-api-key": "no"},
        extra_body={"unpublished_option": 7},
        timeout=5,
    )
    (request,) = server.requests
    assert (request.headers["x-one"], request.headers["x-two"]) == ("1", "3")
    assert "x-api-key" not in request.headers
    assert request.json == {**HELLO, "unpublished_option": 7}
