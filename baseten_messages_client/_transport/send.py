"""Sending a request and telling its outcomes apart: what the sync and the async client share about httpx."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import attrs
import httpx

from . import _json
from ._failures import status_error
from ._generated.types import UNSET, Unset
from ._limits import StreamLimits
from ._request import build_body
from ._settings import Settings, Timeout, check_headers, make_timeout, merge_headers
from ._version import __version__
from .errors import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    BasetenError,
    PoolTimeoutError,
    StreamTimeoutError,
)


@attrs.frozen(kw_only=True)
class Call:
    """One request of `messages`, ready to be sent, several times if need be."""

    content: bytes = attrs.field(repr=False)
    headers: dict[str, str]
    timeout: httpx.Timeout
    stream: bool


def make_call(
    settings: Settings,
    request: Any,
    fields: Mapping[str, Any],
    *,
    extra_headers: Mapping[str, str] | None,
    extra_body: Mapping[str, Any] | None,
    timeout: Timeout | Unset = UNSET,
    stream: bool = False,
) -> Call:
    """Check the arguments of one call and turn them into bytes and headers."""
    body = build_body(request, fields, extra_body, stream=stream)
    headers = {
        "Accept": "text/event-stream" if stream else "application/json",
        "Content-Type": "application/json",
        "User-Agent": f"baseten-messages-client/{__version__}",
    }
    if stream:
        headers["Accept-Encoding"] = "identity"  # A compressing proxy would hold events back.
    if any(str(tool.get("type")).startswith("baseten__") for tool in _dicts(body.get("tools"))):
        headers["x-baseten-server-tools"] = "true"  # Without it the service refuses its own tools.
    for more in (settings.headers, check_headers(extra_headers, "extra_headers")):
        headers = merge_headers(headers, more)
    seconds = settings.timeout if isinstance(timeout, Unset) else make_timeout(timeout)
    return Call(content=_json.encode(body), headers=headers, timeout=seconds, stream=stream)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def make_request(http: httpx.Client | httpx.AsyncClient, settings: Settings, call: Call) -> httpx.Request:
    """Make the httpx request; a new one is needed for every attempt."""
    return http.build_request("POST", settings.url, content=call.content, headers=call.headers, timeout=call.timeout)


TRANSPORT_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)
"""What a transport may raise; none of it is for our callers."""


def describe_transport_error(error: Exception) -> str:
    """Return what a transport's exception says, or at least its name."""
    return str(error) or type(error).__name__


def abort_connection(response: httpx.Response) -> None:
    """Cut the connection of a response that another thread is reading, which ends that thread's wait."""
    stream = response.extensions.get("network_stream")
    # Over HTTP/2 other responses share the connection; there a limit is noticed with the next chunk.
    connection = stream.get_extra_info("socket") if stream and response.http_version.startswith("HTTP/1") else None
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def limited_call(call: Call, limits: StreamLimits) -> Call:
    """Return the call with a timeout that cannot outlast the stream's limits.

    Raises:
        StreamTimeoutError: No time is left.
    """
    if not limits.active:
        return call
    left = limits.begin_wait()
    if left <= 0:
        raise StreamTimeoutError(limits.describe())
    phases = {name: left if seconds is None else min(seconds, left) for name, seconds in call.timeout.as_dict().items()}
    return attrs.evolve(call, timeout=httpx.Timeout(**phases))


@contextmanager
def connection_errors(settings: Settings, request: httpx.Request, limits: StreamLimits | None = None) -> Iterator[None]:
    """Turn httpx's exceptions of an unanswered request into ours, and take the key out of the request when it is sent.

    httpx hangs the request on responses and exceptions, which are logged, pickled and sent to other processes.
    """
    try:
        yield
    except httpx.TimeoutException as error:
        if limits is not None and limits.exceeded():
            raise StreamTimeoutError(limits.describe()) from error
        raise _timeout_error(error, settings) from error
    except httpx.DecodingError as error:
        raise APIResponseError(f"the answer's compression is broken: {describe_transport_error(error)}") from error
    except TRANSPORT_ERRORS as error:
        reason = settings.auth.redact(describe_transport_error(error))
        raise APIConnectionError(f"no answer from {settings.url}: {reason}") from error
    except RuntimeError as error:  # httpx's own, when the client or its event loop is closed.
        raise BasetenError(f"the client cannot be used any more, make a new one: {error}") from error
    finally:
        request.headers["Authorization"] = "[API key]"


def _timeout_error(error: httpx.TimeoutException, settings: Settings) -> APIConnectionError:
    if isinstance(error, httpx.PoolTimeout):
        return PoolTimeoutError(
            "no connection of the pool became free in time: start fewer requests at once, or pass an http_client with "
            "higher limits"
        )
    if isinstance(error, httpx.ConnectTimeout):
        return APITimeoutError(f"no connection to {settings.url} in time: check base_url, or raise the timeout")
    phase = "sending the request" if isinstance(error, httpx.WriteTimeout) else "waiting for the answer"
    return APITimeoutError(f"{settings.url} did not answer in time ({phase}): raise timeout, or stream the answer")


def raise_for_status(response: httpx.Response, settings: Settings) -> None:
    """Raise our error for any status but 200; the body must have been read."""
    if response.status_code != 200:
        raise status_error(response, settings.auth.redact)
