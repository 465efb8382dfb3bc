"""From an answer that is no message to the exception that says what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import isfinite
from typing import TYPE_CHECKING, Any

from . import _json
from .errors import STATUS_ERRORS, APIStatusError, InternalServerError

if TYPE_CHECKING:
    import httpx

# A proxy's error page can be long; what matters stands at its beginning.
_MAX_TEXT = 500

_HINTS = {
    401: "Check the API key: the variable BASETEN_API_KEY, or the argument api_key.",
    402: "Check the payment status of the Baseten account.",
    403: "Check the API key: the variable BASETEN_API_KEY, or the argument api_key.",
    404: "Check the model's slug and base_url.",
    413: "Send less: fewer or shorter messages, or smaller images.",
    429: "Send fewer requests at a time, or raise max_retries.",
}


def request_id(headers: Mapping[str, str], redact: Callable[[str], str] = str) -> str | None:
    """Return what identifies the request in the service's logs."""
    for name in ("x-baseten-request-id", "x-request-id", "request-id"):
        if value := headers.get(name):
            return redact(value)
    return None


def status_error(response: httpx.Response, redact: Callable[[str], str]) -> APIStatusError:
    """Make the exception for a response with an error status; its body must have been read."""
    status = response.status_code
    body = parse_body(response.content, redact)
    description, error_type = describe_body(body)
    identifier = request_id(response.headers, redact)
    if identifier is None and isinstance(body, dict) and isinstance(body.get("request_id"), str):
        identifier = body["request_id"]
    wait = retry_after(response.headers, body)

    parts = [f"{status} {_phrase(status)}".strip() + (f": {description}" if description else "")]
    if 300 <= status < 400:
        target = redact(response.headers.get("location", ""))
        parts.append(f"It redirects to {target}; set base_url accordingly." if target else "Check base_url.")
    elif hint := _HINTS.get(status):
        parts.append(hint)
    elif status >= 500:
        parts.append("The service or something in front of it failed; try again later.")
    if wait:
        parts.append(f"It asks to wait {wait:g} s.")
    if identifier:
        parts.append(f"(request id {identifier})")

    default = InternalServerError if status >= 500 else APIStatusError
    return STATUS_ERRORS.get(status, default)(
        " ".join(part if part.endswith((".", ")")) else part + "." for part in parts),
        status_code=status,
        error_type=error_type,
        request_id=identifier,
        retry_after=wait,
        body=body,
        response=response,
    )


def parse_body(content: bytes, redact: Callable[[str], str]) -> Any:
    """Return a body as it may be shown: parsed if it is JSON, else its text, and without the key."""
    text = content.decode("utf-8", "replace")
    try:
        return _redacted(_json.mend(_json.decode(text)), redact)
    except (RecursionError, ValueError):
        return redact(text)


def _redacted(value: Any, redact: Callable[[str], str]) -> Any:
    # After parsing: JSON has more than one way to write a text.
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {redact(key): _redacted(item, redact) for key, item in value.items()}
    return [_redacted(item, redact) for item in value] if isinstance(value, list) else value


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return {529: "Overloaded"}.get(status, "")


def describe_body(body: Any, depth: int = 5) -> tuple[str, str | None]:
    """Return what a body of any known form says went wrong, and its own word for the kind of error.

    The forms: `{"error": "text"}`, `{"error": {"message", "type"}}`, `{"message", "type"}`, `{"detail": …}`, plain
    text, HTML, nothing.
    """
    if depth == 0:
        return "", None  # Deeper than any known form, and perhaps without end.
    if isinstance(body, dict):
        kind = body.get("type")
        error_type = kind if isinstance(kind, str) and kind not in ("error", "message") else None
        for key in ("error", "message", "detail", "error_message"):
            if body.get(key):
                text, inner_type = describe_body(body[key], depth - 1)
                return text, inner_type or error_type
        try:
            return (_shorten(json.dumps(body, ensure_ascii=False)) if body else ""), error_type
        except RecursionError:
            return "", error_type
    if isinstance(body, list):
        return "; ".join(_describe_detail(item, depth - 1) for item in body), None
    text = "" if body is None else str(body)
    if re.match(r"\s*<(!doctype|html|head|body)", text, re.IGNORECASE):
        text = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]*>", " ", text)
    return _shorten(" ".join(text.split())), None


def _describe_detail(item: Any, depth: int) -> str:
    """One entry of FastAPI's list of validation errors: where, and what."""
    if not isinstance(item, dict) or "msg" not in item:
        return describe_body(item, depth)[0]
    location = item.get("loc")
    place = ".".join(str(part) for part in (location if isinstance(location, list) else []) if part != "body")
    return f"{place}: {item['msg']}" if place else str(item["msg"])


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…"


def retry_after(headers: Mapping[str, str], body: Any = None) -> float | None:
    """Return the seconds that the header asks to wait (a number or an HTTP date), else `retry_after` in the body."""
    value: Any = headers.get("retry-after")
    if value is None and isinstance(body, dict):
        error = body.get("error")
        value = body.get("retry_after", error.get("retry_after") if isinstance(error, dict) else None)
    if isinstance(value, bool) or value is None:
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    except (TypeError, ValueError):
        seconds = _seconds_until(str(value))
    return max(0.0, seconds) if isfinite(seconds) else None


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return float("nan")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - datetime.now(UTC)).total_seconds()
