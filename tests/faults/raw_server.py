"""A server of raw bytes: each connection is served by a function that writes what it likes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

PATIENCE = 3.0
"""Seconds after which a script gives up, so that a client without limits is late, but not stuck."""


class Peer:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket, number: int, closing: threading.Event) -> None:
        self.connection = connection
        self.number = number
        """How many connections came before."""
        self._closing = closing

    def read_request(self) -> None:
        """Read one request with its body."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        while len(body) < length:
            body += self._receive()

    def _receive(self) -> bytes:
        received = self.connection.recv(65536)
        if not received:
            raise ConnectionAbortedError
        return received

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait(self, seconds: float) -> bool:
        """Wait; return whether the server is still open."""
        return not self._closing.wait(seconds)

    def drip(self, piece: bytes, pause: float = 0.05) -> None:
        """Send a piece over and over, until the patience ends."""
        for _ in range(int(PATIENCE / pause)):
            self.send(piece)
            if not self.wait(pause):
                return


Script = Callable[[Peer], None]


@contextmanager
def raw_server(script: Script) -> Iterator[str]:
    """Serve every connection with a script in its own thread, and give the server's `host:port`."""
    closing = threading.Event()
    open_connections: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def serve(connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError):
            script(Peer(connection, number, closing))

    def accept(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                thread = threading.Thread(target=serve, args=(connection, len(threads)), daemon=True)
                open_connections.append(connection)
                threads.append(thread)
                thread.start()

    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        acceptor = threading.Thread(target=accept, args=(listener,), daemon=True)
        acceptor.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            closing.set()
            listener.shutdown(socket.SHUT_RDWR)
            acceptor.join()
            for connection in open_connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


@contextmanager
def full_server() -> Iterator[str]:
    """Give the `host:port` of a server whose queue is full, so that no connection to it is ever completed."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"127.0.0.1:{listener.getsockname()[1]}"
