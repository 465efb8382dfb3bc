"""Turns the JSON object of an event into its typed model. This runs once per token, so it must be fast."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Iterator
from typing import Any

from .. import models
from .._message import build_message, normalize_block, normalize_usage

_TEXT_FIELDS = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "input_json_delta": "partial_json",
    "signature_delta": "signature",
}


def _message_start(event: dict[str, Any]) -> models.MessageStartEvent:
    message = event.get("message")
    message = message if isinstance(message, dict) else {}
    if isinstance(message.get("content"), list):
        message = {**message, "content": [_block(block) for block in message["content"]]}
    typed = build_message(message, None)
    return models.MessageStartEvent.from_dict({**event, "message": typed.to_dict()})


def _block_start(event: dict[str, Any]) -> models.ContentBlockStartEvent:
    block = _block(event.get("content_block"))
    return models.ContentBlockStartEvent.from_dict({**event, "content_block": block})


def _block_delta(event: dict[str, Any]) -> models.ContentBlockDeltaEvent:
    delta = event.get("delta")
    if not isinstance(delta, dict):
        delta = {"type": "unknown", "value": delta}
    elif not isinstance(delta.get("type"), str):
        delta = {**delta, "type": "unknown"}
    elif field := _TEXT_FIELDS.get(delta["type"]):
        delta = _with_text(delta, field)
    elif delta["type"] == "citations_delta":
        delta = {"citation": None, **delta}
    return models.ContentBlockDeltaEvent.from_dict({**event, "delta": delta})


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, dict) and block.get("type") in ("text", "thinking"):
        block = _with_text(block, block["type"])
    return normalize_block(block)


def _with_text(data: dict[str, Any], field: str) -> dict[str, Any]:
    """Return a delta or block whose text is a string. What has something else there is not of its type."""
    text = data.get(field)
    return data if isinstance(text, str) else {**data, field: ""} if text is None else {**data, "type": "unknown"}


def _message_delta(event: dict[str, Any]) -> models.MessageDeltaEvent:
    delta = event.get("delta")
    facts = {"delta": delta if isinstance(delta, dict) else {}, "usage": normalize_usage(event.get("usage"))}
    return models.MessageDeltaEvent.from_dict({**event, **facts})


_MAKERS: dict[str, Callable[[dict[str, Any]], models.StreamEvent]] = {
    "message_start": _message_start,
    "content_block_start": _block_start,
    "content_block_delta": _block_delta,
    "content_block_stop": models.ContentBlockStopEvent.from_dict,
    "message_delta": _message_delta,
    "message_stop": models.MessageStopEvent.from_dict,
    "ping": models.PingEvent.from_dict,
}


def later_makers(events: Any) -> Iterator[tuple[str, Callable[[dict[str, Any]], Any]]]:
    """Yield each type of a union of events with its maker. A later schema may have events that need no normalizing."""
    for model in typing.get_args(events):
        field = type("Field", (), {"__annotations__": {"type": model.__annotations__.get("type", "None")}})
        known = typing.get_type_hints(field, vars(sys.modules[model.__module__]))["type"]
        yield from ((name, model.from_dict) for name in typing.get_args(known))


_MAKERS = {**dict(later_makers(models.StreamEvent)), **_MAKERS}
KNOWN_TYPES = frozenset(_MAKERS)

TEXT_DELTAS: dict[Any, tuple[str, Callable[[Any, str], Any]]] = {
    "text_delta": ("text", models.TextDelta),
    "thinking_delta": ("thinking", models.ThinkingDelta),
    "input_json_delta": ("partial_json", models.InputJsonDelta),
}
"""The text deltas, which are nearly all events of a stream: the field of their text, and their class."""


def make_event(event: dict[str, Any]) -> models.StreamEvent:
    """Return the typed event. An event that lacks required fields becomes an `UnknownEvent` that keeps all data."""
    event_type = event["type"]
    try:
        return _MAKERS[event_type](event)
    except (AttributeError, KeyError, TypeError, ValueError):
        unknown = models.UnknownEvent(type=event_type)
        unknown.additional_properties = {key: value for key, value in event.items() if key != "type"}
        return unknown
