"""`MessageStream` and `AsyncMessageStream`: how callers read a message while the service produces it."""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import chain
from types import AsyncGeneratorType, GeneratorType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, cast

from .. import models
from .._message import Message
from .._model_methods import StreamMethods
from .._transport.body import AsyncBody, Body, abort_connection
from .._transport.connections import AsyncConnections, Connections
from .._transport.deadline import StreamLimits
from .._transport.settings import Settings
from .._wire.json import join_surrogates
from .source import StreamSource, read_events, read_events_async

if TYPE_CHECKING:
    import httpx
    from typing_extensions import TypeVar

    from .helper_events import StreamEvent

    Event_co = TypeVar("Event_co", covariant=True, default=StreamEvent)
else:
    from typing import TypeVar  # Its defaults are only for type checkers.

    Event_co = TypeVar("Event_co", covariant=True)

Stream_co = TypeVar("Stream_co", bound="MessageStream[Any]", covariant=True)
AsyncStream_co = TypeVar("AsyncStream_co", bound="AsyncMessageStream[Any]", covariant=True)

__all__ = [
    "AsyncMessageStream",
    "AsyncStreamContext",
    "MessageStream",
    "StreamContext",
    "open_stream",
    "open_stream_async",
]


class _BaseStream(StreamMethods):
    """The parts that both streams share: everything except reading."""

    def __init__(self, response: httpx.Response, settings: Settings, limits: StreamLimits) -> None:
        self.response = response
        # The generator that reads refers to this separate object, not to the stream. So a stream that the caller drops
        # is noticed at once, and not by the garbage collector later.
        self._source = StreamSource(response, settings, limits)

    @property
    def request_id(self) -> str | None:
        """The request's ID in the service's logs, or None."""
        return self._source.reader.request_id

    @property
    def current_message(self) -> Message:
        """The message so far. It is built anew at every access.

        An incomplete tool input is the text that has arrived so far.
        """
        return self._source.reader.message()


