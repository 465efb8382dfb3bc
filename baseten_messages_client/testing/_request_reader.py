"""Requests read from a socket, with h11."""

import contextlib
import socket

import h11

from ._checks import RefusedError
from ._requests import Headers, RecordedRequest

MAX_BODY = 64 * 1024 * 1024

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_VERSIONS = frozenset({b"1.0", b"1.1"})
_MAX_HEAD = 65_536
_READ_SIZE = 1024 * 1024


class RequestReader:
    """Reads the requests of one connection.

    Args:
        connection: The socket to read from.

    Attributes:
        is_http_1_0: Whether the client of the last request is too old for chunks.
        keeps_alive: Whether the client may send more requests after the last one.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._unread = b""
        self.is_http_1_0 = False
        self.keeps_alive = False

    def read(self) -> RecordedRequest | None:
        """Read the next request.

        Returns:
            The request, or None if the client left before it sent one.

        Raises:
            RefusedError: The request is not valid HTTP, or too large.
            ConnectionError: The client left in the middle of the request.
        """
        self.keeps_alive = False
        # Replies do not go through h11, so each request needs a parser in its first state.
        parser = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD)
        if self._unread:
            parser.receive_data(self._unread)
        head: h11.Request | None = None
        body = bytearray()
        try:
            while True:
                event = parser.next_event()
                if isinstance(event, h11.Request):
                    _check_head(event)
                    head = event
                elif isinstance(event, h11.Data):
                    _check_size(len(body) + len(event.data))
                    body += event.data
                elif isinstance(event, h11.EndOfMessage) and head is not None:
                    self._unread = parser.trailing_data[0]
                    self.is_http_1_0 = head.http_version < b"1.1"
                    connection = dict(head.headers).get(b"connection", b"").lower()
                    self.keeps_alive = not self.is_http_1_0 and b"close" not in connection
                    return _recorded(head, bytes(body))
                elif not self._feed(parser):
                    if head is None:
                        return None
                    raise ConnectionAbortedError
        except h11.RemoteProtocolError as error:
            raise RefusedError(error.error_status_hint, "invalid_request_error", str(error)) from None

    def _feed(self, parser: h11.Connection) -> bool:
        """Give the parser more bytes, unless the client left."""
        if parser.they_are_waiting_for_100_continue:
            go_ahead = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
            self._socket.sendall(parser.send(go_ahead) or b"")
        data = b""
        with contextlib.suppress(ConnectionError):  # A reset is another way to leave.
            data = self._socket.recv(_READ_SIZE)
        if data:
            parser.receive_data(data)
        return bool(data)


def _check_head(request: h11.Request) -> None:
    """Refuse what this server cannot do."""
    headers = dict(request.headers)
    if request.http_version not in _VERSIONS:
        raise RefusedError(
            505, "invalid_request_error", f"HTTP version {request.http_version.decode()} is not supported"
        )
    if request.method.decode() not in _METHODS:
        raise RefusedError(501, "invalid_request_error", f"method {request.method.decode()} is not supported")
    if sum(map(len, [request.target, *headers, *headers.values()])) > _MAX_HEAD:
        raise RefusedError(431, "invalid_request_error", f"the head is larger than {_MAX_HEAD} bytes")
    _check_size(int(headers.get(b"content-length", b"0")))


def _recorded(head: h11.Request, body: bytes) -> RecordedRequest:
    """Make the record of a request."""
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items()]
    return RecordedRequest(head.method.decode(), head.target.decode(), Headers(pairs), body)


def _check_size(size: int) -> None:
    """Refuse a body that is too large."""
    if size > MAX_BODY:
        raise RefusedError(413, "request_too_large", f"the body is larger than {MAX_BODY} bytes")
