"""Turns the exceptions of the HTTP library into those of this package."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from .._wire.error_bodies import shorten
from ..errors import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    BasetenError,
    PoolTimeoutError,
    StreamTimeoutError,
)
from .causes import causes, is_from_body, is_from_http_stack, is_from_proxy, redact_causes
from .deadline import StreamLimits
from .libraries import AsyncHTTPClient, HTTPClient, is_instance
from .proxies import PROXY_LOGIN_HINT, describe_proxy
from .sockets import DeadlineExceededError

if TYPE_CHECKING:
    from .settings import Settings

_LIBRARY_ERRORS = ("HTTPError", "InvalidURL", "StreamError")
"""The base classes of the exceptions that the HTTP libraries declare."""

# The proxy asks for a login, or its rules forbid the connection. The next attempt would end in the same way.
_FINAL_PROXY_STATUSES = ("403", "407")


def describe_transport_error(error: Exception, redact: Callable[[str], str] = str) -> str:
    """Return the text of an exception, or its class name if it has no text.

    With `redact`, the API key is also removed from the exception itself and from all that led to it, because Python
    prints them with the error that is raised.
    """
    if redact is not str:
        redact_causes(error, redact)
    return shorten(redact(str(error))) or type(error).__name__


def is_read_timeout(error: Exception) -> bool:
    """Return whether the server sent nothing for longer than the timeout allows."""
    return is_instance(error, "ReadTimeout")


def is_transport_error(error: Exception) -> bool:
    """Return whether an exception comes from the HTTP library, and not from a caller's own code, such as a hook."""
    return (
        isinstance(error, OSError)
        or any(is_instance(error, name) for name in _LIBRARY_ERRORS)
        or (not isinstance(error, BasetenError) and is_from_http_stack(error))
    )


@contextmanager
def map_transport_errors(
    settings: Settings,
    request: httpx.Request | None = None,
    limits: StreamLimits | None = None,
    http: HTTPClient | AsyncHTTPClient | None = None,
) -> Iterator[None]:
    """Turn the exceptions that the HTTP library raises for a request into ours. Remove the API key from the request.

    The key must go because httpx attaches the request to responses and exceptions. Programs log these, pickle them and
    send them to other processes. What the caller's own code raises, such as an event hook, passes unchanged.
    """
    try:
        yield
    except DeadlineExceededError as error:
        raise StreamTimeoutError((limits or StreamLimits()).describe()) from error
    except Exception as error:
        if not is_transport_error(error):
            raise
        if is_instance(error, "TimeoutException") and limits is not None and limits.exceeded():
            raise StreamTimeoutError(limits.describe()) from error
        raise _error_for(error, settings, http) from error
    finally:
        if request is not None:
            request.headers["Authorization"] = "[API key]"


def _error_for(error: Exception, settings: Settings, http: Any) -> BasetenError:
    reason = describe_transport_error(error, settings.auth.redact)
    url = settings.url
    if is_from_proxy(error):
        url = f"{url} through {describe_proxy(url)}"
    if is_instance(error, "TimeoutException") and not _is_misnamed(error):
        return _timeout_error(error, url, http)
    if is_instance(error, "DecodingError"):
        return APIResponseError(f"the response could not be decompressed: {reason}")
    if isinstance(error, RuntimeError) and re.search("closed|loop", reason):
        return BasetenError(f"the client can no longer be used, create a new one: {reason}")
    if is_instance(error, "HTTPStatusError"):
        return APIConnectionError(f"an event hook of http_client refused the response from {url}: {reason}")
    if is_from_body(error):
        return APIConnectionError(f"the response from {url} was cut short: {reason}")
    certificate_error = next(
        (cause for cause in causes(error) if isinstance(cause, ssl.SSLCertVerificationError)), None
    )
    if certificate_error is not None:
        return _certificate_error(certificate_error, url)
    final = is_instance(error, "ProxyError") and reason.startswith(_FINAL_PROXY_STATUSES)
    hint = f". {PROXY_LOGIN_HINT}" if final and reason.startswith("407") else ""
    return APIConnectionError(f"no response from {url}: {reason}{hint}", final=final)


def _is_misnamed(error: Exception) -> bool:
    """Return whether an exception is called a timeout but has another cause.

    Some transports, such as that of httpx-aiohttp, raise ConnectTimeout for a connection that was refused or cut.
    """
    known = error.__cause__ is not None
    return (
        known and is_instance(error, "ConnectTimeout") and not any(isinstance(e, TimeoutError) for e in causes(error))
    )


def _timeout_error(error: Exception, url: str, http: Any) -> APIConnectionError:
    if is_instance(error, "PoolTimeout"):
        return PoolTimeoutError(
            f"no connection in the pool became free in time{_describe_pool(http)}: send fewer requests at once, or "
            "pass an http_client whose Limits have a higher max_connections (leave max_keepalive_connections at "
            "100, since many idle connections make each request slower)"
        )
    if is_instance(error, "ConnectTimeout"):
        return APITimeoutError(f"could not connect to {url} in time: check base_url, or increase timeout")
    phase = "sending the request" if is_instance(error, "WriteTimeout") else "waiting for the response"
    return APITimeoutError(f"{url} did not respond in time ({phase}): increase timeout, or stream the response")


def _describe_pool(http: Any) -> str:
    connections = getattr(getattr(getattr(http, "_transport", None), "_pool", None), "connections", None)
    return "" if connections is None else f" ({len(connections)} are in use)"


def _certificate_error(error: ssl.SSLCertVerificationError, url: str) -> APIConnectionError:
    # Libraries that check certificates in their own way may leave the attribute out.
    reason = getattr(error, "verify_message", "") or describe_transport_error(error)
    return APIConnectionError(
        f"no response from {url}: the certificate is not valid ({reason.rstrip('.')}). If you trust the server, set "
        "the environment variable SSL_CERT_FILE to a file with its CA certificate, or pass an http_client with other "
        "settings for TLS",
        final=True,
    )
