"""Reads the bodies of error responses and describes the errors in them.

A body may come from any server and have any size, so what an error keeps and says of it is limited.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import json as wire_json
from .html_text import begins_with_tag, has_tag, html_to_text

Redact = Callable[[str], str]

# The important part of an error is at its beginning.
_MAX_TEXT = 500
_MAX_DESCRIPTION = 1000
_MAX_ERROR_TYPE = 100
_MAX_PAGE = 16 * 1024
_MAX_BODY = 48 * 1024
_MAX_JSON = 8 * 1024 * 1024
# The API key may be cut in two where a text is cut, and the halves could not be redacted. So this many more characters
# are read, redacted and then left out.
_MARGIN = 8 * 1024
_ITEM_SIZE = 8
"""What each item of a list or a dict counts toward the size of a body."""


def parse_body(content: bytes, redact: Redact) -> Any:
    """Return a body in a form that may be shown: parsed if it is JSON, otherwise text.

    The API key is redacted, and what exceeds the size that an error needs is left out.
    """
    return redact_body(content, redact)[0]


def redact_body(content: bytes, redact: Redact) -> tuple[Any, bytes]:
    """Return what `parse_body` returns, and the bytes that stand for it: the same bytes if nothing had to change."""
    parsed = _parse_json(content, redact) if len(content) <= _MAX_JSON else None
    if parsed is None:
        text = content[: _MAX_BODY + _MARGIN].decode("utf-8-sig", "replace")
        text = redact(text) if len(content) <= _MAX_BODY + _MARGIN else redact(text)[:-_MARGIN] + "…"
        return text, text.encode()
    body, is_unchanged = parsed
    return body, content if is_unchanged else wire_json.encode(body)


def redact_value(value: Any, redact: Redact) -> Any:
    """Return a copy of a parsed body, as `parse_body` would return it."""
    try:
        return _Limited(redact).copy(value)
    except RecursionError:
        return None


def redact_and_cut(text: str, size: int, redact: Redact) -> str:
    """Return the text, or its beginning if it is longer than `size`, in which the API key is redacted."""
    if len(text) <= size:
        return redact(text)
    if len(text) <= size + _MARGIN:
        return shorten(redact(text), size)
    return redact(text[: size + _MARGIN])[:-_MARGIN][:size] + "…"


def shorten(text: str, size: int = _MAX_TEXT) -> str:
    """Return the text, or its beginning if it is longer than `size` characters."""
    return text if len(text) <= size else text[:size] + "…"


def _parse_json(content: bytes, redact: Redact) -> tuple[Any, bool] | None:
    """Return a JSON body and whether it is unchanged, or None if it is not JSON or nested too deeply."""
    try:
        text = content.decode("utf-8-sig", "replace")
        value = wire_json.decode(text)
        body = _Limited(redact).copy(value)
        return None if wire_json.is_deep(body) else (body, body == value and redact(text) == text)
    except (RecursionError, ValueError):
        return None


class _Limited:
    """Copies a parsed body until the copy is as large as a body may be."""

    def __init__(self, redact: Redact) -> None:
        self._redact = redact
        self._left = _MAX_BODY

    def copy(self, value: Any) -> Any:
        # The key is redacted after parsing, because JSON can write the same text in several ways.
        self._left -= _ITEM_SIZE
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            copied: dict[str, Any] = {}
            for key, item in value.items():
                if self._left <= 0:
                    break
                copied[self._text(key)] = self.copy(item)
            return copied
        if isinstance(value, list):
            items: list[Any] = []
            for item in value:
                if self._left <= 0:
                    break
                items.append(self.copy(item))
            return items
        return value

    def _text(self, text: str) -> str:
        text = wire_json.join_surrogates(redact_and_cut(text, max(0, self._left), self._redact))
        self._left -= len(text)
        return text


def describe_body(body: Any, content_type: str | None = None) -> tuple[str, str | None]:
    """Return the description of the error in a body, and the service's name for the error (its `error_type`) or None.

    The known forms are `{"error": "text"}`, `{"error": {"message", "type"}}`, `{"message", "type"}`, `{"detail": …}`,
    plain text, HTML and an empty body. Source: the wire rules "Failing".

    Args:
        body: What `parse_body` returned.
        content_type: The header of the response, or None if it is not known.
    """
    if isinstance(body, str):
        return _describe_text(body, is_html(body, content_type)), None
    text, error_type = _describe(body, 5)
    return shorten(text, _MAX_DESCRIPTION), None if error_type is None else shorten(error_type, _MAX_ERROR_TYPE)


def is_html(body: Any, content_type: str | None = None) -> bool:
    """Return whether a body is an HTML page or a part of one."""
    if not isinstance(body, str):
        return False
    page = body[:_MAX_PAGE]
    if content_type is None:
        return has_tag(page)
    return content_type.lower().startswith(("text/html", "application/xhtml")) or begins_with_tag(page)


def _describe(body: Any, depth: int) -> tuple[str, str | None]:
    if depth == 0:
        return "", None  # No known form is this deep, and the nesting may have no end.
    if isinstance(body, dict):
        error_type = body.get("type")
        if not isinstance(error_type, str) or error_type in ("error", "message"):
            error_type = None
        for key in ("error", "message", "detail", "error_message"):
            if body.get(key):
                text, inner_type = _describe(body[key], depth - 1)
                return text, inner_type or error_type
        return (shorten(_to_text(body)) if body else ""), error_type
    if isinstance(body, list):
        return _describe_list(body, depth - 1), None
    text = "" if body is None else str(body)
    return _describe_text(text, begins_with_tag(text[:_MAX_PAGE])), None


def _describe_text(text: str, is_page: bool) -> str:
    text = text[:_MAX_PAGE]
    return shorten(html_to_text(text) if is_page else " ".join(text.split()))


def _describe_list(items: list[Any], depth: int) -> str:
    described: list[str] = []
    size = 0
    for item in items:
        if size > _MAX_TEXT:
            described.append(f"and {len(items) - len(described):,} more")
            break
        described.append(_describe_detail(item, depth))
        size += len(described[-1])
    return "; ".join(described)


def _describe_detail(item: Any, depth: int) -> str:
    """Return one entry of FastAPI's list of validation errors as text: the place and the problem."""
    if not isinstance(item, dict) or "msg" not in item:
        return _describe(item, depth)[0]
    location = item.get("loc")
    parts = location[:20] if isinstance(location, list) else []
    place = ".".join(shorten(_to_text(part), 100) for part in parts if part != "body")
    problem = shorten(_to_text(item["msg"]))
    return f"{shorten(place, 200)}: {problem}" if place else problem


def _to_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
