"""The errors that a service reports in a stream: a `StreamError` that also has the class of its status.

The response of a stream has the status 200, so the service names the kind of failure in the error itself. A program
that catches `RateLimitError` must not miss it because it arrived later than usual.
"""

from __future__ import annotations

from typing import Any

from ..errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    GatewayTimeoutError,
    InternalServerError,
    NotFoundError,
    OverloadedError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    RequestTimeoutError,
    RequestTooLargeError,
    ServiceUnavailableError,
    StreamError,
    UnprocessableEntityError,
)


class StreamBadRequestError(StreamError, BadRequestError):
    """The service reported in the stream that the request is wrong."""


class StreamAuthenticationError(StreamError, AuthenticationError):
    """The service reported in the stream that the API key is wrong."""


class StreamPaymentRequiredError(StreamError, PaymentRequiredError):
    """The service reported in the stream that the account needs a payment."""


class StreamPermissionDeniedError(StreamError, PermissionDeniedError):
    """The service reported in the stream that the API key does not allow the request."""


class StreamNotFoundError(StreamError, NotFoundError):
    """The service reported in the stream that the model does not exist."""


class StreamRequestTimeoutError(StreamError, RequestTimeoutError):
    """The service reported in the stream that the request did not arrive in time."""


class StreamConflictError(StreamError, ConflictError):
    """The service reported in the stream that the request conflicts with another one."""


class StreamRequestTooLargeError(StreamError, RequestTooLargeError):
    """The service reported in the stream that the request is too large."""


class StreamUnprocessableEntityError(StreamError, UnprocessableEntityError):
    """The service reported in the stream that it refuses the request."""


class StreamRateLimitError(StreamError, RateLimitError):
    """The service reported in the stream that a rate limit was reached."""


class StreamInternalServerError(StreamError, InternalServerError):
    """The service reported in the stream that it failed."""


class StreamServiceUnavailableError(StreamError, ServiceUnavailableError):
    """The service reported in the stream that it is not available."""


class StreamGatewayTimeoutError(StreamError, GatewayTimeoutError):
    """The service reported in the stream that it ran out of time."""


class StreamOverloadedError(StreamError, OverloadedError):
    """The service reported in the stream that it is overloaded."""


class StreamStatusError(StreamError, APIStatusError):
    """The service reported in the stream a status that has no class."""


_BY_STATUS: dict[int, type[StreamError]] = {
    400: StreamBadRequestError,
    401: StreamAuthenticationError,
    402: StreamPaymentRequiredError,
    403: StreamPermissionDeniedError,
    404: StreamNotFoundError,
    408: StreamRequestTimeoutError,
    409: StreamConflictError,
    413: StreamRequestTooLargeError,
    422: StreamUnprocessableEntityError,
    429: StreamRateLimitError,
    503: StreamServiceUnavailableError,
    504: StreamGatewayTimeoutError,
    529: StreamOverloadedError,
}
_STATUS_BY_TYPE = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "internal_error": 500,
    "internal_server_error": 500,
    "server_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}


def reported_error_class(error_type: str | None, body: Any) -> tuple[type[StreamError], int | None]:
    """Return the class for an error that a service reports, and the status that the class stands for.

    Args:
        error_type: The service's name for the error, or None.
        body: The error. Some servers add the status as a number, under the key `code`.

    Returns:
        `StreamError` and None if the service names neither a status nor a known type.
    """
    status = _code(body) or _STATUS_BY_TYPE.get(error_type or "")
    if status is None:
        return StreamError, None
    return _BY_STATUS.get(status, StreamInternalServerError if status >= 500 else StreamStatusError), status


def _code(body: Any) -> int | None:
    """Return the status that an error names, in its own object or in that under `error`."""
    for place in (body, body.get("error") if isinstance(body, dict) else None):
        code = place.get("code") if isinstance(place, dict) else None
        if type(code) is int and 400 <= code < 600:
            return code
    return None
