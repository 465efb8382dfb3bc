"""All exceptions of this package; every one is a `BasetenError`.

    BasetenError
    ├── ConfigurationError            key, base URL or headers cannot be used (also a ValueError)
    ├── APIConnectionError            no answer arrived
    │   ├── APITimeoutError
    │   └── PoolTimeoutError
    ├── APIStatusError                an answer with an error status
    │   ├── BadRequestError 400, AuthenticationError 401, PaymentRequiredError 402, PermissionDeniedError 403,
    │   ├── NotFoundError 404, ConflictError 409, RequestTooLargeError 413, UnprocessableEntityError 422,
    │   └── RateLimitError 429, InternalServerError 5xx
    ├── APIResponseError              status 200, but no message in it
    ├── StreamError                   a stream that failed; holds what had arrived
    │   ├── IncompleteStreamError
    │   └── StreamTimeoutError
    ├── ToolInputError                a tool's arguments do not fit its schema
    └── MaxTurnsError                 the tool runner's limit is reached

No message, attribute or repr holds the API key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ._message import Message

__all__ = [
    "APIConnectionError",
    "APIResponseError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "BasetenError",
    "ConfigurationError",
    "ConflictError",
    "IncompleteStreamError",
    "InternalServerError",
    "MaxTurnsError",
    "NotFoundError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "PoolTimeoutError",
    "RateLimitError",
    "RequestTooLargeError",
    "StreamError",
    "StreamTimeoutError",
    "ToolInputError",
    "UnprocessableEntityError",
]

# Every constructor takes its message alone too: exceptions are pickled by calling their class with `args`, and then
# setting their attributes.


class BasetenError(Exception):
    """Base of all exceptions that this package raises on purpose."""


class ConfigurationError(BasetenError, ValueError):
    """The client cannot be used as configured: its key, base URL, headers or another option is missing or malformed."""


class APIConnectionError(BasetenError):
    """The request did not get an answer. `__cause__` holds the transport's own exception."""


class APITimeoutError(APIConnectionError):
    """The service did not answer in time."""


class PoolTimeoutError(APIConnectionError):
    """All of the client's own connections stayed busy; nothing was sent."""


class APIStatusError(BasetenError):
    """The service answered with an error status.

    Attributes:
        status_code: HTTP status.
        error_type: The body's own word for the error, such as `rate_limit_error`, or None.
        request_id: What identifies the request in the service's logs, or None.
        retry_after: Seconds that the service asks to wait, or None.
        body: The body: parsed if it was JSON, else text.
        response: The `httpx.Response`.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int = 0,
        error_type: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        body: Any = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.error_type = error_type
        self.request_id = request_id
        self.retry_after = retry_after
        self.body = body
        self.response = response


class BadRequestError(APIStatusError):
    """400: a parameter is missing, malformed or out of range."""


class AuthenticationError(APIStatusError):
    """401: the API key is missing or wrong."""


class PaymentRequiredError(APIStatusError):
    """402: the account has to be paid for first."""


class PermissionDeniedError(APIStatusError):
    """403: the API key is not valid for this; Baseten answers a wrong key this way."""


class NotFoundError(APIStatusError):
    """404: no such model, or it does not speak the Messages format."""


class ConflictError(APIStatusError):
    """409: the request collided with another one."""


class RequestTooLargeError(APIStatusError):
    """413: the request is larger than the service accepts."""


class UnprocessableEntityError(APIStatusError):
    """422: the request was understood and refused."""


class RateLimitError(APIStatusError):
    """429: too many requests or tokens; see `retry_after`."""


class InternalServerError(APIStatusError):
    """5xx: the service or something in front of it failed."""


STATUS_ERRORS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    413: RequestTooLargeError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


class APIResponseError(BasetenError):
    """The service answered 200, but with something that is no message.

    Attributes:
        error_type: The body's own word for the error, if it describes one.
        request_id: What identifies the request in the service's logs, or None.
        body: The body: parsed if it was JSON, else text.
        response: The `httpx.Response`.
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
        self.response = response


class StreamError(BasetenError):
    """The service reported an error within a stream.

    Attributes:
        partial_message: The message as far as it had arrived, or None if it had not begun.
        error_type: The service's own word for the error, such as `overloaded_error`, or None.
        request_id: What identifies the request in the service's logs, or None.
        body: The error as it came, if there was one.
    """

    def __init__(
        self,
        message: str,
        *,
        partial_message: Message | None = None,
        error_type: str | None = None,
        request_id: str | None = None,
        body: Any = None,
    ) -> None:
        super().__init__(message)
        self.partial_message = partial_message
        self.error_type = error_type
        self.request_id = request_id
        self.body = body


class IncompleteStreamError(StreamError):
    """The stream ended before the message did."""


class StreamTimeoutError(StreamError):
    """The stream stalled, or took longer than its deadline."""


class ToolInputError(BasetenError):
    """Arguments do not fit a tool's schema, or an output does not fit its type.

    Attributes:
        tool_name: Name of the tool.
        raw_input: The arguments as the model gave them.
    """

    def __init__(self, message: str, *, tool_name: str | None = None, raw_input: Any = None) -> None:
        super().__init__(message)
        self.tool_name = tool_name
        self.raw_input = raw_input


class MaxTurnsError(BasetenError):
    """The model still wanted tools called when the limit of turns was reached.

    Attributes:
        messages: The whole history so far, ready to be sent on.
        last_message: The last turn of the model.
    """

    def __init__(self, message: str, *, messages: list[Any] | None = None, last_message: Message | None = None) -> None:
        super().__init__(message)
        self.messages = messages or []
        self.last_message = last_message
