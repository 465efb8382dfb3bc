"""One connection: sends responses as scripted, and notices when the client leaves."""

import contextlib
import http
import selectors
import socket
import struct
import time
from collections.abc import Mapping

from ._backend import Backend
from ._checks import RefusedError
from ._replies import Response
from ._request_reader import RequestReader

# The longest single wait that every platform supports. Longer waits are several in a row.
_LONGEST_WAIT = 3600.0


class Connection:
    """Serves one connection until the client or the server ends it.

    Args:
        backend: Chooses the responses.
        connection: The socket.
    """

    def __init__(self, backend: Backend, connection: socket.socket) -> None:
        self._backend = backend
        self._socket = connection
        self._reader = RequestReader(connection)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def serve(self) -> None:
        """Serve requests one after the other."""
        try:
            while self._serve_one():
                pass
        except RefusedError as refusal:
            with contextlib.suppress(OSError):
                self._send(self._backend.refuse(refusal))
                self._drain()
        except OSError:
            self._backend.client_left()

    def _serve_one(self) -> bool:
        """Serve one request.

        Returns:
            Whether the connection can serve another request.
        """
        request = self._reader.read()
        if request is None:
            return False
        response = self._backend.respond(request)
        if self._send(response, only_head=request.method == "HEAD"):
            return self._reader.keeps_alive and not response.framed_by_caller
        if response.script.resets:
            # Closing a socket that lingers for zero seconds sends a reset.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    def _drain(self) -> None:
        """Wait until the client closes the connection."""
        # Closing with unread bytes would send a reset, and the client might lose the response because of it.
        self._socket.shutdown(socket.SHUT_WR)
        while self._socket.recv(65_536):
            pass

    def _send(self, response: Response, only_head: bool = False) -> bool:
        """Send a response.

        Returns:
            Whether the whole response was sent.
        """
        script = response.script
        self._wait(script.delay)
        if script.drop:
            return False
        framing = {}
        chunked = not (response.whole or response.framed_by_caller or self._reader.is_http_1_0)
        if chunked:
            framing["transfer-encoding"] = "chunked"
        elif response.whole and not response.framed_by_caller and response.status not in (204, 304):
            framing["content-length"] = str(sum(map(len, response.pieces)))
        if response.framed_by_caller or not self._reader.keeps_alive:
            framing["connection"] = "close"
        self._socket.sendall(_head(response.status, framing | response.headers))
        for position, piece in enumerate([] if only_head else response.pieces):
            if position:
                self._wait(script.pause)
            self._socket.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if script.disconnect_at is not None:
            return False
        if chunked and not only_head:
            self._socket.sendall(b"0\r\n\r\n")
        return True

    def _wait(self, seconds: float) -> None:
        """Wait, unless the client or the server leaves first.

        Raises:
            ConnectionError: One of the two left.
        """
        if seconds <= 0:
            return
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0:
                # Closing the server shuts the connection down, which ends this wait too.
                if not selector.select(min(left, _LONGEST_WAIT)):
                    continue
                if not self._socket.recv(1, socket.MSG_PEEK):
                    raise ConnectionAbortedError
                # The next request has arrived, so the socket no longer shows whether the client is there.
                self._backend.closing.wait(min(left, _LONGEST_WAIT))
                if self._backend.closing.is_set():
                    raise ConnectionAbortedError


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    """Write a status line and headers. h11 refuses headers that contradict the body, but scripts may send them."""
    phrase = http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else ""
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1", errors="replace")
