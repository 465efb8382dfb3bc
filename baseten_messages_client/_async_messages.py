"""`client.messages` of `AsyncBaseten`: the async twin of `messages`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

from . import models
from ._checks import check_count
from ._generated.types import UNSET, Unset
from ._message import Message, parse_message
from ._request_body import prepare_message_request
from ._streaming.helper_streams import AsyncHelperStream
from ._streaming.streams import AsyncMessageStream, AsyncStream_co, AsyncStreamContext, open_stream_async
from ._transport.connections import AsyncConnections
from ._transport.deadline import StreamLimits
from ._transport.prepare import PreparedRequest, limit_timeout_async
from ._transport.retry import retry_async
from ._transport.send import send_async
from ._transport.settings import Settings, Timeout
from .compat.messages import AsyncMessagesNames
from .messages import DEFAULT_MAX_CONCURRENCY, DEFAULT_MAX_TURNS

if TYPE_CHECKING:
    from types import UnionType

    import httpx
    from typing_extensions import TypeForm

    from ._options import CallOptions, CreateParams, ParseParams, StreamOptions, StreamParams, ToolRunnerParams
    from ._tools.loop import AfterTool, AnyTool, BeforeTool
    from ._tools.output import ParsedMessage
    from ._tools.runner import AsyncToolRunner
    from .compat.parsed import FormattedMessage

__all__ = ["AsyncMessages"]

T = TypeVar("T")


class AsyncMessages(AsyncMessagesNames):
    """Sends messages. Use it as `client.messages` of an `AsyncBaseten`."""

    def __init__(self, connections: AsyncConnections, settings: Settings) -> None:
        self._connections = connections
        self._settings = settings

    @overload
    async def create(self, /, *, stream: Literal[False] = False, **fields: Unpack[CreateParams]) -> Message: ...
    @overload
    async def create(
        self, /, *, stream: Literal[True], **fields: Unpack[StreamParams]
    ) -> AsyncMessageStream[models.StreamEvent]: ...
    @overload
    async def create(
        self, /, *, stream: bool, **fields: Unpack[StreamParams]
    ) -> Message | AsyncMessageStream[models.StreamEvent]: ...
    @overload
    async def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[False] = False, **options: Unpack[CallOptions]
    ) -> Message: ...
    @overload
    async def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[True], **options: Unpack[StreamOptions]
    ) -> AsyncMessageStream[models.StreamEvent]: ...
    @overload
    async def create(
        self, request: models.MessagesRequest, /, *, stream: bool, **options: Unpack[StreamOptions]
    ) -> Message | AsyncMessageStream[models.StreamEvent]: ...
    async def create(
        self,
        request: models.MessagesRequest | None = None,
        /,
        *,
        stream: bool = False,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        idle_timeout: float | None = None,
        deadline: float | None = None,
        **fields: Any,
    ) -> Message | AsyncMessageStream[models.StreamEvent]:
        """Ask the model for its next turn. The arguments, result and errors are those of `Messages.create`."""
        prepared = prepare_message_request(
            self._settings,
            request,
            fields,
            extra_headers=extra_headers,
            extra_body=extra_body,
            timeout=timeout,
            stream=stream,
        )
        limits = StreamLimits(idle_timeout, deadline)
        if stream:
            return await self._open(AsyncMessageStream[models.StreamEvent], prepared, limits)
        if limits.active:
            raise TypeError("idle_timeout and deadline work only with streams: pass stream=True, or use timeout")
        response = await retry_async(self._settings.max_retries, lambda: self._send(prepared))
        return parse_message(response, self._settings.auth.redact)

    @overload
    def stream(self, /, **fields: Unpack[StreamParams]) -> AbstractAsyncContextManager[AsyncMessageStream]: ...
    @overload
    def stream(
        self, request: models.MessagesRequest, /, **options: Unpack[StreamOptions]
    ) -> AbstractAsyncContextManager[AsyncMessageStream]: ...
    def stream(
        self,
        request: models.MessagesRequest | None = None,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        idle_timeout: float | None = None,
        deadline: float | None = None,
        **fields: Any,
    ) -> AbstractAsyncContextManager[AsyncMessageStream]:
        """Ask the model for its next turn, and read the turn while the model produces it.

        The arguments, result and errors are those of `Messages.stream`.
        """
        prepared = prepare_message_request(
            self._settings,
            request,
            fields,
            extra_headers=extra_headers,
            extra_body=extra_body,
            timeout=timeout,
            stream=True,
        )
        StreamLimits(idle_timeout, deadline)  # Only checks the values. The time starts when the context is entered.
        return AsyncStreamContext(lambda: self._open(AsyncHelperStream, prepared, StreamLimits(idle_timeout, deadline)))

    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[False] = False, **fields: Unpack[ToolRunnerParams]
    ) -> AsyncToolRunner[Message]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[True], **fields: Unpack[ToolRunnerParams]
    ) -> AsyncToolRunner[AsyncMessageStream]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: bool, **fields: Unpack[ToolRunnerParams]
    ) -> AsyncToolRunner[Any]: ...
    def tool_runner(
        self,
        *,
        tools: Sequence[AnyTool],
        max_turns: int = DEFAULT_MAX_TURNS,
        max_concurrency: int = DEFAULT_MAX_CONCURRENCY,
        before_tool: BeforeTool | None = None,
        after_tool: AfterTool | None = None,
        stream: bool = False,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> AsyncToolRunner[Any]:
        """Let the model call tools until it is done.

        The arguments and errors are those of `Messages.tool_runner`. The hooks may be async.
        """
        from ._tools.loop import ToolLoop
        from ._tools.runner import AsyncToolRunner

        options = {"extra_headers": extra_headers, "extra_body": extra_body, "timeout": timeout}
        send: Callable[..., Any] = partial(self._open_turn if stream else self.create, **options)
        loop = ToolLoop(
            tools,
            max_turns,
            fields,
            before_tool=before_tool,
            after_tool=after_tool,
            max_concurrency=max_concurrency,
        )
        return AsyncToolRunner(loop, lambda request: send(**request))

    @overload
    async def parse(self, *, output_type: type[T], **fields: Unpack[ParseParams]) -> ParsedMessage[T]: ...
    @overload
    async def parse(self, *, output_type: TypeForm[T], **fields: Unpack[ParseParams]) -> ParsedMessage[T]: ...
    @overload
    async def parse(self, *, output_type: UnionType, **fields: Unpack[ParseParams]) -> ParsedMessage[Any]: ...
    @overload
    async def parse(self, *, output_format: type[T], **fields: Unpack[ParseParams]) -> FormattedMessage[T]: ...
    @overload
    async def parse(self, *, output_format: TypeForm[T], **fields: Unpack[ParseParams]) -> FormattedMessage[T]: ...
    async def parse(
        self,
        *,
        output_type: Any = UNSET,
        output_format: Any = UNSET,
        max_repairs: int = 1,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> ParsedMessage[Any]:
        """Ask the model for output of a given type. The arguments, result and errors are those of `Messages.parse`."""
        from ._tools.output import OutputParser, cannot_repair

        check_count("max_repairs", max_repairs, at_least=0)
        if isinstance(output_type, Unset) == isinstance(output_format, Unset):
            raise TypeError("pass output_type, the type of the output, as in parse(output_type=..., ...)")
        parser: OutputParser[Any] = OutputParser(output_format if isinstance(output_type, Unset) else output_type)
        request = parser.request(fields)
        create = partial(self.create, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout)
        while True:
            message = await create(**request)
            output, problem = parser.read(message)
            if problem is None:
                parsed = parser.parsed(message, output)
                if isinstance(output_format, Unset):
                    return parsed
                from .compat.parsed import with_parsed_output

                return with_parsed_output(parsed)
            if max_repairs == 0 or cannot_repair(message):
                raise parser.error(message, problem)
            max_repairs -= 1
            request = parser.repair(request, message, problem)

    async def _open_turn(self, **fields: Any) -> AsyncMessageStream:
        return await self.stream(**fields).__aenter__()

    async def _open(
        self, stream_class: type[AsyncStream_co], prepared: PreparedRequest, limits: StreamLimits
    ) -> AsyncStream_co:
        return await retry_async(
            self._settings.max_retries, lambda: self._open_once(stream_class, prepared, limits), limits.until_deadline
        )

    async def _open_once(
        self, stream_class: type[AsyncStream_co], prepared: PreparedRequest, limits: StreamLimits
    ) -> AsyncStream_co:
        response = await self._send(limit_timeout_async(prepared, limits), limits)
        return await open_stream_async(stream_class, response, self._connections, self._settings, limits)

    async def _send(self, prepared: PreparedRequest, limits: StreamLimits | None = None) -> httpx.Response:
        return await send_async(self._connections, self._settings, prepared, limits)
