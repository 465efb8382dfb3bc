"""The streams that `messages.stream` gives: they yield helper events too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .helper_events import HelperEvents, StreamEvent
from .streams import AsyncMessageStream, MessageStream

if TYPE_CHECKING:
    import httpx

    from .._transport.connections import AsyncConnections, Connections
    from .._transport.deadline import StreamLimits
    from .._transport.settings import Settings


class HelperStream(MessageStream[StreamEvent]):
    """A `MessageStream` whose iteration also yields helper events."""

    def __init__(
        self, response: httpx.Response, connections: Connections, settings: Settings, limits: StreamLimits
    ) -> None:
        super().__init__(response, connections, settings, limits)
        self._after = HelperEvents().after
        self._helper: StreamEvent | None = None
        """The helper event of the last event, if the caller has not asked for it yet."""

    def __iter__(self) -> Iterator[StreamEvent]:
        """Iterate the events that have not been read yet, each followed by its helper event if it has one.

        Raises:
            StreamError: The stream fails, or it has failed before.
        """
        self._source.raise_failure()
        return self._helped_events()

    def _helped_events(self) -> Iterator[StreamEvent]:
        # As in `_iterate`, the caller may hold this generator alone.
        if self._helper is not None:
            yield next(self)
        for event in self._iterator:
            helper = self._after(event)
            try:
                yield event
            except GeneratorExit:
                self._helper = helper
                raise
            if helper is not None:
                yield helper

    def __next__(self) -> StreamEvent:
        if (helper := self._helper) is not None:
            self._helper = None
            return helper
        event = next(self._iterator)
        self._helper = self._after(event)
        return event


class AsyncHelperStream(AsyncMessageStream[StreamEvent]):
    """An `AsyncMessageStream` whose iteration also yields helper events."""

    def __init__(
        self, response: httpx.Response, connections: AsyncConnections, settings: Settings, limits: StreamLimits
    ) -> None:
        super().__init__(response, connections, settings, limits)
        self._after = HelperEvents().after
        self._helper: StreamEvent | None = None

    async def __anext__(self) -> StreamEvent:
        if (helper := self._helper) is not None:
            self._helper = None
            return helper
        event = await self._next_raw()
        self._helper = self._after(event)
        return event
