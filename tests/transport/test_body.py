"""The body of a response while it is being read: its chunks, and how to cut it off."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx
import httpx2
import pytest

from baseten_messages_client import APIResponseError, AsyncBaseten
from baseten_messages_client._transport.body import abort_connection, chunks, chunks_async
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY


class Parts(httpx.SyncByteStream, httpx.AsyncByteStream, httpx2.SyncByteStream, httpx2.AsyncByteStream):
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
    library: Any, mode: str, parts: list[bytes], headers: dict[str, str], expected: list[bytes]
) -> None:
    response = library.Response(200, headers=headers, stream=Parts(parts))

    async def collect() -> list[bytes]:
        return [chunk async for chunk in chunks_async(response)]

    received = list(chunks(response)) if mode == "sync" else anyio.run(collect)
    assert [chunk for chunk in received if chunk] == expected


def test_a_body_that_is_left_early_leaves_no_task(library: Any, server: LocalServer) -> None:
    # The iterators of the HTTP library are closed, and not left to tasks of the event loop.
    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url, max_response_bytes=10) as client:
            with pytest.raises(APIResponseError, match="larger than 10 bytes"):
                await client.messages.create(**HELLO)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())


def test_a_response_without_a_socket_cannot_be_aborted_and_does_not_fail(library: Any) -> None:
    abort_connection(library.Response(200))
