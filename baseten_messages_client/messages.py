"""`client.messages`: the endpoint `POST /v1/messages`. Its async twin stands in `_async_messages`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

from . import models
from ._checks import check_count
from ._generated.types import UNSET, Unset
from ._message import Message, parse_message
from ._request_body import prepare_message_request
from ._streaming.streams import MessageStream, open_stream
from ._transport.deadline import StreamLimits
from ._transport.prepare import PreparedRequest, limit_timeout
from ._transport.retry import retry
from ._transport.send import send
from ._transport.settings import Settings, Timeout

if TYPE_CHECKING:
    import httpx

    from ._options import CallOptions, CreateFields, ParseFields, RunnerFields, StreamFields, StreamOptions
    from ._tools.loop import AfterTool, AnyTool, BeforeTool
    from ._tools.output import ParsedMessage
    from ._tools.runner import ToolRunner

__all__ = ["Messages"]

DEFAULT_MAX_TURNS = 50
"""More than any conversation should need; a model that calls tools for ever ends here."""

T = TypeVar("T")


class Messages:
    """Sends messages; reached as `client.messages`."""

    def __init__(self, http: httpx.Client, settings: Settings) -> None:
        self._http = http
        self._settings = settings

    @overload
    def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[False] = False, **options: Unpack[CallOptions]
    ) -> Message: ...
    @overload
    def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[True], **options: Unpack[StreamOptions]
    ) -> MessageStream: ...
    @overload
    def create(
        self, request: models.MessagesRequest, /, *, stream: bool, **options: Unpack[StreamOptions]
    ) -> Message | MessageStream: ...
    @overload
    def create(self, /, *, stream: Literal[False] = False, **fields: Unpack[CreateFields]) -> Message: ...
    @overload
    def create(self, /, *, stream: Literal[True], **fields: Unpack[StreamFields]) -> MessageStream: ...
    @overload
    def create(self, /, *, stream: bool, **fields: Unpack[StreamFields]) -> Message | MessageStream: ...
    def create(
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
    ) -> Message | MessageStream:
        """Have the model produce its next turn.

        Args:
            request: The whole request as a model, instead of keywords.
            stream: Whether to return the turn while it is being produced.
            extra_headers: Headers to add to this request.
            extra_body: Fields that the schema does not know yet, sent as they are.
            timeout: Seconds to wait for each piece of the answer, in place of the client's own setting.
            idle_timeout: With `stream`: seconds that may pass without an event; pings do not count.
            deadline: With `stream`: seconds that the whole stream may take.
            **fields: The fields of the request, as in `params.MessagesRequest`: dicts, or the generated models.

        Returns:
            The model's turn; with `stream`, a `MessageStream`, to be iterated, and closed when it is left early.

        Raises:
            TypeError: An argument is missing, unknown or of the wrong type; nothing was sent.
            ValueError: An argument has an impossible value; nothing was sent.
            APIStatusError: The service answered with an error status.
            APIConnectionError: The service did not answer.
            APIResponseError: The service answered with something that is no message.
            StreamError: With `stream`: the stream failed before it began, or, later, while it is iterated.

        Example:
            >>> from baseten_messages_client import Baseten
            >>> from baseten_messages_client.testing import LocalServer
            >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
            ...     message = client.messages.create(
            ...         model="zai-org/GLM-5.2",
            ...         max_tokens=3,
            ...         messages=[{"role": "user", "content": "Count to a hundred."}],
            ...     )
            >>> message.stop_reason
            'max_tokens'
        """
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
            return self._open(prepared, limits)
        if limits.active:
            raise TypeError("idle_timeout and deadline are for streams: pass stream=True, or use timeout")
        response = retry(self._settings.max_retries, lambda: self._send(prepared))
        return parse_message(response, self._settings.auth.redact)

    @overload
    def stream(
        self, request: models.MessagesRequest, /, **options: Unpack[StreamOptions]
    ) -> AbstractContextManager[MessageStream]: ...
    @overload
    def stream(self, /, **fields: Unpack[StreamFields]) -> AbstractContextManager[MessageStream]: ...
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
    ) -> AbstractContextManager[MessageStream]:
        """Have the model produce its next turn, and follow it while it does.

        Args:
            request: The whole request as a model, instead of keywords.
            extra_headers: As in `create`, and so are the next two.
            extra_body: Fields that the schema does not know yet.
            timeout: Seconds to wait for each piece of the answer.
            idle_timeout: Seconds that may pass without an event; pings and comments do not count. None: no limit.
            deadline: Seconds that the whole stream may take, connecting and retries included. None: no limit.
            **fields: The fields of the request, as in `params.MessagesRequest`.

        Returns:
            A context manager that gives the `MessageStream` and closes its connection.

        Raises:
            TypeError: An argument is missing, unknown or of the wrong type; nothing was sent.
            ValueError: An argument has an impossible value; nothing was sent.
            APIStatusError: The service answered with an error status (on entering, like the next two).
            APIConnectionError: The service did not answer.
            StreamError: The stream failed before its first event, or, later, while it is consumed.

        Example:
            >>> from baseten_messages_client import Baseten
            >>> from baseten_messages_client.testing import LocalServer
            >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
            ...     with client.messages.stream(
            ...         model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
            ...     ) as stream:
            ...         message = stream.get_final_message()
            >>> message.stop_reason
            'end_turn'
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
        StreamLimits(idle_timeout, deadline)  # For its checks; the time starts when the context is entered.
        return self._stream(prepared, idle_timeout, deadline)

    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[False] = False, **fields: Unpack[RunnerFields]
    ) -> ToolRunner[Message]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[True], **fields: Unpack[RunnerFields]
    ) -> ToolRunner[MessageStream]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: bool, **fields: Unpack[RunnerFields]
    ) -> ToolRunner[Any]: ...
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
    ) -> ToolRunner[Any]:
        """Let the model call tools until it is done.

        Args:
            tools: Tools made by `@tool` or `Tool`, and definitions of tools that run elsewhere, such as hosted ones.
            max_turns: How many turns the model may take.
            before_tool: Called with every call before it is made. It may return a result to be used in the tool's
                place, or raise `StopRunner`.
            after_tool: Called with every call and its result block. It may return another result, or raise
                `StopRunner`.
            stream: Whether to iterate the turns as `MessageStream`s.
            extra_headers: As in `create`, and so are the rest.
            extra_body: Fields that the schema does not know.
            timeout: Seconds to wait for each piece of an answer.
            **fields: The fields of the request.

        Returns:
            A `ToolRunner`: iterate it for the model's turns, or call its `until_done()`.

        Raises:
            TypeError: An argument is of the wrong type, or a plain function is among the tools.
            ValueError: An argument has an impossible value, or two tools have the same name.
        """
        from ._tools.loop import ToolLoop
        from ._tools.runner import ToolRunner

        create = partial(
            self.create, stream=stream, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout
        )
        loop = ToolLoop(tools, max_turns, fields, before_tool, after_tool)
        return ToolRunner(loop, lambda request: create(**request))

    @overload
    def parse(self, *, output_type: type[T], **fields: Unpack[ParseFields]) -> ParsedMessage[T]: ...
    @overload
    def parse(self, *, output_type: Any, **fields: Unpack[ParseFields]) -> ParsedMessage[Any]: ...
    def parse(
        self,
        *,
        output_type: Any,
        max_repairs: int = 1,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> ParsedMessage[Any]:
        """Have the model give output of a type, on any model that can call tools.

        Args:
            output_type: A dataclass, attrs class, TypedDict, msgspec.Struct, pydantic model, `list[int]`, …
            max_repairs: How often to tell the model what does not fit and ask again.
            extra_headers: As in `create`, and so are the rest.
            extra_body: Fields that the schema does not know.
            timeout: Seconds to wait for each piece of an answer.
            **fields: The fields of the request, without `tools` and `tool_choice`.

        Returns:
            The message, with the output as `output`.

        Raises:
            TypeError: No schema describes the type, or an argument is wrong.
            ToolInputError: The output still does not fit; `raw_input` holds it.
            BasetenError: A request failed, as in `create`.

        Example:
            >>> from dataclasses import dataclass
            >>> from baseten_messages_client import Baseten
            >>> from baseten_messages_client.testing import LocalServer
            >>> @dataclass
            ... class City:
            ...     name: str
            >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
            ...     message = client.messages.parse(
            ...         output_type=City,
            ...         model="zai-org/GLM-5.2",
            ...         max_tokens=256,
            ...         messages=[{"role": "user", "content": "I live in Paris."}],
            ...     )
            >>> message.output
            City(name='Paris')
        """
        from ._tools.output import OutputParser, cannot_repair

        check_count("max_repairs", max_repairs, at_least=0)
        parser = OutputParser(output_type)
        request = parser.request(fields)
        create = partial(self.create, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout)
        while True:
            message = create(**request)
            output, problem = parser.read(message)
            if problem is None:
                return parser.parsed(message, output)
            if max_repairs == 0 or cannot_repair(message):
                raise parser.error(message, problem)
            max_repairs -= 1
            request = parser.repair(request, message, problem)

    @contextmanager
    def _stream(
        self, prepared: PreparedRequest, idle_timeout: float | None, deadline: float | None
    ) -> Iterator[MessageStream]:
        stream = self._open(prepared, StreamLimits(idle_timeout, deadline))
        try:
            yield stream
        finally:
            stream.close()

    def _open(self, prepared: PreparedRequest, limits: StreamLimits) -> MessageStream:
        return retry(self._settings.max_retries, lambda: self._open_once(prepared, limits), limits.remaining)

    def _open_once(self, prepared: PreparedRequest, limits: StreamLimits) -> MessageStream:
        response = self._send(limit_timeout(prepared, limits), limits)
        return open_stream(response, self._settings, limits)

    def _send(self, prepared: PreparedRequest, limits: StreamLimits | None = None) -> httpx.Response:
        return send(self._http, self._settings, prepared, limits)
