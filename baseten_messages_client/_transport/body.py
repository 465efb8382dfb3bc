"""Reads the body of a response in chunks, and aborts it while another thread waits for the next chunk."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import cast

import httpx


def abort_connection(response: httpx.Response) -> None:
    """Cut the connection of a response that another thread is reading. This ends that thread's wait."""
    stream = response.extensions.get("network_stream")
    # Over HTTP/2, other responses share the connection. There, a time limit takes effect when the next chunk arrives.
    connection = stream.get_extra_info("socket") if stream and response.http_version.startswith("HTTP/1") else None
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def chunks(response: httpx.Response) -> Iterator[bytes]:
    """Return an iterator over the chunks of the body as they arrive."""
    # Content decoding takes time at every chunk, and servers send event streams without content encoding. `iter_raw`
    # would count and regroup the bytes, which takes as long as decoding an event.
    if "content-encoding" in response.headers:
        return response.iter_bytes()
    return iter(cast("httpx.SyncByteStream", response.stream))


def chunks_async(response: httpx.Response) -> AsyncIterator[bytes]:
    """Return an async iterator over the chunks of the body, as `chunks` does."""
    if "content-encoding" in response.headers:
        return response.aiter_bytes()
    return aiter(cast("httpx.AsyncByteStream", response.stream))
