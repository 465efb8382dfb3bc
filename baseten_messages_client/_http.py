"""Sending a request and telling its outcomes apart: what the sync and the async client share about httpx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs
import httpx

from . import _json
from ._failures import status_error
from ._generated.types import UNSET, Unset
from ._request import build_body
from ._settings import Settings, Timeout, check_headers, make_timeout, merge_headers
from ._version import __version__
from .errors import APIConnectionError, APITimeoutError, PoolTimeoutError


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
    for more in (settings.headers, check_headers(extra_headers, "extra_headers")):
        headers = merge_headers(headers, more)
    seconds = settings.timeout if isinstance(timeout, Unset) else make_timeout(timeout)
    return Call(content=_json.encode(body), headers=headers, timeout=seconds, stream=stream)


def make_request(http: httpx.Client | httpx.AsyncClient, settings: Settings, call: Call) -> httpx.Request:
    """Make the httpx request; a new one is needed for every attempt."""
    return http.build_request("POST", settings.url, content=call.content, headers=call.headers, timeout=call.timeout)


@contextmanager
def connection_errors(settings: Settings) -> Iterator[None]:
    """Turn httpx's exceptions of an unanswered request into ours."""
    try:
        yield
    except httpx.PoolTimeout as error:
        raise PoolTimeoutError(
            "no connection of the pool became free in time: start fewer requests at once, or pass an http_client with "
            "higher limits"
        ) from error
    except httpx.TimeoutException as error:
        phase = {httpx.ConnectTimeout: "connecting", httpx.WriteTimeout: "sending the request"}.get(type(error))
        raise APITimeoutError(
            f"{settings.url} did not answer in time ({phase or 'waiting for the answer'}): "
            "raise timeout, or stream the answer"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        detail = str(error) or type(error).__name__
        raise APIConnectionError(f"no answer from {settings.url}: {detail}") from error


def raise_for_status(response: httpx.Response, settings: Settings) -> None:
    """Raise our error for any status but 200; the body must have been read."""
    if response.status_code != 200:
        raise status_error(response, settings.auth.redact)
