"""Reads the events of one response, sync and async: the I/O around `StreamReader`, time limits, and failures."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import aclosing, nullcontext
from time import monotonic
from typing import TYPE_CHECKING

import anyio

from .. import models
from .._message import Message
from .._transport.body import AsyncBody, Body
from .._transport.deadline import StreamLimits
from .._transport.headers import read_request_id
from .._transport.safe_response import Exchange
from .._transport.settings import Settings
from .._transport.sockets import DeadlineExceededError, limit_sockets
from .._transport.transport_errors import describe_transport_error, is_read_timeout, is_transport_error
from ..errors import APITimeoutError, BasetenError, IncompleteStreamError, StreamTimeoutError
from .reader import StreamReader

if TYPE_CHECKING:
    import httpx

LINGER = 0.5
"""Seconds to wait for the end of a response after its message is complete, so that its connection can be reused."""


class StreamSource:
    """One streaming response and the state of reading it.

    Args:
        response: The response. Its body has not been read yet.
        settings: The client's configuration.
        limits: The time limits of the stream.
    """

    def __init__(self, response: httpx.Response, settings: Settings, limits: StreamLimits) -> None:
        self.response = response
        self.limits = limits if limits.active else None
        self.reader = StreamReader(
            read_request_id(response.headers, settings.auth.redact), settings.auth.redact, settings.max_response_bytes
        )
        self.failure: BasetenError | None = None
        self.is_json = response.headers.get("content-type", "").lower().startswith("application/json")
        self._redact = settings.auth.redact
        self._exchange = Exchange(response.request, settings.auth.redact, response)

    def raise_failure(self) -> None:
        """Raise the error of a stream that has failed. A failed stream stays failed."""
        if self.failure is not None:
            raise self.failure

    def final_message(self) -> Message:
        """Return the whole message. Raises what `raise_failure` raises."""
        self.raise_failure()
        if not self.reader.complete:  # Another thread closed the stream in this moment.
            self.mark_closed()
            self.raise_failure()
        return self.reader.message()

    def mark_closed(self) -> None:
        """Record that the stream was closed. If its message is still incomplete, the stream has failed."""
        if not self.reader.complete and self.failure is None:
            failure = self.reader.error(IncompleteStreamError, "the stream was closed before the message was complete")
            self._exchange.attach_to(failure)
            self.failure = failure

    def transport_failure(self, error: Exception) -> BasetenError:
        """Return the `BasetenError` for an exception of the HTTP library, which must not reach the caller."""
        if is_read_timeout(error):
            if not self.reader.begun:
                return APITimeoutError("the stream did not begin in time: increase timeout")
            return self.reader.error(StreamTimeoutError, "the stream sent nothing for longer than timeout allows")
        reason = describe_transport_error(error, self._redact)
        return self.reader.error(
            IncompleteStreamError, f"the connection was lost before the message was complete: {reason}"
        )

    def fail(self, error: Exception) -> Exception:
        """Record that reading raised an exception, and return the exception to raise instead: ours, or the caller's."""
        if not isinstance(error, BasetenError):
            if not is_transport_error(error):
                return error
            error = self.transport_failure(error)
        self._exchange.attach_to(error)
        # If the stream was closed while it was read, that is the reason.
        self.failure = self.failure or error
        return self.failure

    def timeout_error(self, limits: StreamLimits) -> StreamTimeoutError:
        """Return the error for a time limit that is exceeded."""
        return self.reader.error(StreamTimeoutError, limits.describe())


def read_events(source: StreamSource, body: Body) -> Generator[models.StreamEvent, None, None]:
    """Read a response to its end and yield its events. Raises a `BasetenError` unless the message ended correctly.

    The body is closed at the end, but not when this generator is closed: the garbage collector may do that.
    """
    reader = source.reader
    try:
        limited_chunks = body.chunks
        if source.limits is not None:
            limited_chunks = _chunks_within_limits(source, body.chunks, source.limits)
        if source.is_json:
            yield from reader.read_whole(b"".join(map(reader.count, limited_chunks)))
        else:
            for chunk in limited_chunks:
                yield from reader.feed(chunk)
                if reader.stopped:
                    yield from _linger(source, body.chunks)
                    break
            yield from reader.close()
    except Exception as error:
        failure = source.fail(error)
        body.close()
        if failure is error:
            raise
        raise failure from error
    body.close()


def _chunks_within_limits(source: StreamSource, chunks: Iterator[bytes], limits: StreamLimits) -> Iterator[bytes]:
    while True:
        events = source.reader.events
        try:
            with limit_sockets(limits.begin_wait()):
                chunk = next(chunks, None)
        except DeadlineExceededError as error:
            raise source.timeout_error(limits) from error
        limits.end_wait()
        if chunk is not None and limits.remaining() <= 0:
            raise source.timeout_error(limits)
        if chunk is None:
            return
        yield chunk
        if source.reader.events > events:
            limits.event_arrived()


def _linger(source: StreamSource, chunks: Iterator[bytes]) -> Iterator[models.StreamEvent]:
    """Read on after the end of the message: an error may follow, and a connection read to its end can be reused."""
    ends_at = monotonic() + LINGER
    try:
        while True:
            with limit_sockets(ends_at - monotonic()):
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield from source.reader.feed(chunk)
    except Exception as error:
        if not (source.reader.complete and is_transport_error(error)):
            raise


async def read_events_async(source: StreamSource, body: AsyncBody) -> AsyncGenerator[models.StreamEvent, None]:
    """Read a response and yield its events, as `read_events` does."""
    reader = source.reader
    try:
        body_chunks = body.chunks
        # The generator is closed explicitly, because trio warns about generators left to the garbage collector.
        closing_chunks = (
            nullcontext(body_chunks)
            if source.limits is None
            else aclosing(_chunks_within_limits_async(source, body_chunks, source.limits))
        )
        async with closing_chunks as limited_chunks:
            if source.is_json:
                for event in reader.read_whole(b"".join([reader.count(chunk) async for chunk in limited_chunks])):
                    yield event
                return
            async for chunk in limited_chunks:
                for event in reader.feed(chunk):
                    yield event
                if reader.stopped:
                    async for event in _linger_async(source, body_chunks):
                        yield event
                    break
        for event in reader.close():
            yield event
    except Exception as error:
        failure = source.fail(error)
        if failure is error:
            raise
        raise failure from error
    except anyio.get_cancelled_exc_class():
        await body.abort()
        raise
    finally:
        await body.close()


async def _chunks_within_limits_async(
    source: StreamSource, body_chunks: AsyncIterator[bytes], limits: StreamLimits
) -> AsyncGenerator[bytes, None]:
    while True:
        events = source.reader.events
        chunk = None
        with anyio.move_on_after(limits.begin_wait()) as scope:
            chunk = await anext(body_chunks, None)
        limits.end_wait()
        if scope.cancelled_caught or (chunk is not None and limits.remaining() <= 0):
            raise source.timeout_error(limits)
        if chunk is None:
            return
        yield chunk
        if source.reader.events > events:
            limits.event_arrived()


async def _linger_async(source: StreamSource, body_chunks: AsyncIterator[bytes]) -> AsyncIterator[models.StreamEvent]:
    """Read on after the end of the message, as `_linger` does."""
    ends_at = anyio.current_time() + LINGER
    try:
        while True:
            chunk = None
            with anyio.CancelScope(deadline=ends_at) as scope:
                chunk = await anext(body_chunks, None)
            if scope.cancelled_caught or chunk is None:
                return
            for event in source.reader.feed(chunk):
                yield event
    except Exception as error:
        if not (source.reader.complete and is_transport_error(error)):
            raise
