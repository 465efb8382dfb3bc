"""Reads the bodies of error responses and describes the errors in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from . import json as wire_json

# A proxy's error page can be long. The important part is at its beginning.
_MAX_TEXT = 500


def parse_body(content: bytes, redact: Callable[[str], str]) -> Any:
    """Return a body in a form that may be shown: parsed if it is JSON, otherwise text. The API key is redacted."""
    text = content.decode("utf-8", "replace")
    try:
        return _redacted(wire_json.join_all_surrogates(wire_json.decode(text)), redact)
    except (RecursionError, ValueError):
        return redact(text)


def _redacted(value: Any, redact: Callable[[str], str]) -> Any:
    # This runs after parsing, because JSON can write the same text in several ways.
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {redact(key): _redacted(item, redact) for key, item in value.items()}
    return [_redacted(item, redact) for item in value] if isinstance(value, list) else value


def describe_body(body: Any, depth: int = 5) -> tuple[str, str | None]:
    """Return the description of the error in a body, and the service's name for the error (its `error_type`) or None.

    The known forms are `{"error": "text"}`, `{"error": {"message", "type"}}`, `{"message", "type"}`, `{"detail": …}`,
    plain text, HTML and an empty body. Source: the wire rules "Failing".
    """
    if depth == 0:
        return "", None  # No known form is this deep, and the nesting may have no end.
    if isinstance(body, dict):
        error_type = body.get("type")
        if not isinstance(error_type, str) or error_type in ("error", "message"):
            error_type = None
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
    """Return one entry of FastAPI's list of validation errors as text: the place and the problem."""
    if not isinstance(item, dict) or "msg" not in item:
        return describe_body(item, depth)[0]
    location = item.get("loc")
    place = ".".join(str(part) for part in (location if isinstance(location, list) else []) if part != "body")
    return f"{place}: {item['msg']}" if place else str(item["msg"])


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…"
