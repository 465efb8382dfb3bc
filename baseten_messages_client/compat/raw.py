"""`client.messages.with_raw_response`: `create` that returns the response itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Unpack, overload

from .._message import Message, parse_message
from .._request_body import prepare_message_request
from .._transport.headers import read_request_id
from .._transport.retry import retry, retry_async

if TYPE_CHECKING:
    from typing import Literal

    import httpx

    from .. import models
    from .._async_messages import AsyncMessages
    from .._options import CreateParams, StreamParams
    from .._streaming.streams import AsyncMessageStream, MessageStream
    from ..messages import Messages

T = TypeVar("T")


class _BaseRawResponse(Generic[T]):
    """A response and what it holds.

    Attributes:
        http_response: The response of the HTTP library.
    """

    def __init__(self, response: httpx.Response, redact: Callable[[str], str], parse: Callable[[], T]) -> None:
        self.http_response = response
        self._redact = redact
        self._parse = parse

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self.http_response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers, which ignore upper and lower case."""
        return self.http_response.headers

    @property
    def http_request(self) -> httpx.Request:
        """The request of the HTTP library, without the API key."""
        return self.http_response.request

    @property
    def method(self) -> str:
        """The method of the request."""
        return self.http_response.request.method

    @property
    def url(self) -> httpx.URL:
        """The address that the request was sent to."""
        return self.http_response.url

    @property
    def request_id(self) -> str | None:
        """The request's ID in the service's logs, or None."""
        return read_request_id(self.http_response.headers, self._redact)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status_code={self.status_code})"


class RawResponse(_BaseRawResponse[T]):
    """A response, and the message or stream in it."""

    def parse(self) -> T:
        """Return the message, or the stream.

        Raises:
            APIResponseError: The response is not a message.
        """
        return self._parse()

    def json(self) -> Any:
        """Return the JSON value in the body."""
        return self.http_response.json()

    def text(self) -> str:
        """Return the body as text."""
        return self.http_response.text

    def read(self) -> bytes:
        """Return the bytes of the body."""
        return self.http_response.read()


class AsyncRawResponse(_BaseRawResponse[T]):
    """A response to an async client, and the message or stream in it."""

    async def parse(self) -> T:
        """Return the message, or the stream. Raises what `RawResponse.parse` raises."""
        return self._parse()

    async def json(self) -> Any:
        """Return the JSON value in the body."""
        return self.http_response.json()

    async def text(self) -> str:
        """Return the body as text."""
        return self.http_response.text

    async def read(self) -> bytes:
        """Return the bytes of the body."""
        return await self.http_response.aread()


class RawMessages:
    """`client.messages.with_raw_response`."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    @overload
    def create(self, /, *, stream: Literal[False] = False, **fields: Unpack[CreateParams]) -> RawResponse[Message]: ...
    @overload
    def create(
        self, /, *, stream: Literal[True], **fields: Unpack[StreamParams]
    ) -> RawResponse[MessageStream[models.StreamEvent]]: ...
    def create(self, /, *, stream: bool = False, **fields: Any) -> RawResponse[Any]:
        """Send a message, as `messages.create`, and return the response. Its `parse()` returns the message.

        Example:
            >>> from baseten_messages_client import Baseten
            >>> from baseten_messages_client.testing import LocalServer
            >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
            ...     raw = client.messages.with_raw_response.create(
            ...         model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
            ...     )
            >>> raw.status_code, raw.headers["content-type"], raw.parse().stop_reason
            (200, 'application/json', 'end_turn')
        """
        messages, redact = self._messages, self._messages._settings.auth.redact
        if stream:
            opened = messages.create(stream=True, **fields)
            return RawResponse(opened.response, redact, lambda: opened)
        prepared = prepare_message_request(messages._settings, None, fields, **_call_options(fields))
        response = retry(messages._settings.max_retries, lambda: messages._send(prepared))
        return RawResponse(response, redact, lambda: parse_message(response, redact))


class AsyncRawMessages:
    """`client.messages.with_raw_response` of `AsyncBaseten`."""

    def __init__(self, messages: AsyncMessages) -> None:
        self._messages = messages

    @overload
    async def create(
        self, /, *, stream: Literal[False] = False, **fields: Unpack[CreateParams]
    ) -> AsyncRawResponse[Message]: ...
    @overload
    async def create(
        self, /, *, stream: Literal[True], **fields: Unpack[StreamParams]
    ) -> AsyncRawResponse[AsyncMessageStream[models.StreamEvent]]: ...
    async def create(self, /, *, stream: bool = False, **fields: Any) -> AsyncRawResponse[Any]:
        """Send a message, as `messages.create`, and return the response. `await response.parse()` gives the message."""
        messages, redact = self._messages, self._messages._settings.auth.redact
        if stream:
            opened = await messages.create(stream=True, **fields)
            return AsyncRawResponse(opened.response, redact, lambda: opened)
        prepared = prepare_message_request(messages._settings, None, fields, **_call_options(fields))
        response = await retry_async(messages._settings.max_retries, lambda: messages._send(prepared))
        return AsyncRawResponse(response, redact, lambda: parse_message(response, redact))


def _call_options(fields: dict[str, Any]) -> dict[str, Any]:
    """Take the options of the call out of the fields of the request."""
    options: dict[str, Any] = {"extra_headers": None, "extra_body": None}
    for name in ("extra_headers", "extra_body", "timeout"):
        if name in fields:
            options[name] = fields.pop(name)
    return options
