"""All exceptions of this package. Each one is a `BasetenError`.

    BasetenError, also called APIError
    ├── ConfigurationError            an option of the client is missing or malformed (also a ValueError)
    ├── APIConnectionError            no response arrived
    │   ├── APITimeoutError
    │   └── PoolTimeoutError
    ├── APIStatusError                a response with an error status
    │   ├── BadRequestError 400, AuthenticationError 401, PaymentRequiredError 402, PermissionDeniedError 403,
    │   ├── NotFoundError 404, RequestTimeoutError 408, ConflictError 409, RequestTooLargeError 413,
    │   ├── UnprocessableEntityError 422, RateLimitError 429
    │   └── InternalServerError 5xx
    │       └── ServiceUnavailableError 503, GatewayTimeoutError 504, OverloadedError 529
    ├── APIResponseError              a response with status 200 that is not a message
    ├── StreamError                   a stream failed; the error holds what had arrived
    │   ├── IncompleteStreamError     also an APIConnectionError
    │   ├── StreamTimeoutError        also an APITimeoutError
    │   └── StreamRateLimitError, …   an error that the service reported in the stream: also a RateLimitError, …
    ├── ToolInputError                tool arguments do not match the tool's schema
    └── MaxTurnsError                 the tool runner reached its limit of turns

So a program can handle errors in either way: `except StreamError` catches whatever fails while a stream is read, and
`except RateLimitError` catches that failure wherever the service reports it.

The texts and attributes of an exception never hold the API key, even if the server repeats it: it is redacted in
`body`, `headers` and `response`, and in the exceptions that led to this one. A text has at most about 2,000 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from . import params
    from ._message import Message

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIResponseError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "BasetenError",
    "ConfigurationError",
    "ConflictError",
    "GatewayTimeoutError",
    "IncompleteStreamError",
    "InternalServerError",
    "MaxTurnsError",
    "NotFoundError",
    "OverloadedError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "PoolTimeoutError",
    "RateLimitError",
    "RequestTimeoutError",
    "RequestTooLargeError",
    "ServiceUnavailableError",
    "StreamError",
    "StreamTimeoutError",
    "ToolInputError",
    "UnprocessableEntityError",
]

# Every constructor must also work with its message alone: to unpickle an exception, Python calls its class with `args`
# and then sets its attributes.


class BasetenError(Exception):
    """Base class of all exceptions that this package raises on purpose."""

    @property
    def message(self) -> str:
        """The text of the error, as in `str(error)`."""
        return str(self)


APIError = BasetenError
"""Another name of `BasetenError`."""


class ConfigurationError(BasetenError, ValueError):
    """The key, the base URL, the headers or another option of the client is missing or malformed."""


class RequestError(BasetenError):
    """Base class of the errors of one request. Programs catch its subclasses."""

    _request: httpx.Request | None = None

    @property
    def request(self) -> httpx.Request:
        """A copy of the request, without its body and the API key. Every error of a request that was sent has it.

        Raises:
            AttributeError: The error was made by hand, without a request.
        """
        if self._request is None:
            raise AttributeError("this error was made without a request: pass request= or response= to its constructor")
        return self._request


class APIConnectionError(RequestError):
    """No response arrived, or it was cut short. `__cause__` holds the exception of the HTTP library.

    Attributes:
        request: A copy of the `httpx.Request`, without its body and the API key.
        final: Whether another attempt would fail in the same way: the certificate of the service is not valid, or a
            proxy refuses the connection. Then the request is not sent again.
    """

    def __init__(
        self, message: str = "no response arrived", *, request: httpx.Request | None = None, final: bool = False
    ) -> None:
        super().__init__(message)
        self.final = final
        self._request = request


class APITimeoutError(APIConnectionError):
    """The service did not respond in time."""

    def __init__(
        self,
        message: str = "the service did not respond in time",
        *,
        request: httpx.Request | None = None,
        final: bool = False,
    ) -> None:
        super().__init__(message, request=request, final=final)


class PoolTimeoutError(APIConnectionError):
    """No connection in the client's pool became free in time. Nothing was sent."""


class ResponseError(RequestError):
    """Base class of the errors that come with a response. Programs catch its subclasses.

    Attributes:
        error_type: The service's name for the error, such as `rate_limit_error`, or None.
        request_id: The request's ID in the service's logs, or None.
        body: The response body: parsed if it is JSON, otherwise text. Only the beginning of a large body is kept.
        headers: The headers of the response as `httpx.Headers`, which ignores upper and lower case, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        error_type: str | None = None,
        request_id: str | None = None,
        body: Any = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.request_id = request_id
        self.body = body
        self.headers: httpx.Headers | None = None
        self._response: httpx.Response | None = None
        if response is not None:
            self._attach(response)

    def _attach(self, response: httpx.Response) -> None:
        """Add a response. The client adds a copy without the API key."""
        self._response, self.headers = response, response.headers
        try:
            self._request = response.request
        except RuntimeError:  # The response has no request, such as one that was made by hand.
            self._request = None

    @property
    def type(self) -> str | None:
        """Another name of `error_type`."""
        return self.error_type

    @property
    def response(self) -> httpx.Response:
        """A copy of the response. Every error of a response that arrived has it.

        Raises:
            AttributeError: The error was made by hand, without a response, or no response arrived.
        """
        if self._response is None:
            raise AttributeError("this error was made without a response: pass response= to its constructor")
        return self._response


class APIStatusError(ResponseError):
    """The service responded with an error status.

    Attributes:
        status_code: HTTP status. For an error that was reported in a stream, it is the status of its class.
        error_type: The service's name for the error, such as `rate_limit_error`, or None.
        request_id: The request's ID in the service's logs, or None.
        retry_after: Seconds to wait before the next attempt, if the service asks for a wait, or None.
        body: The response body: parsed if it is JSON, otherwise text. Only the beginning of a large body is kept.
        headers: The headers of the response as `httpx.Headers`, which ignores upper and lower case, or None.
        response: A copy of the `httpx.Response`.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int | None = None,
        error_type: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        body: Any = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message, error_type=error_type, request_id=request_id, body=body, response=response)
        if status_code is None:
            status_code = response.status_code if response is not None else STATUS_OF.get(type(self), 0)
        self.status_code: int = status_code
        self.retry_after = retry_after


