"""The body of a response while it is being read: its chunks, and how to cut it off."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator

import anyio
import httpx
import pytest

from baseten_messages_client._transport.body import abort_connection, chunks, chunks_async


class Parts(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in these parts."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part


ZIPPED = gzip.compress(b"Hello")


@pytest.mark.parametrize(
    ("parts", "headers", "expected"),
    [
        ([b"He", b"l", b"lo"], {}, [b"He", b"l", b"lo"]),
        ([ZIPPED[:9], ZIPPED[9:]], {"content-encoding": "gzip"}, [b"Hello"]),
    ],
    ids=["plain", "gzip"],
)
def test_chunks_are_given_as_they_arrive_and_decoded(
    mode: str, parts: list[bytes], headers: dict[str, str], expected: list[bytes]
) -> None:
    response = httpx.Response(200, headers=headers, stream=Parts(parts))

    async def collect() -> list[bytes]:
        return [chunk async for chunk in chunks_async(response)]

    received = list(chunks(response)) if mode == "sync" else anyio.run(collect)
    assert [chunk for chunk in received if chunk] == expected


def test_a_response_without_a_socket_cannot_be_aborted_and_does_not_fail() -> None:
    abort_connection(httpx.Response(200))
