"""The body of a response while it is being read: its chunks, and how to cut it off."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import cast

import httpx


def abort_connection(response: httpx.Response) -> None:
    """Cut the connection of a response that another thread is reading, which ends that thread's wait."""
    stream = response.extensions.get("network_stream")
    # Over HTTP/2 other responses share the connection; there a limit is noticed with the next chunk.
    connection = stream.get_extra_info("socket") if stream and response.http_version.startswith("HTTP/1") else None
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def chunks(response: httpx.Response) -> Iterator[bytes]:
    """Return the body's chunks as they arrive."""
    # Decoding costs time at every chunk, and servers send event streams unencoded. `iter_raw` would count and regroup
    # the bytes, which costs as much as decoding an event does.
    if "content-encoding" in response.headers:
        return response.iter_bytes()
    return iter(cast("httpx.SyncByteStream", response.stream))


def chunks_async(response: httpx.Response) -> AsyncIterator[bytes]:
    """Return the body's chunks as `chunks` does."""
    if "content-encoding" in response.headers:
        return response.aiter_bytes()
    return aiter(cast("httpx.AsyncByteStream", response.stream))
