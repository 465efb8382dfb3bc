"""`MessageStream` and `AsyncMessageStream`: a message while it is being produced."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Generator, Iterator
from functools import partial
from itertools import chain
from types import AsyncGeneratorType, GeneratorType, TracebackType
from typing import Self, cast

import anyio
import httpx

from . import models
from ._events import StreamEvent
from ._failures import request_id
from ._http import TRANSPORT_ERRORS, abort_connection, describe_transport_error
from ._json import mend_text
from ._limits import LINGER, StreamLimits, Watchdog
from ._message import Message
from ._reader import StreamReader
from ._settings import Settings
from .errors import APITimeoutError, BasetenError, IncompleteStreamError, StreamTimeoutError

__all__ = ["AsyncMessageStream", "MessageStream", "StreamEvent"]


class _BaseStream:
    """What both streams have in common: everything but the reading."""

    def __init__(self, response: httpx.Response, settings: Settings, limits: StreamLimits) -> None:
        self.response = response
        self._limits = limits if limits.active else None
        self._redact = settings.auth.redact
        self._reader = StreamReader(request_id(response.headers, settings.auth.redact), settings.auth.redact)
        self._failure: BasetenError | None = None
        self._is_json = response.headers.get("content-type", "").lower().startswith("application/json")
        # Decoding costs time at every chunk, and servers send event streams as they are.
        self._encoded = "content-encoding" in response.headers

    @property
    def request_id(self) -> str | None:
        """What identifies the request in the service's logs, or None."""
        return self._reader.request_id

    @property
    def current_message(self) -> Message:
        """The message as far as it has arrived; built anew at every look.

        The input of a tool use that has not fully arrived is the text that it has so far.
        """
        return self._reader.message()

    def _final_message(self) -> Message:
        if self._failure is not None:
            raise self._failure
        return self._reader.message()

    def _transport_failure(self, error: Exception) -> BasetenError:
        """Make our error of a transport's, which must not escape."""
        if isinstance(error, httpx.ReadTimeout):
            if not self._reader.begun:
                return APITimeoutError("the stream did not begin in time: raise timeout")
            return self._reader.error(StreamTimeoutError, "the stream stalled for longer than timeout allows")
        reason = self._redact(describe_transport_error(error))
        return self._reader.error(IncompleteStreamError, f"the connection was lost before the message ended: {reason}")

    def _time_is_up(self, limits: StreamLimits) -> StreamTimeoutError:
        return self._reader.error(StreamTimeoutError, limits.describe())

    def _note_close(self) -> None:
        if not self._reader.complete and self._failure is None:
            self._failure = self._reader.error(IncompleteStreamError, "the stream was closed before the message ended")


