"""A server that writes whatever bytes a test wants, for what no well-behaved HTTP server sends."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

Answer = Callable[[socket.socket, bytes], None]
"""Answers one request: it gets the connection, which is closed afterwards, and the bytes of the request."""

_BLOCK = 65_536


class SocketServer:
    """Hands the first request of each connection to a function that answers it with bytes.

    Attributes:
        connections: How many connections were made, those without a request included.
        requests: The requests that arrived, head and body.

    Args:
        answer: What to send for every request, or the function that sends it.
        tls: Encrypts the connections.
    """

    def __init__(self, answer: bytes | Answer, tls: ssl.SSLContext | None = None) -> None:
        self.connections = 0
        self.requests: list[bytes] = []
        self._answer: Answer = (
            (lambda connection, _: connection.sendall(answer)) if isinstance(answer, bytes) else answer
        )
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._closing = False
        self._open: set[socket.socket] = set()
        self._workers: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept, name="socket-server", daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._acceptor.start()
        return self

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()  # Ends the wait for a connection.
        self._acceptor.join()
        self._listener.close()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                # Not the method of a TLS socket, which would take the encryption away from the thread that uses it.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for worker in self._workers:
            worker.join(5)

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._closing:
                connection.close()
                return
            self.connections += 1
            worker = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._workers.append(worker)
            worker.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if self._tls is not None:
                connection = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
            self._open.add(connection)
            stack.callback(self._open.discard, connection)
            if request := read_request(connection):
                self.requests.append(request)
                self._answer(connection, request)


def read_request(connection: socket.socket) -> bytes:
    """Read one request, whose body has a length; nothing if the client leaves before its end."""
    data = bytearray()
    while b"\r\n\r\n" not in data:
        if not (piece := connection.recv(_BLOCK)):
            return b""
        data += piece
    head, _, _ = bytes(data).partition(b"\r\n\r\n")
    fields = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    length = next((int(value) for name, _, value in fields if name.lower() == b"content-length"), 0)
    while len(data) < len(head) + 4 + length:
        if not (piece := connection.recv(_BLOCK)):
            return b""
        data += piece
    return bytes(data)


def response(
    body: bytes = b"",
    status: str = "200 OK",
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Write a response with a length, after which the connection is closed."""
    return response_head(status, content_type, {"Content-Length": str(len(body)), **(headers or {})}) + body


def response_head(
    status: str = "200 OK", content_type: str = "application/json", headers: Mapping[str, str] | None = None
) -> bytes:
    """Write the head of a response, whose body lasts until the connection ends unless a header says otherwise."""
    fields = {"Content-Type": content_type, "Connection": "close", **(headers or {})}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")