class BadRequestError(APIStatusError):
    """400: a parameter is missing, malformed or out of range."""


class AuthenticationError(APIStatusError):
    """401: the API key is missing or wrong."""


class PaymentRequiredError(APIStatusError):
    """402: the account needs a payment first."""


class PermissionDeniedError(APIStatusError):
    """403: the API key does not allow this request. Baseten also responds to a wrong key with 403."""


class NotFoundError(APIStatusError):
    """404: the model does not exist or does not support the Messages format."""


class RequestTimeoutError(APIStatusError):
    """408: the service did not receive the whole request in time."""


class ConflictError(APIStatusError):
    """409: the request conflicts with another one."""


class RequestTooLargeError(APIStatusError):
    """413: the request is larger than the service accepts."""


class UnprocessableEntityError(APIStatusError):
    """422: the service understood the request and refused it."""


class RateLimitError(APIStatusError):
    """429: too many requests or tokens; see `retry_after`."""


class InternalServerError(APIStatusError):
    """5xx: the service failed, or a server in front of it."""


class ServiceUnavailableError(InternalServerError):
    """503: the service is not available for a while, such as when a model starts."""


class GatewayTimeoutError(InternalServerError):
    """504: a server in front of the service waited too long for it."""


class OverloadedError(InternalServerError):
    """529: the service has too many requests."""


STATUS_ERRORS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    408: RequestTimeoutError,
    409: ConflictError,
    413: RequestTooLargeError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    503: ServiceUnavailableError,
    504: GatewayTimeoutError,
    529: OverloadedError,
}
STATUS_OF: dict[type, int] = {error_class: status for status, error_class in STATUS_ERRORS.items()}


class APIResponseError(ResponseError):
    """The service responded with status 200, but the response is not a message.

    Attributes:
        error_type: The service's name for the error, if the body describes an error, or None.
        request_id: The request's ID in the service's logs, or None.
        body: The response body: parsed if it is JSON, otherwise text. Only the beginning of a large body is kept.
        headers: The headers of the response as `httpx.Headers`, which ignores upper and lower case, or None.
        response: A copy of the `httpx.Response`.
    """


class StreamError(ResponseError):
    """A stream failed: the service reported an error in it, or sent data that cannot be read.

    If the service named a kind of failure that a status names too, the error also has the class of that status:
    `except RateLimitError` catches a rate limit that is reported in the stream. Its `status_code` is then 429, although
    the response itself has the status 200. Source: the wire rules "Ending".

    Attributes:
        partial_message: The part of the message that had arrived, or None if the message had not begun.
        error_type: The service's name for the error, such as `overloaded_error`, or None.
        request_id: The request's ID in the service's logs, or None.
        body: The error as the service sent it, or None.
        headers: The headers of the response as `httpx.Headers`, which ignores upper and lower case, or None.
        response: A copy of the `httpx.Response`, without its body.
    """

    def __init__(
        self,
        message: str,
        *,
        partial_message: Message | None = None,
        error_type: str | None = None,
        request_id: str | None = None,
        body: Any = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message, error_type=error_type, request_id=request_id, body=body, response=response)
        self.partial_message = partial_message


class IncompleteStreamError(StreamError, APIConnectionError):
    """The stream ended before its message was complete."""


class StreamTimeoutError(StreamError, APITimeoutError):
    """The stream stalled or took longer than its deadline."""


class ToolInputError(BasetenError):
    """Tool arguments do not match the tool's schema, or an output does not match its type.

    Attributes:
        tool_name: Name of the tool, or None.
        raw_input: The arguments or the output as the model wrote them.
    """

    def __init__(self, message: str, *, tool_name: str | None = None, raw_input: Any = None) -> None:
        super().__init__(message)
        self.tool_name = tool_name
        self.raw_input = raw_input


class MaxTurnsError(BasetenError):
    """The model still called tools when the tool runner reached its limit of turns.

    Attributes:
        messages: The whole history so far, ready for the next request.
        last_message: The model's last turn, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        messages: list[params.InputMessage] | None = None,
        last_message: Message | None = None,
    ) -> None:
        super().__init__(message)
        self.messages: list[params.InputMessage] = messages or []
        self.last_message = last_message
