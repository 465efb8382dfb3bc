"""Where a stream's events come from: the reading of one response, sync and async, with its limits and its verdict."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import aclosing, nullcontext
from typing import cast

import anyio
import httpx

from ._events import StreamEvent
from ._failures import request_id
from ._http import TRANSPORT_ERRORS, describe_transport_error
from ._limits import LINGER, StreamLimits, Watchdog
from ._message import Message
from ._reader import StreamReader
from ._settings import Settings
from .errors import APITimeoutError, BasetenError, IncompleteStreamError, StreamTimeoutError


class StreamSource:
    """One response that streams, and what is known of it.

    Args:
        response: The response, not read yet.
        settings: The client's configuration.
        limits: What limits of time there are.
    """

    def __init__(self, response: httpx.Response, settings: Settings, limits: StreamLimits) -> None:
        self.response = response
        self.limits = limits if limits.active else None
        self.reader = StreamReader(request_id(response.headers, settings.auth.redact), settings.auth.redact)
        self.failure: BasetenError | None = None
        self.is_json = response.headers.get("content-type", "").lower().startswith("application/json")
        # Decoding costs time at every chunk, and servers send event streams as they are.
        self.encoded = "content-encoding" in response.headers
        self._redact = settings.auth.redact

    def raise_failure(self) -> None:
        """Raise what the stream failed with, if it did: once failed is failed for good."""
        if self.failure is not None:
            raise self.failure

    def final_message(self) -> Message:
        """Return the whole message; raises as `raise_failure` does."""
        self.raise_failure()
        return self.reader.message()

    def note_close(self) -> None:
        """Take note that the stream was closed: what is missing by now will not come."""
        if not self.reader.complete and self.failure is None:
            self.failure = self.reader.error(IncompleteStreamError, "the stream was closed before the message ended")

    def transport_failure(self, error: Exception) -> BasetenError:
        """Make our error of a transport's, which must not escape."""
        if isinstance(error, httpx.ReadTimeout):
            if not self.reader.begun:
                return APITimeoutError("the stream did not begin in time: raise timeout")
            return self.reader.error(StreamTimeoutError, "the stream stalled for longer than timeout allows")
        reason = self._redact(describe_transport_error(error))
        return self.reader.error(IncompleteStreamError, f"the connection was lost before the message ended: {reason}")

    def time_is_up(self, limits: StreamLimits) -> StreamTimeoutError:
        """Make the error for a limit of time that is exceeded."""
        return self.reader.error(StreamTimeoutError, limits.describe())


def read_events(source: StreamSource, watchdog: Watchdog) -> Generator[StreamEvent, None, None]:
    """Read a response to its end; raises a `BasetenError` unless the message ended as it should."""
    reader = source.reader
    try:
        chunks = _chunks(source)
        limited = chunks if source.limits is None else _limited(source, watchdog, chunks, source.limits)
        if source.is_json:
            yield from reader.read_whole(b"".join(limited))
            return
        for chunk in limited:
            yield from reader.feed(chunk)
            if reader.stopped:
                yield from _linger(source, watchdog, chunks)
                break
        yield from reader.close()
    except TRANSPORT_ERRORS as error:
        source.failure = source.transport_failure(error)
        raise source.failure from error
    except BasetenError as error:
        source.failure = error
        raise
    finally:
        watchdog.stop()
        source.response.close()


def _chunks(source: StreamSource) -> Iterator[bytes]:
    # `iter_raw` would count and regroup the bytes, which costs as much as decoding an event does.
    if source.encoded:
        return source.response.iter_bytes()
    return iter(cast("httpx.SyncByteStream", source.response.stream))


def _limited(
    source: StreamSource, watchdog: Watchdog, chunks: Iterator[bytes], limits: StreamLimits
) -> Iterator[bytes]:
    while True:
        events = source.reader.events
        watchdog.arm(limits.begin_wait())
        try:
            chunk = next(chunks, None)
        except TRANSPORT_ERRORS as error:
            if watchdog.fired:
                raise source.time_is_up(limits) from error
            raise
        watchdog.disarm()
        limits.end_wait()
        if watchdog.fired or (chunk is not None and limits.remaining() <= 0):
            raise source.time_is_up(limits)
        if chunk is None:
            return
        yield chunk
        if source.reader.events > events:
            limits.event_arrived()


def _linger(source: StreamSource, watchdog: Watchdog, chunks: Iterator[bytes]) -> Iterator[StreamEvent]:
    """Read on behind the message's end: an error may still follow, and a connection read to its end is reused."""
    watchdog.arm(LINGER)
    try:
        for chunk in chunks:
            yield from source.reader.feed(chunk)
    except TRANSPORT_ERRORS:
        if not source.reader.complete:
            raise


async def read_events_async(source: StreamSource) -> AsyncGenerator[StreamEvent, None]:
    """Read a response as `read_events` does."""
    reader = source.reader
    try:
        chunks = _chunks_async(source)
        # A generator that is left early is closed by hand: trio warns of those that are left to the garbage collector.
        limited = (
            nullcontext(chunks) if source.limits is None else aclosing(_limited_async(source, chunks, source.limits))
        )
        async with limited as pieces:
            if source.is_json:
                for event in reader.read_whole(b"".join([chunk async for chunk in pieces])):
                    yield event
                return
            async for chunk in pieces:
                for event in reader.feed(chunk):
                    yield event
                if reader.stopped:
                    async for event in _linger_async(source, chunks):
                        yield event
                    break
        for event in reader.close():
            yield event
    except TRANSPORT_ERRORS as error:
        source.failure = source.transport_failure(error)
        raise source.failure from error
    except BasetenError as error:
        source.failure = error
        raise
    finally:
        await source.response.aclose()


def _chunks_async(source: StreamSource) -> AsyncIterator[bytes]:
    if source.encoded:
        return source.response.aiter_bytes()
    return aiter(cast("httpx.AsyncByteStream", source.response.stream))


async def _limited_async(
    source: StreamSource, chunks: AsyncIterator[bytes], limits: StreamLimits
) -> AsyncGenerator[bytes, None]:
    while True:
        events = source.reader.events
        chunk = None
        with anyio.move_on_after(limits.begin_wait()) as scope:
            chunk = await anext(chunks, None)
        limits.end_wait()
        if scope.cancelled_caught or (chunk is not None and limits.remaining() <= 0):
            raise source.time_is_up(limits)
        if chunk is None:
            return
        yield chunk
        if source.reader.events > events:
            limits.event_arrived()


async def _linger_async(source: StreamSource, chunks: AsyncIterator[bytes]) -> AsyncIterator[StreamEvent]:
    """Read on behind the message's end: an error may still follow, and a connection read to its end is reused."""
    ends_at = anyio.current_time() + LINGER
    try:
        while True:
            chunk = None
            with anyio.CancelScope(deadline=ends_at) as scope:
                chunk = await anext(chunks, None)
            if scope.cancelled_caught or chunk is None:
                return
            for event in source.reader.feed(chunk):
                yield event
    except TRANSPORT_ERRORS:
        if not source.reader.complete:
            raise
