"""`client.messages`: the methods of the endpoint `POST /v1/messages`. The async twin is in `_async_messages`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

from . import models
from ._checks import check_count
from ._generated.types import UNSET, Unset
from ._message import Message, parse_message
from ._request_body import prepare_message_request
from ._streaming.helper_streams import HelperStream
from ._streaming.streams import MessageStream, Stream_co, StreamContext, open_stream
from ._transport.connections import Connections
from ._transport.deadline import StreamLimits
from ._transport.prepare import PreparedRequest, limit_timeout
from ._transport.retry import retry
from ._transport.send import send
from ._transport.settings import Settings, Timeout
from .compat.messages import MessagesNames

if TYPE_CHECKING:
    from types import UnionType

    import httpx
    from typing_extensions import TypeForm

    from ._options import CallOptions, CreateParams, ParseParams, StreamOptions, StreamParams, ToolRunnerParams
    from ._tools.loop import AfterTool, AnyTool, BeforeTool
    from ._tools.output import ParsedMessage
    from ._tools.runner import ToolRunner
    from .compat.parsed import FormattedMessage

__all__ = ["Messages"]

DEFAULT_MAX_TURNS = 50
"""More turns than a conversation should need. The limit ends a model that keeps calling tools."""
DEFAULT_MAX_CONCURRENCY = 32
"""More calls at a time would rarely help, and each sync tool needs a thread."""

T = TypeVar("T")


class Messages(MessagesNames):
    """Sends messages. Use it as `client.messages`."""

    def __init__(self, connections: Connections, settings: Settings) -> None:
        self._connections = connections
        self._settings = settings

    @overload
    def create(self, /, *, stream: Literal[False] = False, **fields: Unpack[CreateParams]) -> Message: ...
    @overload
    def create(
        self, /, *, stream: Literal[True], **fields: Unpack[StreamParams]
    ) -> MessageStream[models.StreamEvent]: ...
    @overload
    def create(
        self, /, *, stream: bool, **fields: Unpack[StreamParams]
    ) -> Message | MessageStream[models.StreamEvent]: ...
    @overload
    def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[False] = False, **options: Unpack[CallOptions]
    ) -> Message: ...
    @overload
    def create(
        self, request: models.MessagesRequest, /, *, stream: Literal[True], **options: Unpack[StreamOptions]
    ) -> MessageStream[models.StreamEvent]: ...
    @overload
    def create(
        self, request: models.MessagesRequest, /, *, stream: bool, **options: Unpack[StreamOptions]
    ) -> Message | MessageStream[models.StreamEvent]: ...
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
    ) -> Message | MessageStream[models.StreamEvent]:
        """Ask the model for its next turn.

        Source: schemas `MessagesRequest` and `MessagesResponse`.

        Args:
            request: The whole request as a model, instead of keywords.
            stream: Whether to return the turn as a stream, while the model produces it.
            extra_headers: Headers to add to this request.
            extra_body: Fields that the schema does not know yet. They are sent unchanged.
            timeout: Seconds to wait for each piece of the response, or an `httpx.Timeout`; None for no limit. It
                replaces the client's timeout for this call.
            idle_timeout: With `stream`: seconds that may pass without an event; None for no limit. Pings do not count
                as events.
            deadline: With `stream`: seconds that the whole stream may take; None for no limit.
            **fields: The fields of the request, as in `params.MessagesRequest`: dicts, or the generated models.

        Returns:
            The model's turn. With `stream`, a `MessageStream`: iterate it, and close it if you stop early.

        Raises:
            TypeError: An argument is missing, unknown or of the wrong type. Nothing was sent.
            ValueError: An argument has an impossible value. Nothing was sent.
            APIStatusError: The service answered with an error status.
            APIConnectionError: The service did not answer.
            APIResponseError: The service answered with something that is not a message.
            StreamError: With `stream`: the stream failed before its first event. Iterating the stream raises it too.

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
            return self._open(MessageStream[models.StreamEvent], prepared, limits)
        if limits.active:
            raise TypeError("idle_timeout and deadline work only with streams: pass stream=True, or use timeout")
        response = retry(self._settings.max_retries, lambda: self._send(prepared))
        return parse_message(response, self._settings.auth.redact)

    @overload
    def stream(self, /, **fields: Unpack[StreamParams]) -> AbstractContextManager[MessageStream]: ...
    @overload
    def stream(
        self, request: models.MessagesRequest, /, **options: Unpack[StreamOptions]
    ) -> AbstractContextManager[MessageStream]: ...
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
        """Ask the model for its next turn, and read the turn while the model produces it.

        Source: schemas `MessagesRequest` and `StreamEvent`.

        Args:
            request: The whole request as a model, instead of keywords.
            extra_headers: Headers to add to this request.
            extra_body: Fields that the schema does not know yet. They are sent unchanged.
            timeout: Seconds to wait for each piece of the response, as in `create`.
            idle_timeout: Seconds that may pass without an event; None for no limit. Pings and comments do not count as
                events.
            deadline: Seconds that the whole stream may take, including connecting and retries; None for no limit.
            **fields: The fields of the request, as in `params.MessagesRequest`.

        Returns:
            A context manager. Entering it sends the request and gives the `MessageStream`. Leaving it closes the
            connection.

        Raises:
            TypeError: An argument is missing, unknown or of the wrong type. Nothing was sent.
            ValueError: An argument has an impossible value. Nothing was sent.
            APIStatusError: On entering: the service answered with an error status.
            APIConnectionError: On entering: the service did not answer.
            StreamError: On entering: the stream failed before its first event. Reading the stream raises it too.

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
        StreamLimits(idle_timeout, deadline)  # Only checks the values. The time starts when the context is entered.
        return StreamContext(lambda: self._open(HelperStream, prepared, StreamLimits(idle_timeout, deadline)))

    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[False] = False, **fields: Unpack[ToolRunnerParams]
    ) -> ToolRunner[Message]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: Literal[True], **fields: Unpack[ToolRunnerParams]
    ) -> ToolRunner[MessageStream]: ...
    @overload
    def tool_runner(
        self, *, tools: Sequence[AnyTool], stream: bool, **fields: Unpack[ToolRunnerParams]
    ) -> ToolRunner[Any]: ...
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
    ) -> ToolRunner[Any]:
        """Let the model call tools until it is done.

        Args:
            tools: Tools made by `@tool` or `Tool`, and definitions of tools that run elsewhere, such as hosted tools.
            max_turns: How many turns the model may take.
            max_concurrency: How many tool calls of one turn run at a time. The others wait for their turn.
            before_tool: Called with each call before the call is made. It may return a result, which is used instead of
                calling the tool, or raise `StopRunner`.
            after_tool: Called with each call and its tool result block. It may return another result, or raise
                `StopRunner`.
            stream: Whether each turn is a `MessageStream` instead of a `Message`.
            extra_headers: Headers to add to each request.
            extra_body: Fields that the schema does not know yet. They are sent unchanged with each request.
            timeout: Seconds to wait for each piece of a response, as in `create`.
            **fields: The fields of each request, as in `params.ToolRunnerRequest`.

        Returns:
            A `ToolRunner`: iterate it for the model's turns, or call its `until_done()`. `ToolRunner` has an example.

        Raises:
            TypeError: An argument has the wrong type, or a plain function is in `tools`.
            ValueError: An argument has an impossible value, or two tools have the same name.
        """
        from ._tools.loop import ToolLoop
        from ._tools.runner import ToolRunner

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
        return ToolRunner(loop, lambda request: send(**request))

    @overload
    def parse(self, *, output_type: type[T], **fields: Unpack[ParseParams]) -> ParsedMessage[T]: ...
    @overload
    def parse(self, *, output_type: TypeForm[T], **fields: Unpack[ParseParams]) -> ParsedMessage[T]: ...
    @overload
    def parse(self, *, output_type: UnionType, **fields: Unpack[ParseParams]) -> ParsedMessage[Any]: ...
    @overload
    def parse(self, *, output_format: type[T], **fields: Unpack[ParseParams]) -> FormattedMessage[T]: ...
    @overload
    def parse(self, *, output_format: TypeForm[T], **fields: Unpack[ParseParams]) -> FormattedMessage[T]: ...
    def parse(
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
        """Ask the model for output of a given type. This works with any model that can call tools.

        Args:
            output_type: A dataclass, attrs class, TypedDict, msgspec.Struct, pydantic model, `list[int]`, …
            output_format: Another name of `output_type`. The output is then also the message's `parsed_output`.
            max_repairs: How many times to tell the model what does not fit and ask again.
            extra_headers: Headers to add to each request.
            extra_body: Fields that the schema does not know yet. They are sent unchanged with each request.
            timeout: Seconds to wait for each piece of a response, as in `create`.
            **fields: The fields of the request, as in `params.ParseRequest`: without `tools` and `tool_choice`.

        Returns:
            The message. Its `output` holds the output, converted to the type.

        Raises:
            TypeError: JSON Schema cannot describe the type, or an argument is missing, unknown or of the wrong type.
            ValueError: An argument has an impossible value.
            ToolInputError: The output still does not fit. The error's `raw_input` holds it.
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
        if isinstance(output_type, Unset) == isinstance(output_format, Unset):
            raise TypeError("pass output_type, the type of the output, as in parse(output_type=..., ...)")
        parser: OutputParser[Any] = OutputParser(output_format if isinstance(output_type, Unset) else output_type)
        request = parser.request(fields)
        create = partial(self.create, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout)
        while True:
            message = create(**request)
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

    def _open_turn(self, **fields: Any) -> MessageStream:
        return self.stream(**fields).__enter__()

    def _open(self, stream_class: type[Stream_co], prepared: PreparedRequest, limits: StreamLimits) -> Stream_co:
        return retry(
            self._settings.max_retries, lambda: self._open_once(stream_class, prepared, limits), limits.until_deadline
        )

    def _open_once(self, stream_class: type[Stream_co], prepared: PreparedRequest, limits: StreamLimits) -> Stream_co:
        response = self._send(limit_timeout(prepared, limits), limits)
        return open_stream(stream_class, response, self._connections, self._settings, limits)

    def _send(self, prepared: PreparedRequest, limits: StreamLimits | None = None) -> httpx.Response:
        return send(self._connections, self._settings, prepared, limits)
