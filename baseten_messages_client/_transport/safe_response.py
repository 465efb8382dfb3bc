"""Copies a response for an error. The copy holds the API key nowhere, so programs may print, log and pickle it."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx

from .._wire.error_bodies import redact_body
from ..errors import BasetenError, RequestError, ResponseError

# They describe the bytes of the original body, which are decoded and may be shorter in the copy.
_BODY_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "x-api-key"})


def safe_headers(headers: httpx.Headers, redact: Callable[[str], str]) -> httpx.Headers:
    """Return a copy of the headers in which the API key is redacted."""
    # Latin-1 keeps every byte of what is not redacted.
    copied = [
        (redact(name.decode("latin-1")).encode("latin-1"), redact(value.decode("latin-1")).encode("latin-1"))
        for name, value in headers.raw
    ]
    return httpx.Headers(copied, encoding=headers.encoding)


def read_safely(response: httpx.Response, redact: Callable[[str], str]) -> tuple[Any, httpx.Response]:
    """Return the body of a response, as `parse_body` does, and the copy that `safe_response` returns."""
    body, content = redact_body(_content(response), redact)
    return body, _copy(response, content, redact)


def safe_response(response: httpx.Response, redact: Callable[[str], str]) -> httpx.Response:
    """Return a copy of a response in which the API key is redacted. It has no connection and no body of the request."""
    return read_safely(response, redact)[1]


class Exchange:
    """A request and the response to it. As a context manager, it adds copies of both to an error of this package.

    Args:
        request: The request.
        redact: Function that removes the API key from a text.
        response: The response, if it has arrived. It may also be set later.
    """

    def __init__(
        self, request: httpx.Request, redact: Callable[[str], str], response: httpx.Response | None = None
    ) -> None:
        self.request = request
        self.response = response
        self._redact = redact

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, BasetenError):
            self.attach_to(error)

    def attach_to(self, error: BasetenError) -> None:
        """Add copies of the request and the response to an error, unless it has them."""
        if isinstance(error, ResponseError) and self.response is not None:
            if error._response is None:
                error._attach(safe_response(self.response, self._redact))
        elif isinstance(error, RequestError) and error._request is None:
            error._request = safe_request(self.request, self._redact)


def _copy(response: httpx.Response, content: bytes, redact: Callable[[str], str]) -> httpx.Response:
    headers = safe_headers(response.headers, redact)
    for name in _BODY_HEADERS:
        headers.pop(name, None)
    reason = redact(response.reason_phrase).encode("ascii", "ignore")
    copied = httpx.Response(
        response.status_code,
        headers=headers,
        content=content,
        request=_request_of(response, redact),
        extensions={"reason_phrase": reason, "http_version": response.http_version.encode("ascii", "ignore")},
    )
    copied.headers.pop("content-length", None)
    copied.encoding = "utf-8"
    return copied


def _content(response: httpx.Response) -> bytes:
    try:
        return response.content
    except RuntimeError:  # The body was not read.
        return b""


def _request_of(response: httpx.Response, redact: Callable[[str], str]) -> httpx.Request | None:
    try:
        request = response.request
    except RuntimeError:  # httpx raises this error if there is none, as in a response that was pickled.
        return None
    return safe_request(request, redact)


def safe_request(request: httpx.Request, redact: Callable[[str], str]) -> httpx.Request | None:
    """Return a copy of a request without its body and the API key, or None if its address cannot be shown."""
    headers = safe_headers(request.headers, redact)
    for name in _SECRET_HEADERS:
        headers.pop(name, None)
    try:
        return httpx.Request(request.method, redact(str(request.url)), headers=headers)
    except httpx.InvalidURL:  # Only if the URL holds the key.
        return None
