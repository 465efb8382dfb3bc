"""Sockets with a deadline: no socket operation of a thread lasts beyond it.

The timeouts of the HTTP library start anew with each operation, so a server that sends one byte at a time never exceeds
them. Within `limit_sockets`, each operation gets only the time that is left. Async code needs none of this: a cancel
scope does the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from math import inf
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")

_PIECE = 256 * 1024
"""Bytes to write at a time, so that a server that reads slowly is noticed."""

_GRACE = 0.1
"""Seconds that a task gets to end by itself."""

_ends_at: ContextVar[float] = ContextVar("_ends_at", default=inf)


class DeadlineExceededError(TimeoutError):
    """A socket operation did not end within the time of `limit_sockets`."""


@contextmanager
def limit_sockets(seconds: float) -> Iterator[None]:
    """Limit the time of all socket operations of this thread together.

    Raises:
        DeadlineExceededError: The time is over. The socket operation that exceeds it raises this.
    """
    token = _ends_at.set(monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


@contextmanager
def limit_async(seconds: float) -> Iterator[None]:
    """Limit the time of what a task does, as `limit_sockets` does for a thread."""
    import anyio  # Here, because a sync client does not need it.

    # The timeouts of the HTTP library come first: it closes what it has opened after a timeout, but not always after a
    # cancellation.
    with anyio.move_on_after(seconds + _GRACE) as scope:
        yield
    if scope.cancelled_caught:
        raise DeadlineExceededError("the time for this request is over")


def guard_sockets(http: Any) -> WeakSet[Any]:
    """Make the connections of an HTTP client respect `limit_sockets`.

    Args:
        http: A client of httpx or httpx2. Transports without a connection pool, such as a `MockTransport`, are left
            alone.

    Returns:
        The streams that are open, now and later.
    """
    streams: WeakSet[Any] = WeakSet()
    # httpx has no public way to set the network backend of the pools that it makes itself.
    for transport in (http._transport, *http._mounts.values()):
        pool = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if isinstance(backend, _Backend):  # The caller shares one http_client between several clients.
            return backend.streams
        if pool is not None and backend is not None:
            pool._network_backend = _Backend(backend, streams)
    return streams


class _Backend:
    """Opens the streams of a connection pool. It has the interface of `httpcore.NetworkBackend`."""

    def __init__(self, backend: Any, streams: WeakSet[Any]) -> None:
        self._backend = backend
        self.streams = streams

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        return self._guard(
            _within_deadline(timeout, lambda left: self._backend.connect_tcp(host, port, timeout=left, **options))
        )

    def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> _Stream:
        return self._guard(
            _within_deadline(timeout, lambda left: self._backend.connect_unix_socket(path, timeout=left, **options))
        )

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)

    def _guard(self, stream: Any) -> _Stream:
        return _Stream(stream, self.streams)


class _Stream:
    """One connection. It has the interface of `httpcore.NetworkStream`."""

    def __init__(self, stream: Any, streams: WeakSet[Any]) -> None:
        self._stream = stream
        self._streams = streams
        streams.add(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read: Callable[[float | None], bytes] = partial(self._stream.read, max_bytes)
        return read(timeout) if _ends_at.get() == inf else _within_deadline(timeout, read)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if _ends_at.get() == inf:
            self._stream.write(buffer, timeout)
            return
        for start in range(0, len(buffer), _PIECE):
            _within_deadline(timeout, partial(self._stream.write, buffer[start : start + _PIECE]))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        stream = _within_deadline(timeout, lambda left: self._stream.start_tls(ssl_context, server_hostname, left))
        return _Stream(stream, self._streams)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _within_deadline(timeout: float | None, operate: Callable[[float | None], T]) -> T:
    """Call `operate` with the timeout, or with the time that is left if that is less."""
    ends_at = _ends_at.get()
    if ends_at == inf:
        return operate(timeout)
    left = ends_at - monotonic()
    if left <= 0:
        raise DeadlineExceededError("the time for this request is over")
    if timeout is not None and timeout < left:
        return operate(timeout)
    try:
        return operate(left)
    except Exception as error:
        if "Timeout" in type(error).__name__:  # httpcore's or httpcore2's.
            raise DeadlineExceededError("the time for this request is over") from error
        raise


def close_sockets(streams: WeakSet[Any]) -> None:
    """Close the sockets of a parent process in its forked child. The parent's connections stay open."""
    for stream in list(streams):
        with suppress(OSError):
            # Not the stream's own `close`, which may take a lock or say goodbye to the server.
            stream.get_extra_info("socket").close()