class MessageStream(_BaseStream):
    """A message while it is being produced: iterate it for typed events.

    It succeeds only if the message ended as it should. A stream that is cut, fails or stalls raises a `StreamError`
    with the `partial_message`, however it is consumed.

    Attributes:
        response: The `httpx.Response`, for its status and headers.

    Example:
        >>> from baseten_messages_client import Baseten
        >>> from baseten_messages_client.testing import LocalServer
        >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
        ...     server.enqueue("Hello, world.")
        ...     with client.messages.stream(
        ...         model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
        ...     ) as stream:
        ...         for text in stream.text_stream:
        ...             print(text, end="")
        Hello, world.
    """

    def __init__(self, response: httpx.Response, settings: Settings, limits: StreamLimits) -> None:
        super().__init__(response, settings, limits)
        self._watchdog = Watchdog(partial(abort_connection, response))
        self._events = cast("GeneratorType[StreamEvent, None, None]", self._run())
        self._iterator: Iterator[StreamEvent] = self._events

    def prime(self) -> None:
        """Read up to the first event, pings aside: until then the request may still be sent again."""
        early: list[StreamEvent] = []
        for event in self._events:
            early.append(event)
            if self._reader.begun:
                break
        self._iterator = chain(early, self._events)

    def __iter__(self) -> Iterator[StreamEvent]:
        """Iterate the events from where the stream stands.

        Raises:
            StreamError: The stream failed; also if it had failed before.
        """
        if self._failure is not None:
            raise self._failure
        return self._iterator

    def __next__(self) -> StreamEvent:
        return next(self._iterator)

    @property
    def text_stream(self) -> Iterator[str]:
        """The text alone, as it comes; raises what iterating the events raises."""
        half = ""
        for event in self:
            text = half + _text_of(event)
            if not text.isascii():
                text, half = _whole_characters(text)
            if text:
                yield text
        if half:
            yield mend_text(half)

    def get_final_message(self) -> Message:
        """Read to the end and return the whole message.

        Raises:
            StreamError: The stream failed, or was closed before its end.
        """
        self.until_done()
        return self._final_message()

    def get_final_text(self) -> str:
        """Read to the end and return the whole text; raises as `get_final_message` does."""
        return self.get_final_message().text

    def until_done(self) -> None:
        """Read to the end; raises as `get_final_message` does."""
        for _ in self:
            pass

    def close(self) -> None:
        """Close the connection, at once and even if more was to come; also while another thread waits for an event."""
        if self._events.gi_running:
            abort_connection(self.response)  # Ends the wait of that thread, which then closes the rest.
            return
        self._events.close()
        self._watchdog.stop()
        self.response.close()
        self._note_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> Generator[StreamEvent, None, None]:
        reader = self._reader
        try:
            chunks = self._chunks()
            limited = chunks if self._limits is None else self._limited(chunks, self._limits)
            if self._is_json:
                yield from reader.read_whole(b"".join(limited))
                return
            for chunk in limited:
                yield from reader.feed(chunk)
                if reader.stopped:
                    yield from self._linger(chunks)
                    break
            yield from reader.close()
        except TRANSPORT_ERRORS as error:
            self._failure = self._transport_failure(error)
            raise self._failure from error
        except BasetenError as error:
            self._failure = error
            raise
        finally:
            self._watchdog.stop()
            self.response.close()

    def _chunks(self) -> Iterator[bytes]:
        # `iter_raw` would count and regroup the bytes, which costs as much as decoding an event does.
        if self._encoded:
            return self.response.iter_bytes()
        return iter(cast("httpx.SyncByteStream", self.response.stream))

    def _limited(self, chunks: Iterator[bytes], limits: StreamLimits) -> Iterator[bytes]:
        while True:
            events = self._reader.events
            self._watchdog.arm(limits.begin_wait())
            try:
                chunk = next(chunks, None)
            except TRANSPORT_ERRORS as error:
                if self._watchdog.fired:
                    raise self._time_is_up(limits) from error
                raise
            self._watchdog.disarm()
            limits.end_wait()
            if self._watchdog.fired or (chunk is not None and limits.remaining() <= 0):
                raise self._time_is_up(limits)
            if chunk is None:
                return
            yield chunk
            if self._reader.events > events:
                limits.event_arrived()

    def _linger(self, chunks: Iterator[bytes]) -> Iterator[StreamEvent]:
        """Read on behind the message's end: an error may still follow, and a connection read to its end is reused."""
        self._watchdog.arm(LINGER)
        try:
            for chunk in chunks:
                yield from self._reader.feed(chunk)
        except TRANSPORT_ERRORS:
            if not self._reader.complete:
                raise


