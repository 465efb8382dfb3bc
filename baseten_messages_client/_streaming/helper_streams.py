"""The streams that `messages.stream` gives: they yield helper events too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .helper_events import HelperEvents, StreamEvent
from .streams import AsyncMessageStream, MessageStream

if TYPE_CHECKING:
    import httpx

    from .. import models
    from .._transport.connections import AsyncConnections, Connections
    from .._transport.deadline import StreamLimits
    from .._transport.settings import Settings


class HelperStream(MessageStream[StreamEvent]):
    """A `MessageStream` whose iteration also yields helper events."""

    def __init__(
        self, response: httpx.Response, connections: Connections, settings: Settings, limits: StreamLimits
    ) -> None:
        super().__init__(response, connections, settings, limits)
        self._helped: Iterator[StreamEvent] | None = None

    def __iter__(self) -> Iterator[StreamEvent]:
        """Iterate the events that have not been read yet, each followed by its helper event if it has one.

        Raises:
            StreamError: The stream fails, or it has failed before.
        """
        raw = self._raw_events()
        if self._helped is None:
            self._helped = _with_helpers(raw)
        return self._helped

    def __next__(self) -> StreamEvent:
        if self._helped is None:
            self._helped = _with_helpers(self._iterator)
        return next(self._helped)


def _with_helpers(events: Iterator[models.StreamEvent]) -> Iterator[StreamEvent]:
    after = HelperEvents().after
    for event in events:
        yield event
        if (helper := after(event)) is not None:
            yield helper


class AsyncHelperStream(AsyncMessageStream[StreamEvent]):
    """An `AsyncMessageStream` whose iteration also yields helper events."""

    def __init__(
        self, response: httpx.Response, connections: AsyncConnections, settings: Settings, limits: StreamLimits
    ) -> None:
        super().__init__(response, connections, settings, limits)
        self._helpers = HelperEvents()
        self._helper: Any = None

    async def __anext__(self) -> StreamEvent:
        helper: StreamEvent | None = self._helper
        if helper is not None:
            self._helper = None
            return helper
        event = await self._next_raw()
        self._helper = self._helpers.after(event)
        return event
