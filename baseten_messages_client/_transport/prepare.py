"""Prepares a request for sending: its bytes, headers and timeout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import httpx

from .._generated.types import Unset
from .._version import __version__
from .._wire import json as wire_json
from ..errors import StreamTimeoutError
from .deadline import StreamLimits
from .decoding import ACCEPTED
from .headers import check_headers, merge_headers
from .settings import Settings, Timeout, make_timeout


@attrs.frozen(kw_only=True)
class PreparedRequest:
    """A request that has been checked. It can be sent several times."""

    content: bytes = attrs.field(repr=False)
    headers: dict[str, str]
    timeout: httpx.Timeout
    stream: bool


def prepare_request(
    settings: Settings,
    body: dict[str, Any],
    headers: Mapping[str, str],
    *,
    extra_headers: Mapping[str, str] | None,
    timeout: Timeout | Unset,
    stream: bool,
) -> PreparedRequest:
    """Turn a checked body into a request.

    Args:
        settings: The client's configuration.
        body: Plain JSON data.
        headers: Headers that the body needs. The headers of the client and of the caller replace them.
        extra_headers: The caller's headers for this request. They replace the headers of the client.
        timeout: The caller's timeout for this request, in seconds or as an `httpx.Timeout`. UNSET means the timeout of
            the client.
        stream: Whether the response is an event stream.

    Raises:
        ConfigurationError: A header or the timeout is malformed.
    """
    all_headers = {
        "Accept": "text/event-stream" if stream else "application/json",
        "Content-Type": "application/json",
        "User-Agent": f"baseten-messages-client/{__version__}",
    }
    # A proxy that compresses would delay events.
    all_headers["Accept-Encoding"] = "identity" if stream else ACCEPTED
    for more in (headers, settings.headers, check_headers(extra_headers, "extra_headers")):
        all_headers = merge_headers(all_headers, more)
    return PreparedRequest(
        content=wire_json.encode(body),
        headers=all_headers,
        timeout=settings.timeout if isinstance(timeout, Unset) else make_timeout(timeout),
        stream=stream,
    )


def limit_timeout(prepared: PreparedRequest, limits: StreamLimits) -> PreparedRequest:
    """Return the request with a timeout that does not exceed the time limits of the stream.

    Raises:
        StreamTimeoutError: No time is left.
    """
    return _limit_phases(prepared, limits, ("connect", "read", "write", "pool"))


def limit_timeout_async(prepared: PreparedRequest, limits: StreamLimits) -> PreparedRequest:
    """Return the request, as `limit_timeout` does, but with its own timeout for reading.

    A cancel scope limits what a task reads. The transport of httpx-aiohttp goes on measuring its timeout for reading
    while the caller handles an event.
    """
    return _limit_phases(prepared, limits, ("connect", "write", "pool"))


def _limit_phases(prepared: PreparedRequest, limits: StreamLimits, limited: tuple[str, ...]) -> PreparedRequest:
    if not limits.active:
        return prepared
    seconds_left = limits.begin_attempt()
    if seconds_left <= 0:
        raise StreamTimeoutError(limits.describe())
    phases = prepared.timeout.as_dict()
    for phase in limited:
        seconds = phases[phase]
        phases[phase] = seconds_left if seconds is None else min(seconds, seconds_left)
    return attrs.evolve(prepared, timeout=httpx.Timeout(**phases))


def build_request(
    http: httpx.Client | httpx.AsyncClient, settings: Settings, prepared: PreparedRequest
) -> httpx.Request:
    """Return a request of the HTTP library. Each attempt needs a new one."""
    # As an extension, the timeout is plain data. `build_request` takes no Timeout of the other library.
    timeout = {"timeout": prepared.timeout.as_dict()}
    return http.build_request(
        "POST", settings.url, content=prepared.content, headers=prepared.headers, extensions=timeout
    )