class MessageStream(_BaseStream, Generic[Event_co]):
    """A message while the service produces it. Iterate it for typed events.

    The stream succeeds only if its message ended correctly. A stream that is cut, fails or stalls raises a
    `StreamError` with the `partial_message`, no matter how it is read. Source: the wire rules "Ending".

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

    def __init__(
        self, response: httpx.Response, connections: Connections, settings: Settings, limits: StreamLimits
    ) -> None:
        super().__init__(response, settings, limits)
        self._body = Body(response, connections)
        self._events = cast("GeneratorType[models.StreamEvent, None, None]", read_events(self._source, self._body))
        self._iterator: Iterator[models.StreamEvent] = self._events
        # A dropped stream must not close its response: this thread may hold the lock of the connection pool.
        weakref.finalize(self, self._body.abandon).atexit = False

    def _prime(self) -> None:
        """Read up to the first event that is not a ping. Until then, the request may be sent again."""
        early: list[models.StreamEvent] = []
        for event in self._events:
            early.append(event)
            if self._source.reader.begun:
                break
        self._iterator = chain(early, self._events)

    def __iter__(self) -> Iterator[Event_co]:
        """Iterate the events that have not been read yet.

        Raises:
            StreamError: The stream fails, or it has failed before.
        """
        return cast("Iterator[Event_co]", self._raw_events())

    def __next__(self) -> Event_co:
        return cast("Event_co", next(self._iterator))

    def _raw_events(self) -> Iterator[models.StreamEvent]:
        self._source.raise_failure()
        return self._iterate()

    def _iterate(self) -> Iterator[models.StreamEvent]:
        # The caller may hold this iterator alone, as in `for event in create(stream=True)`. It must keep the stream.
        for event in self._iterator:  # noqa: UP028  # `yield from` would close the iterator after a `break`.
            yield event

    @property
    def text_stream(self) -> Iterator[str]:
        """The text alone, as it arrives. Iterating it raises what iterating the events raises."""
        half_character = ""
        for event in self._raw_events():
            text = half_character + _text_of(event)
            if not text.isascii():
                text, half_character = _whole_characters(text)
            if text:
                yield text
        if half_character:
            yield join_surrogates(half_character)

    def get_final_message(self) -> Message:
        """Read to the end and return the whole message.

        Raises:
            StreamError: The stream failed or was closed before its end.
        """
        self.until_done()
        return self._source.final_message()

    def get_final_text(self) -> str:
        """Read to the end and return the whole text. Raises what `get_final_message` raises."""
        return self.get_final_message().text

    def until_done(self) -> None:
        """Read to the end. Raises what `get_final_message` raises."""
        for _ in self._raw_events():
            pass

    def close(self) -> None:
        """Close the connection at once, without reading to the end, even while another thread waits for an event."""
        self._source.mark_closed()
        try:
            self._events.close()
        except ValueError:  # Another thread is reading. This ends its wait, and that thread closes the rest.
            abort_connection(self.response)
            return
        self._body.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncMessageStream(_BaseStream, Generic[Event_co]):
    """A message while the service produces it, for async code. It has the methods of `MessageStream`, awaited."""

    def __init__(
        self, response: httpx.Response, connections: AsyncConnections, settings: Settings, limits: StreamLimits
    ) -> None:
        super().__init__(response, settings, limits)
        self._body = AsyncBody(response, connections)
        self._events = cast("AsyncGeneratorType[models.StreamEvent, None]", read_events_async(self._source, self._body))
        self._early: deque[models.StreamEvent] = deque()

    async def _prime(self) -> None:
        """Read up to the first event that is not a ping. Until then, the request may be sent again."""
        async for event in self._events:
            self._early.append(event)
            if self._source.reader.begun:
                break

    def __aiter__(self) -> Self:
        """Iterate the events that have not been read yet.

        Raises:
            StreamError: The stream fails, or it has failed before.
        """
        self._source.raise_failure()
        return self

    def __anext__(self) -> Awaitable[Event_co]:
        return cast("Awaitable[Event_co]", self._next_raw())

    def _raw_events(self) -> AsyncIterator[models.StreamEvent]:
        self._source.raise_failure()
        return _AsyncEvents(self._next_raw)

    def _next_raw(self) -> Awaitable[models.StreamEvent]:
        # This is a plain method, because one more coroutine would take as long as reading the event.
        return self._next_early() if self._early else self._events.__anext__()

    async def _next_early(self) -> models.StreamEvent:
        return self._early.popleft()

    @property
    async def text_stream(self) -> AsyncIterator[str]:
        """The text alone, as it arrives. Iterating it raises what iterating the events raises."""
        half_character = ""
        async for event in self._raw_events():
            text = half_character + _text_of(event)
            if not text.isascii():
                text, half_character = _whole_characters(text)
            if text:
                yield text
        if half_character:
            yield join_surrogates(half_character)

    async def get_final_message(self) -> Message:
        """Read to the end and return the whole message.

        Raises:
            StreamError: The stream failed or was closed before its end.
        """
        await self.until_done()
        return self._source.final_message()

    async def get_final_text(self) -> str:
        """Read to the end and return the whole text. Raises what `get_final_message` raises."""
        return (await self.get_final_message()).text

    async def until_done(self) -> None:
        """Read to the end. Raises what `get_final_message` raises."""
        async for _ in self._raw_events():
            pass

    async def close(self) -> None:
        """Close the connection at once, without reading to the end, even while another task waits for an event."""
        from .._transport.cancellation import finish  # Here, because a sync client does not need asyncio.

        self._source.mark_closed()
        if not self._events.ag_running:
            await finish(self._events.aclose)
        await self._body.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class _AsyncEvents:
    """An iterator over what a function returns."""

    def __init__(self, next_event: Callable[[], Awaitable[models.StreamEvent]]) -> None:
        self._next_event = next_event

    def __aiter__(self) -> Self:
        return self

    def __anext__(self) -> Awaitable[models.StreamEvent]:
        return self._next_event()


class StreamContext(Generic[Stream_co]):
    """The context manager that `messages.stream` returns. It opens the stream on entry and closes it on exit.

    Args:
        open_stream: Sends the request and returns the stream.
    """

    # A class, not a generator: a generator that is dropped would close the stream, whoever still reads it.
    def __init__(self, open_stream: Callable[[], Stream_co]) -> None:
        self._open_stream = open_stream
        self._stream: Stream_co | None = None

    def __enter__(self) -> Stream_co:
        self._stream = self._open_stream()
        return self._stream

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()


class AsyncStreamContext(Generic[AsyncStream_co]):
    """The async context manager that `messages.stream` returns, like `StreamContext`."""

    def __init__(self, open_stream: Callable[[], Awaitable[AsyncStream_co]]) -> None:
        self._open_stream = open_stream
        self._stream: AsyncStream_co | None = None

    async def __aenter__(self) -> AsyncStream_co:
        self._stream = await self._open_stream()
        return self._stream

    async def __aexit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            await self._stream.close()


def open_stream(
    stream_class: Callable[[httpx.Response, Connections, Settings, StreamLimits], Stream_co],
    response: httpx.Response,
    connections: Connections,
    settings: Settings,
    limits: StreamLimits,
) -> Stream_co:
    """Return the stream of a response after reading up to its first event.

    Raises:
        BasetenError: The stream failed before its first event. The response is closed, and the request may be sent
            again.
    """
    stream = stream_class(response, connections, settings, limits)
    try:
        stream._prime()
    except BaseException:
        stream.close()
        raise
    return stream


async def open_stream_async(
    stream_class: Callable[[httpx.Response, AsyncConnections, Settings, StreamLimits], AsyncStream_co],
    response: httpx.Response,
    connections: AsyncConnections,
    settings: Settings,
    limits: StreamLimits,
) -> AsyncStream_co:
    """Return the stream of a response, as `open_stream` does."""
    stream = stream_class(response, connections, settings, limits)
    try:
        await stream._prime()
    except BaseException:
        await stream.close()
        raise
    return stream


def _text_of(event: models.StreamEvent) -> str:
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
    """Return the text without half a surrogate pair at its end, and that half, which must wait for the other half."""
    half_character = text[-1] if "\ud800" <= text[-1] <= "\udbff" else ""
    return join_surrogates(text.removesuffix(half_character)), half_character
