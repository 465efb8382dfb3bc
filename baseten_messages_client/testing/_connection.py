"""One client's connection: reads requests, writes responses, and notices when the client leaves."""

import contextlib
import http
import math
import selectors
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

from ._backend import Backend
from ._events import to_json
from ._replies import Response
from ._requests import Headers, RecordedRequest
from ._service import error_body

MAX_BODY = 64 * 1024 * 1024

_MAX_LINE = 65_536
_BLOCK = 1024 * 1024
# The longest single wait that every platform takes; longer ones are several in a row.
_LONGEST_WAIT = 3600.0


class BadRequestError(Exception):
    """The request cannot be read.

    Args:
        status: HTTP status code.
        message: What is wrong with it.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Connection(BaseHTTPRequestHandler):
    """Serves one connection until either side ends it.

    Args:
        backend: Decides on the responses.
        args: What `socketserver` passes.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, backend: Backend, *args: Any) -> None:
        self._backend = backend
        super().__init__(*args)

    def handle(self) -> None:
        """Serve requests one after the other."""
        # Between two requests a client may leave as it likes.
        with contextlib.suppress(OSError):
            super().handle()

    def answer(self) -> None:
        """Serve one request whose head has been read."""
        try:
            body = self._read_body()
            request = RecordedRequest(self.command, self.path, Headers(self.headers.items()), body)
            response = self._backend.respond(request)
            complete = self._send(response)
        except BadRequestError as error:
            self.send_error(error.status, error.message)
            return
        except OSError:
            self.close_connection = True
            self._backend.client_left()
            return
        if not complete:
            self.close_connection = True
            if response.script.resets:
                self._reset()

    def _reset(self) -> None:
        """Close the connection in the way that the client sees as a reset."""
        # With no seconds to linger, close() sends a reset. It must come before the base class shuts down in order.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()

    # The names by which the base class finds what serves a method.
    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Write no log: the requests are recorded."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that cannot be read, and end the connection.

        Args:
            code: HTTP status code.
            message: What is wrong.
            explain: Not used.
        """
        self.close_connection = True
        error_type = (
            "request_too_large" if code == http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE else "invalid_request_error"
        )
        body = to_json(error_body(error_type, message or http.HTTPStatus(code).phrase))
        headers = {
            "content-type": "application/json",
            "content-length": str(len(body)),
            "connection": "close",
            "x-baseten-request-id": f"req_{self._backend.next_number():06d}",
        }
        self.connection.sendall(_head(code, headers) + body)
        # Closing with unread bytes would send a reset, and the client might lose the response over it.
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read1(_BLOCK):
            pass

    def _send(self, response: Response) -> bool:
        """Send a response.

        Returns:
            Whether it was sent to its end, so that the connection can go on.
        """
        script = response.script
        self._wait(script.delay)
        if script.drop:
            return False
        headers = dict(response.headers)
        framed_by_hand = bool({"content-length", "transfer-encoding"} & headers.keys())
        chunked = not response.whole and not framed_by_hand and self.request_version >= self.protocol_version
        if chunked:
            headers["transfer-encoding"] = "chunked"
        elif response.whole and not framed_by_hand and response.status not in (204, 304):
            headers["content-length"] = str(sum(map(len, response.pieces)))
        elif not response.whole:
            self.close_connection = True
        if self.close_connection or framed_by_hand:
            headers.setdefault("connection", "close")
            self.close_connection = True

        head = _head(response.status, headers)
        pieces = [] if self.command == "HEAD" else response.pieces
        if response.whole:
            self.connection.sendall(head + b"".join(pieces))
            return True
        self.connection.sendall(head)
        left = math.inf if script.disconnect_at is None else script.disconnect_at
        for position, piece in enumerate(pieces):
            if left <= 0:
                break
            if position:
                self._wait(script.pause)
            piece = piece if left >= len(piece) else piece[: int(left)]
            left -= len(piece)
            self.connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if script.disconnect_at is not None:
            return False
        if chunked and self.command != "HEAD":
            self.connection.sendall(b"0\r\n\r\n")
        return True

    def _wait(self, seconds: float) -> None:
        """Wait, but not longer than the client and the server are there.

        Raises:
            ConnectionError: One of the two left.
        """
        if seconds <= 0:
            return
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0:
                # Closing the server shuts the connection down, which ends this wait as well.
                if not selector.select(min(left, _LONGEST_WAIT)):
                    continue
                if not self.connection.recv(1, socket.MSG_PEEK):
                    raise ConnectionAbortedError
                # The next request is there already, so the socket tells nothing about the client any more.
                self._backend.closing.wait(min(left, _LONGEST_WAIT))
                if self._backend.closing.is_set():
                    raise ConnectionAbortedError

    def _read_body(self) -> bytes:
        """Read the body of a request.

        Raises:
            BadRequestError: It is too large, or not framed as HTTP asks for.
            ConnectionError: The client left in the middle of it.
        """
        encoding = self.headers.get("transfer-encoding")
        if encoding is not None:
            if encoding.strip().lower() != "chunked":
                raise BadRequestError(501, f"transfer encoding {encoding!r} is not supported")
            return self._read_chunks()
        length = self.headers.get("content-length", "0").strip()
        if not (length.isascii() and length.isdigit()):
            raise BadRequestError(400, f"content-length: {length!r} is not a length")
        return self._read_exactly(_checked_size(int(length[:20])))

    def _read_chunks(self) -> bytes:
        """Read a body in chunked transfer encoding, and what trails it."""
        parts: list[bytes] = []
        total = 0
        while True:
            digits = self._read_line().partition(b";")[0].strip()
            try:
                size = int(digits, 16)
            except ValueError:
                raise BadRequestError(400, "a chunk does not begin with its size") from None
            if size <= 0:
                break
            total = _checked_size(total + size)
            parts.append(self._read_exactly(size))
            if self._read_line().strip():
                raise BadRequestError(400, "a chunk does not end where its size says")
        while self._read_line().strip():
            pass
        return b"".join(parts)

    def _read_line(self) -> bytes:
        """Read one line of the chunked encoding."""
        line = self.rfile.readline(_MAX_LINE)
        if not line:
            raise ConnectionAbortedError
        return line

    def _read_exactly(self, size: int) -> bytes:
        """Read a number of bytes, or fail when the client leaves before."""
        data = self.rfile.read(size)
        if len(data) < size:
            raise ConnectionAbortedError
        return data


def _checked_size(size: int) -> int:
    """Refuse a body that is too large."""
    if size > MAX_BODY:
        raise BadRequestError(413, f"the body is larger than {MAX_BODY} bytes")
    return size


def _head(status: int, headers: dict[str, str]) -> bytes:
    """Write a status line and headers."""
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1", errors="replace")
