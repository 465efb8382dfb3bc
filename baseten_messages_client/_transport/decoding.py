"""Decompresses bodies in small pieces, so that a small body cannot fill the memory at once."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

import httpx

ACCEPTED = "gzip, deflate"
"""What `Decoder` can decompress, for the header `Accept-Encoding`."""
_PIECE = 64 * 1024


def is_encoded(response: httpx.Response) -> bool:
    """Return whether the body is compressed."""
    return response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")


def decompress(response: httpx.Response, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the decompressed pieces of a body.

    Raises:
        httpx.DecodingError: The compression is broken, or is one that was not asked for.
    """
    decoder = Decoder(response)
    for chunk in chunks:
        yield from decoder.feed(chunk)


async def decompress_async(response: httpx.Response, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the decompressed pieces of a body, as `decompress` does."""
    decoder = Decoder(response)
    try:
        async for chunk in chunks:
            for piece in decoder.feed(chunk):
                yield piece
    finally:
        if isinstance(chunks, AsyncGenerator):
            await chunks.aclose()


class Decoder:
    """Decompresses one body.

    Raises:
        httpx.DecodingError: The body has several encodings, or one that was not asked for.
    """

    def __init__(self, response: httpx.Response) -> None:
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise httpx.DecodingError(f"its Content-Encoding is {encoding[:100]!r}, which was not asked for")
        self._is_gzip = encoding != "deflate"
        self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16 if self._is_gzip else zlib.MAX_WBITS)
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what the next bytes decompress to, at most 64 KiB at a time."""
        data = chunk
        while data:
            try:
                piece = self._decompressor.decompress(data, _PIECE)
            except zlib.error as error:
                if self._is_gzip or self._begun:
                    raise httpx.DecodingError(str(error)) from error
                # Some servers send deflate without its zlib header.
                self._begun, self._decompressor = True, zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._begun = True
            data = self._decompressor.unconsumed_tail
            if self._decompressor.eof and self._is_gzip and self._decompressor.unused_data:
                # A gzip body may have several members.
                data = self._decompressor.unused_data
                self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if piece:
                yield piece