class AsyncMessageStream(_BaseStream):
    """A message while it is being produced, asynchronously: `MessageStream` with its methods awaited."""

    def __init__(self, response: httpx.Response, settings: Settings, limits: StreamLimits) -> None:
        super().__init__(response, settings, limits)
        self._events = cast("AsyncGeneratorType[StreamEvent, None]", self._run())
        self._early: list[StreamEvent] = []

    async def prime(self) -> None:
        """Read up to the first event, pings aside: until then the request may still be sent again."""
        async for event in self._events:
            self._early.append(event)
            if self._reader.begun:
                break

    def __aiter__(self) -> Self:
        """Iterate the events from where the stream stands.

        Raises:
            StreamError: The stream failed; also if it had failed before.
        """
        if self._failure is not None:
            raise self._failure
        return self

    def __anext__(self) -> Awaitable[StreamEvent]:
        # No coroutine of its own, which would cost as much again as reading the event does.
        return self._next_early() if self._early else self._events.__anext__()

    async def _next_early(self) -> StreamEvent:
        return self._early.pop(0)

    @property
    async def text_stream(self) -> AsyncIterator[str]:
        """The text alone, as it comes; raises what iterating the events raises."""
        half = ""
        async for event in self:
            text = half + _text_of(event)
            if not text.isascii():
                text, half = _whole_characters(text)
            if text:
                yield text
        if half:
            yield mend_text(half)

    async def get_final_message(self) -> Message:
        """Read to the end and return the whole message.

        Raises:
            StreamError: The stream failed, or was closed before its end.
        """
        await self.until_done()
        return self._final_message()

    async def get_final_text(self) -> str:
        """Read to the end and return the whole text; raises as `get_final_message` does."""
        return (await self.get_final_message()).text

    async def until_done(self) -> None:
        """Read to the end; raises as `get_final_message` does."""
        async for _ in self:
            pass

    async def close(self) -> None:
        """Close the connection, at once and even if more was to come; also while another task waits for an event."""
        if not self._events.ag_running:
            await self._events.aclose()
        await self.response.aclose()
        self._note_close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _run(self) -> AsyncGenerator[StreamEvent, None]:
        reader = self._reader
        try:
            chunks = self._chunks()
            limited = chunks if self._limits is None else self._limited(chunks, self._limits)
            if self._is_json:
                for event in reader.read_whole(b"".join([chunk async for chunk in limited])):
                    yield event
                return
            async for chunk in limited:
                for event in reader.feed(chunk):
                    yield event
                if reader.stopped:
                    async for event in self._linger(chunks):
                        yield event
                    break
            for event in reader.close():
                yield event
        except TRANSPORT_ERRORS as error:
            self._failure = self._transport_failure(error)
            raise self._failure from error
        except BasetenError as error:
            self._failure = error
            raise
        finally:
            await self.response.aclose()

    def _chunks(self) -> AsyncIterator[bytes]:
        if self._encoded:
            return self.response.aiter_bytes()
        return aiter(cast("httpx.AsyncByteStream", self.response.stream))

    async def _limited(self, chunks: AsyncIterator[bytes], limits: StreamLimits) -> AsyncIterator[bytes]:
        while True:
            events = self._reader.events
            chunk = None
            with anyio.move_on_after(limits.begin_wait()) as scope:
                chunk = await anext(chunks, None)
            limits.end_wait()
            if scope.cancelled_caught or (chunk is not None and limits.remaining() <= 0):
                raise self._time_is_up(limits)
            if chunk is None:
                return
            yield chunk
            if self._reader.events > events:
                limits.event_arrived()

    async def _linger(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[StreamEvent]:
        """Read on behind the message's end: an error may still follow, and a connection read to its end is reused."""
        ends_at = anyio.current_time() + LINGER
        try:
            while True:
                chunk = None
                with anyio.CancelScope(deadline=ends_at) as scope:
                    chunk = await anext(chunks, None)
                if scope.cancelled_caught or chunk is None:
                    return
                for event in self._reader.feed(chunk):
                    yield event
        except TRANSPORT_ERRORS:
            if not self._reader.complete:
                raise


def _text_of(event: StreamEvent) -> str:
    """Return the text that an event adds to the message."""
    text: object = ""
    if type(event) is models.ContentBlockDeltaEvent:
        text = event.delta.text if type(event.delta) is models.TextDelta else ""
    else:
        match event:
            case models.ContentBlockStartEvent(content_block=models.TextBlock(text=seed)):
                text = seed
            case models.MessageStartEvent(message=message):
                seeds = (block.text for block in message.content if isinstance(block, models.TextBlock))
                text = "".join(seed for seed in seeds if isinstance(seed, str))
    return text if isinstance(text, str) else ""


def _whole_characters(text: str) -> tuple[str, str]:
    """Return the text, and the half of a character at its end that has to wait for the other half."""
    half = text[-1] if "\ud800" <= text[-1] <= "\udbff" else ""
    return mend_text(text.removesuffix(half)), half
