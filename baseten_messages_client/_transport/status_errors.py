"""Turns a response with an error status into the exception that says what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import isfinite, nan
from typing import Any

import httpx

from .._wire.error_bodies import describe_body, is_html, redact_and_cut, shorten
from ..errors import STATUS_ERRORS, APIStatusError, InternalServerError
from .headers import read_request_id
from .proxies import PROXY_LOGIN_HINT, describe_proxy
from .safe_response import read_safely

_HINTS = {
    401: "Check the API key: the environment variable BASETEN_API_KEY or the argument api_key.",
    402: "Check the payment status of the Baseten account.",
    403: "Check the API key: the environment variable BASETEN_API_KEY or the argument api_key.",
    404: "Check the model's slug and base_url.",
    413: "Send a smaller request: fewer or shorter messages, or smaller images.",
    429: "Send fewer requests at once, or increase max_retries.",
}
_KEY_STATUSES = frozenset({401, 403})
_MAX_REQUEST_ID = 200
_MAX_DATE = 100


def status_error(response: httpx.Response, redact: Callable[[str], str]) -> APIStatusError:
    """Return the exception for a response with an error status. Its body must have been read."""
    status = response.status_code
    body, copied = read_safely(response, redact)
    content_type = response.headers.get("content-type", "")
    description, error_type = describe_body(body, content_type)
    request_id = read_request_id(response.headers, redact)
    if request_id is None and isinstance(body, dict) and isinstance(body.get("request_id"), str):
        request_id = body["request_id"]
    wait = retry_after(response.headers, body)

    parts = [f"{status} {_phrase(status)}".strip() + (f": {description}" if description else "")]
    if 300 <= status < 400:
        target = redact_and_cut(response.headers.get("location", ""), 500, redact)
        parts.append(
            f"The service redirects to {target}: set base_url to that address." if target else "Check base_url."
        )
    elif status == 407:
        parts.append(f"It comes from {describe_proxy(_url(response))}. {PROXY_LOGIN_HINT}")
    elif status in _KEY_STATUSES and is_html(body, content_type):
        parts.append(
            "The response is an HTML page, so it probably comes from another server, such as your network's proxy or "
            "firewall."
        )
    elif hint := _HINTS.get(status):
        parts.append(hint)
    elif status >= 500:
        parts.append("The service, or a server in front of it, failed. Try again later.")
    if wait:
        parts.append(f"The service asks for a wait of {wait:g} s.")
    text = " ".join(part if part.endswith(".") else f"{part}." for part in parts)
    if request_id:
        text += f" (request id {shorten(request_id, _MAX_REQUEST_ID)})"

    default = InternalServerError if status >= 500 else APIStatusError
    return STATUS_ERRORS.get(status, default)(
        redact(text),  # Without its tags, a page may show the key that they divided.
        status_code=status,
        error_type=error_type,
        request_id=request_id,
        retry_after=wait,
        body=body,
        response=copied,
    )


def _url(response: httpx.Response) -> str:
    try:
        return str(response.request.url)
    except RuntimeError:  # httpx raises this error if the response has no request.
        return ""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return {529: "Overloaded"}.get(status, "")


def retry_after(headers: Mapping[str, str], body: Any = None) -> float | None:
    """Return the seconds to wait before the next attempt, or None if the service does not ask for a wait.

    They come from the header `Retry-After` (a number or an HTTP date), or else from `retry_after` in the body.
    """
    value: Any = headers.get("retry-after")
    if value is None and isinstance(body, dict):
        error = body.get("error")
        value = body.get("retry_after", error.get("retry_after") if isinstance(error, dict) else None)
    if isinstance(value, bool) or value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value)
    except (OverflowError, TypeError):
        return None
    return max(0.0, seconds) if isfinite(seconds) else None


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date[:_MAX_DATE])
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return (moment - datetime.now(UTC)).total_seconds()
    except (OverflowError, TypeError, ValueError):  # It is not a date, or lies beyond the calendar.
        return nan
