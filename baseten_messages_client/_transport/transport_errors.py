"""Turns the exceptions of the HTTP library into those of this package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

from ..errors import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    BasetenError,
    ConfigurationError,
    PoolTimeoutError,
    StreamTimeoutError,
)
from .deadline import StreamLimits
from .sockets import DeadlineExceededError

if TYPE_CHECKING:
    from .settings import Settings

TRANSPORT_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)
"""The exceptions that the HTTP library may raise. None of them may reach the caller."""


def describe_transport_error(error: Exception) -> str:
    """Return the text of an exception, or its class name if it has no text."""
    return str(error) or type(error).__name__


def is_read_timeout(error: Exception) -> bool:
    """Return whether the server sent nothing for longer than the timeout allows."""
    return isinstance(error, httpx.ReadTimeout)


@contextmanager
def map_transport_errors(
    settings: Settings, request: httpx.Request, limits: StreamLimits | None = None
) -> Iterator[None]:
    """Turn the exceptions that httpx raises for a request into ours. Afterwards, remove the API key from the request.

    The key must go because httpx attaches the request to responses and exceptions. Programs log these, pickle them and
    send them to other processes.
    """
    try:
        yield
    except DeadlineExceededError as error:
        raise StreamTimeoutError((limits or StreamLimits()).describe()) from error
    except httpx.TimeoutException as error:
        if limits is not None and limits.exceeded():
            raise StreamTimeoutError(limits.describe()) from error
        raise _timeout_error(error, settings) from error
    except httpx.DecodingError as error:
        raise APIResponseError(f"the response could not be decompressed: {describe_transport_error(error)}") from error
    except TRANSPORT_ERRORS as error:
        reason = settings.auth.redact(describe_transport_error(error))
        raise APIConnectionError(f"no response from {settings.url}: {reason}") from error
    except RuntimeError as error:  # httpx raises this error if the client or its event loop is closed.
        raise BasetenError(f"the client can no longer be used, create a new one: {error}") from error
    finally:
        request.headers["Authorization"] = "[API key]"


def _timeout_error(error: httpx.TimeoutException, settings: Settings) -> APIConnectionError:
    if isinstance(error, httpx.PoolTimeout):
        return PoolTimeoutError(
            "no connection in the pool became free in time: send fewer requests at once, or pass an http_client with "
            "higher limits"
        )
    if isinstance(error, httpx.ConnectTimeout):
        return APITimeoutError(f"could not connect to {settings.url} in time: check base_url, or increase timeout")
    phase = "sending the request" if isinstance(error, httpx.WriteTimeout) else "waiting for the response"
    return APITimeoutError(
        f"{settings.url} did not respond in time ({phase}): increase timeout, or stream the response"
    )


@contextmanager
def map_environment_errors() -> Iterator[None]:
    """If httpx cannot create a client, raise an error that names the environment variables that httpx reads."""
    try:
        yield
    except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        raise ConfigurationError(
            "the HTTP client cannot be created: check the environment variables SSL_CERT_FILE, SSL_CERT_DIR, "
            f"HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY ({type(error).__name__})"
        ) from error
