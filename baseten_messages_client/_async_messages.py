"""`client.messages` of `AsyncBaseten`: the twin of `messages`, with everything awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

import httpx

from . import models
from ._generated.types import UNSET, Unset
from ._http import Call, connection_errors, limited_call, make_call, make_request, raise_for_status
from ._limits import StreamLimits
from ._message import Message, parse_message
from ._retry import retry_async
from ._settings import Settings, Timeout
from .messages import DEFAULT_MAX_TURNS
from .streaming import AsyncMessageStream

if TYPE_CHECKING:
    from ._options import CallOptions, CreateFields, ParseFields, RunnerFields, StreamFields, StreamOptions
    from ._parse import ParsedMessage
    from ._tool_loop import AfterTool, AnyTool, BeforeTool
    from .tool_runner import AsyncToolRunner

__all__ = ["AsyncMessages"]

T = TypeVar("T")


class AsyncMessages:
    """Sends messages; reached as `client.messages` of an `AsyncBaseten`."""

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self._http = http
        self._settings = settings

    @overload
    async def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[False] = False, **options: Unpack[CallOptions]
    ) -> Message: ...
    @overload
    async def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[True], **options: Unpack[StreamOptions]
    ) -> AsyncMessageStream: ...
    @overload
    async def create(
        self, request: models.MessagesRequest, /, *, stream: bool, **options: Unpack[StreamOptions]
    ) -> Message | AsyncMessageStream: ...
    @overload
    async def create(self, /, *, stream: Literal[False] = False, **fields: Unpack[CreateFields]) -> Message: ...
    @overload
    async def create(self, /, *, stream: Literal[True], **fields: Unpack[StreamFields]) -> AsyncMessageStream: ...
    @overload
    async def create(self, /, *, stream: bool, **fields: Unpack[StreamFields]) -> Message | AsyncMessageStream: ...
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
    ) -> Message | AsyncMessageStream:
        """Have the model produce its next turn; the arguments, result and errors are those of `Messages.create`."""
        call = make_call(
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
            return await self._open(call, limits)
        if limits.active:
            raise TypeError("idle_timeout and deadline are for streams: pass stream=True, or use timeout")
        response = await retry_async(self._settings.max_retries, lambda: self._send(call))
        return parse_message(response, self._settings.auth.redact)

    @overload
    def stream(
        self, request: models.MessagesRequest, /, **options: Unpack[StreamOptions]
    ) -> AbstractAsyncContextManager[AsyncMessageStream]: ...
    @overload
    def stream(self, /, **fields: Unpack[StreamFields]) -> AbstractAsyncContextManager[AsyncMessageStream]: ...
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
        """Follow the model's next turn; the arguments, result and errors are those of `Messages.stream`."""
        call = make_call(
            self._settings,
            request,
            fields,
            extra_headers=extra_headers,
            extra_body=extra_body,
            timeout=timeout,
            stream=True,
        )
        StreamLimits(idle_timeout, deadline)  # For its checks; the time starts when the context is entered.
        return self._stream(call, idle_timeout, deadline)

    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[False] = False, **fields: Unpack[RunnerFields]
    ) -> AsyncToolRunner[Message]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[True], **fields: Unpack[RunnerFields]
    ) -> AsyncToolRunner[AsyncMessageStream]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: bool, **fields: Unpack[RunnerFields]
    ) -> AsyncToolRunner[Any]: ...
    def tool_runner(
        self,
        *,
        tools: Sequence[AnyTool],
        max_turns: int = DEFAULT_MAX_TURNS,
        before_tool: BeforeTool | None = None,
        after_tool: AfterTool | None = None,
        stream: bool = False,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> AsyncToolRunner[Any]:
        """Let the model call tools until it is done; the arguments and errors are those of `Messages.tool_runner`."""
        from ._tool_loop import ToolLoop
        from .tool_runner import AsyncToolRunner

        send = partial(self.create, stream=stream, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout)
        return AsyncToolRunner(
            ToolLoop(tools, max_turns, fields), lambda request: send(**request), before_tool, after_tool
        )

    @overload
    async def parse(self, *, output_type: type[T], **fields: Unpack[ParseFields]) -> ParsedMessage[T]: ...
    @overload
    async def parse(self, *, output_type: Any, **fields: Unpack[ParseFields]) -> ParsedMessage[Any]: ...
    async def parse(
        self,
        *,
        output_type: Any,
        max_repairs: int = 1,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> ParsedMessage[Any]:
        """Have the model give output of a type; the arguments, result and errors are those of `Messages.parse`."""
        from ._parse import OutputParser, is_final

        if isinstance(max_repairs, bool) or not isinstance(max_repairs, int) or max_repairs < 0:
            raise ValueError(f"max_repairs must be a whole number of at least 0, not {max_repairs!r}")
        parser = OutputParser(output_type)
        request = parser.request(fields)
        send = partial(self.create, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout)
        while True:
            message = await send(**request)
            output, problem = parser.read(message)
            if problem is None:
                return parser.parsed(message, output)
            if max_repairs == 0 or is_final(message):
                raise parser.error(message, problem)
            max_repairs -= 1
            request = parser.repair(request, message, problem)

    @asynccontextmanager
    async def _stream(
        self, call: Call, idle_timeout: float | None, deadline: float | None
    ) -> AsyncIterator[AsyncMessageStream]:
        stream = await self._open(call, StreamLimits(idle_timeout, deadline))
        try:
            yield stream
        finally:
            await stream.close()

    async def _open(self, call: Call, limits: StreamLimits) -> AsyncMessageStream:
        return await retry_async(self._settings.max_retries, lambda: self._open_once(call, limits), limits.remaining)

    async def _open_once(self, call: Call, limits: StreamLimits) -> AsyncMessageStream:
        response = await self._send(limited_call(call, limits), limits)
        stream = AsyncMessageStream(response, self._settings, limits)
        try:
            await stream.prime()
        except BaseException:
            await stream.close()
            raise
        return stream

    async def _send(self, call: Call, limits: StreamLimits | None = None) -> httpx.Response:
        """Send one attempt; the response of a streaming call is not read yet."""
        request = make_request(self._http, self._settings, call)
        with connection_errors(self._settings, request, limits):
            response = await self._http.send(
                request, auth=self._settings.auth, stream=call.stream, follow_redirects=False
            )
            if call.stream and response.status_code != 200:
                await response.aread()
        raise_for_status(response, self._settings)
        return response
