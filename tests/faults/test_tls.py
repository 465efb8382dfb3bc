"""Ending a stream over TLS from another thread: the reader ends at once, and never reads what is still encrypted."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from baseten_messages_client import Baseten, IncompleteStreamError, StreamTimeoutError

from ..support import HELLO, KEY
from .certificates import make_certificate, server_context
from .socket_server import SocketServer, response_head

PROMPTLY = 2.0
"""Seconds within which a reader must end."""
ROUNDS = 10
"""How often to try what depends on the moment."""


def event(name: str, **fields: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **fields})}\n\n".encode()


START = event("message_start", message={"id": "m", "content": []})
PIECE = event("content_block_delta", index=0, delta={"type": "text_delta", "text": "piece "})


def flood(connection: socket.socket, _: bytes) -> None:
    """Send events without end, so that the client's buffers are always full."""
    connection.sendall(response_head(content_type="text/event-stream") + START)
    while True:
        connection.sendall(PIECE * 100)


def stall(connection: socket.socket, _: bytes) -> None:
    """Send the beginning of a stream, and wait until the client leaves."""
    connection.sendall(response_head(content_type="text/event-stream") + START + PIECE)
    connection.recv(1)


class RecordingStream(httpx.SyncByteStream, httpx2.SyncByteStream):
    """Notes the bytes that a stream hands out."""

    def __init__(self, stream: Any, chunks: list[bytes]) -> None:
        self._stream, self._chunks = stream, chunks

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._chunks.append(chunk)
            yield chunk

    def close(self) -> None:
        self._stream.close()


class RecordingTransport:
    """Notes the bytes that every response of an HTTP transport hands out."""

    def __init__(self, transport: Any) -> None:
        self.chunks: list[bytes] = []
        self.transport = transport
        self._handle_request = transport.handle_request
        transport.handle_request = self._record

    def _record(self, request: Any) -> Any:
        response = self._handle_request(request)
        response.stream = RecordingStream(response.stream, self.chunks)
        return response


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def transport(library: Any, certificate: Path) -> RecordingTransport:
    return RecordingTransport(library.HTTPTransport(verify=ssl.create_default_context(cafile=certificate)))


@pytest.fixture
def client(library: Any, transport: RecordingTransport) -> Iterator[Baseten]:
    with library.Client(transport=transport.transport) as http:
        yield Baseten(api_key=KEY, base_url="https://127.0.0.1", http_client=http, max_retries=0, timeout=10)


def assert_only_plaintext(chunks: list[bytes]) -> None:
    received = b"".join(chunks)
    expected = START + PIECE * (len(received) // len(PIECE) + 1)
    assert received == expected[: len(received)], "the reader got bytes that the server did not send"


@pytest.mark.parametrize("answer", [flood, stall], ids=["sending", "stalled"])
def test_closing_from_another_thread_ends_the_reader_at_once(
    certificate: Path, transport: RecordingTransport, client: Baseten, answer: Any
) -> None:
    with SocketServer(answer, tls=server_context(certificate)) as server, ThreadPoolExecutor() as pool:
        client = client.with_options(base_url=server.url)
        for _ in range(ROUNDS):
            transport.chunks.clear()
            with client.messages.stream(**HELLO) as stream:
                reading = pool.submit(stream.get_final_message)
                while len(transport.chunks) < 2 and answer is flood:
                    time.sleep(0.001)
                stream.close()
                closed_at = time.monotonic()
                error = reading.exception(timeout=PROMPTLY)
                assert time.monotonic() - closed_at < PROMPTLY
            assert isinstance(error, IncompleteStreamError), repr(error)
            assert error.partial_message is not None
            assert error.partial_message.text.replace("piece ", "") == ""
            assert_only_plaintext(transport.chunks)


def test_the_error_says_that_the_stream_was_closed(certificate: Path, client: Baseten) -> None:
    with (
        SocketServer(stall, tls=server_context(certificate)) as server,
        ThreadPoolExecutor() as pool,
        client.with_options(base_url=server.url).messages.stream(**HELLO) as stream,
    ):
        events = iter(stream)
        assert [next(events).type for _ in range(2)] == ["message_start", "content_block_delta"]
        reading = pool.submit(stream.get_final_message)
        stream.close()
        error = reading.exception(timeout=PROMPTLY)
    assert isinstance(error, IncompleteStreamError)
    assert "closed" in str(error)
    assert error.partial_message is not None
    assert error.partial_message.text == "piece "


@pytest.mark.parametrize("limit", ["idle_timeout", "deadline"])
def test_a_limit_of_time_ends_a_stalled_reader(
    certificate: Path, transport: RecordingTransport, client: Baseten, limit: str
) -> None:
    limits: dict[str, Any] = {limit: 0.3}
    with SocketServer(stall, tls=server_context(certificate)) as server:
        started = time.monotonic()
        with (
            pytest.raises(StreamTimeoutError, match=limit) as caught,
            client.with_options(base_url=server.url).messages.stream(**HELLO, **limits) as stream,
        ):
            stream.until_done()
    assert time.monotonic() - started < PROMPTLY
    assert caught.value.partial_message is not None
    assert caught.value.partial_message.text == "piece "
    assert_only_plaintext(transport.chunks)


def test_a_client_goes_on_after_a_stream_was_closed(certificate: Path, client: Baseten) -> None:
    threads = threading.active_count()
    with SocketServer(stall, tls=server_context(certificate)) as server, ThreadPoolExecutor() as pool:
        client = client.with_options(base_url=server.url)
        for _ in range(ROUNDS):
            with client.messages.stream(**HELLO) as stream:
                reading = pool.submit(stream.get_final_message)
                stream.close()
                assert isinstance(reading.exception(timeout=PROMPTLY), IncompleteStreamError)
        assert server.connections == ROUNDS
    assert threading.active_count() == threads
