"""`client.beta.messages`: another way to `client.messages`, with the arguments that programs use there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._async_messages import AsyncMessages
from .._tools.runner import AsyncToolRunner, ToolRunner
from .._transport.connections import AsyncConnections, Connections
from .._transport.settings import Settings
from ..errors import MaxTurnsError
from ..messages import Messages

if TYPE_CHECKING:
    # Checkers see the methods of `Messages` as they are.
    BetaMessages = Messages
    AsyncBetaMessages = AsyncMessages
else:

    class BetaMessages(Messages):
        """`Messages` that also takes `betas`, `max_iterations` and `thread=False`."""

        def create(self, *request, **fields):
            """Call `Messages.create`."""
            return super().create(*request, **_with_betas(fields))

        def stream(self, *request, **fields):
            """Call `Messages.stream`."""
            return super().stream(*request, **_with_betas(fields))

        def tool_runner(self, **fields):
            """Call `Messages.tool_runner`."""
            return _limited(super().tool_runner, fields, _LimitedToolRunner)

    class AsyncBetaMessages(AsyncMessages):
        """`AsyncMessages` that also takes `betas`, `max_iterations` and `thread=False`."""

        async def create(self, *request, **fields):
            """Call `Messages.create`."""
            return await super().create(*request, **_with_betas(fields))

        def stream(self, *request, **fields):
            """Call `Messages.stream`."""
            return super().stream(*request, **_with_betas(fields))

        def tool_runner(self, **fields):
            """Call `Messages.tool_runner`."""
            return _limited(super().tool_runner, fields, _LimitedAsyncToolRunner)


class Beta:
    """`client.beta`."""

    def __init__(self, connections: Connections, settings: Settings) -> None:
        self.messages: Messages = BetaMessages(connections, settings)


class AsyncBeta:
    """`client.beta` of `AsyncBaseten`."""

    def __init__(self, connections: AsyncConnections, settings: Settings) -> None:
        self.messages: AsyncMessages = AsyncBetaMessages(connections, settings)


def _with_betas(fields: dict[str, Any]) -> dict[str, Any]:
    """Send `betas` as the header that carries them."""
    betas: Sequence[str] = fields.pop("betas", None) or ()
    if betas:
        headers = {"anthropic-beta": ",".join(betas), **(fields.get("extra_headers") or {})}
        fields["extra_headers"] = headers
    return fields


def _limited(make_runner: Any, fields: dict[str, Any], limited_class: type) -> Any:
    """Make a runner. With `max_iterations`, reaching the limit ends it without an error."""
    fields = _with_betas(fields)
    if fields.get("thread") is False:  # A program for the SDK says so, because the service keeps no history.
        del fields["thread"]
    limit = fields.pop("max_iterations", None)
    if limit is None:
        return make_runner(**fields)
    runner = make_runner(max_turns=limit, **fields)
    runner.__class__ = limited_class
    return runner


class _LimitedToolRunner(ToolRunner[Any]):
    def __next__(self) -> Any:
        try:
            return super().__next__()
        except MaxTurnsError:
            raise StopIteration from None


class _LimitedAsyncToolRunner(AsyncToolRunner[Any]):
    async def __anext__(self) -> Any:
        try:
            return await super().__anext__()
        except MaxTurnsError:
            raise StopAsyncIteration from None
