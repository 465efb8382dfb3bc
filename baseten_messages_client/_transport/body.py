"""The body of a response: reads it within a size, or in chunks, and cuts it off while another thread reads it."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from types import AsyncGeneratorType
from typing import cast

import httpx

from ..errors import APIResponseError
from .connections import AsyncConnections, Connections
from .decoding import decompress, decompress_async, is_encoded

MAX_ERROR_BYTES = 64 * 1024
"""As much of the body of an error as is read. What went wrong is at its beginning."""

_STEPS_TO_CLOSE = 10
"""Steps of the event loop after which the iterators of the HTTP library are closed. It leaves those within others to
tasks of the loop, one after another."""


class Body:
    """The body of a response that streams, read in chunks.

    It refers to everything that reads the body. As long as it exists, the garbage collector cannot close the response,
    which would take the lock of the connection pool at a moment that nobody chose.

    Args:
        response: The response. Its body has not been read yet.
        connections: What closes the body if it is abandoned.
    """

    def __init__(self, response: httpx.Response, connections: Connections) -> None:
        self._response = response
        self._connections = connections
        self._process = os.getpid()
        self.chunks: Iterator[bytes] = chunks(response)

    def abandon(self) -> None:
        """Cut the connection of a body that nobody reads any more. The next call closes the rest."""
        if self._process != os.getpid():
            _inherited.append(self)
        elif not self._response.is_closed:
            abort_connection(self._response)
            self._connections.abandon(self)

    def close(self) -> None:
        """Close the response."""
        if self._process == os.getpid():
            self._response.close()


class AsyncBody:
    """The body of a response that streams, read in chunks by a task.

    It is kept until it is closed. Otherwise, the garbage collector would have the event loop close the iterators of the
    HTTP library one by one, while they still close each other.

    Args:
        response: The response. Its body has not been read yet.
        connections: Where the response came from.
    """

    def __init__(self, response: httpx.Response, connections: AsyncConnections) -> None:
        self._response = response
        self._connections = connections
        self.chunks: AsyncIterator[bytes] = chunks_async(response)
        connections.bodies.add(self)

    async def close(self) -> None:
        """Close the response, even if this task is cancelled meanwhile."""
        from .cancellation import finish  # Here, because a sync client does not need asyncio.

        if not self._response.is_closed:
            await finish(self._close)

    async def abort(self) -> None:
        """Close the response after a cancellation."""
        from .cancellation import finish

        async def abort() -> None:
            await self._close()
            await self._connections.close_lost()

        await finish(abort)

    async def _close(self) -> None:
        self._connections.bodies.discard(self)
        await self._response.aclose()
        await _close_iterator(self.chunks)


_inherited: list[Body] = []
"""Bodies of a parent process. A forked child keeps them, since closing them would cut the parent's connection."""


def abort_connection(response: httpx.Response) -> None:
    """Cut the connection of a response that another thread is reading. This ends that thread's wait."""
    stream = response.extensions.get("network_stream")
    # Over HTTP/2, other responses share the connection. There, a time limit takes effect when the next chunk arrives.
    connection = stream.get_extra_info("socket") if stream and response.http_version.startswith("HTTP/1") else None
    if connection is not None:
        with suppress(OSError):
            # Not the method of an SSLSocket: that would drop its TLS state, and the reader would get the ciphertext.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)


def chunks(response: httpx.Response) -> Iterator[bytes]:
    """Return an iterator over the chunks of the body as they arrive."""
    # `iter_raw` would count and regroup the bytes, which takes as long as decoding an event.
    raw = iter(cast("httpx.SyncByteStream", response.stream))
    return decompress(response, raw) if is_encoded(response) else raw


def chunks_async(response: httpx.Response) -> AsyncIterator[bytes]:
    """Return an async iterator over the chunks of the body, as `chunks` does."""
    raw = aiter(cast("httpx.AsyncByteStream", response.stream))
    return decompress_async(response, raw) if is_encoded(response) else raw


async def _close_iterator(chunks: AsyncIterator[bytes]) -> None:
    """Close an iterator that may not be at its end, after its response was closed.

    Otherwise, the event loop would close it in a separate task, which may outlast the call.
    """
    # If another task reads, the closed response ends the iterator.
    if isinstance(chunks, AsyncGeneratorType) and not chunks.ag_running and chunks.ag_frame is not None:
        import anyio.lowlevel  # Here, because a sync client does not need it.

        await chunks.aclose()
        for _ in range(_STEPS_TO_CLOSE):
            await anyio.lowlevel.checkpoint()


def read_body(response: httpx.Response, max_bytes: int) -> httpx.Response:
    """Read the body and close the response. Of an error, only the first `MAX_ERROR_BYTES` are read.

    Args:
        response: The response. Its body has not been read yet.
        max_bytes: The largest body of a message, in bytes, after decompression.

    Returns:
        The same response, with its body.

    Raises:
        APIResponseError: The body is larger.
    """
    collected = _Collected(response, max_bytes)
    try:
        for chunk in chunks(response):
            if not collected.add(chunk):
                break
    finally:
        response.close()
    return collected.response()


async def read_body_async(response: httpx.Response, max_bytes: int) -> httpx.Response:
    """Read the body and close the response, as `read_body` does."""
    collected = _Collected(response, max_bytes)
    chunks = chunks_async(response)
    try:
        async for chunk in chunks:
            if not collected.add(chunk):
                break
    finally:
        await response.aclose()
        await _close_iterator(chunks)
    return collected.response()


class _Collected:
    """The chunks of a body so far."""

    def __init__(self, response: httpx.Response, max_bytes: int) -> None:
        self._response = response
        self._is_error = response.status_code != 200
        self._max_bytes = MAX_ERROR_BYTES if self._is_error else max_bytes
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> bool:
        """Add a chunk. Return whether more is needed."""
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > self._max_bytes and not self._is_error:
            raise APIResponseError(
                f"the response is larger than {self._max_bytes:,} bytes: increase max_response_bytes if it is right"
            )
        return self._size < self._max_bytes or not self._is_error

    def response(self) -> httpx.Response:
        """Return the response with its body."""
        content = b"".join(self._chunks)
        if self._is_error:
            content = content[: self._max_bytes]
        decoded = ("content-encoding", "content-length", "transfer-encoding")
        headers = [(name, value) for name, value in self._response.headers.multi_items() if name not in decoded]
        return httpx.Response(
            self._response.status_code,
            headers=headers,
            content=content,
            request=self._response.request,
            extensions=self._response.extensions,
        )
