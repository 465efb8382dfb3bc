"""Turns the JSON object of an event into its typed model. This runs once per token, so it must be fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .. import models
from .._message import build_message, normalize_block, normalize_usage

StreamEvent: TypeAlias = models.StreamEvent
"""Any event that a stream yields. Its `type` names the type of the event. Error events are raised as exceptions."""


def _message_start(event: dict[str, Any]) -> models.MessageStartEvent:
    message = event.get("message")
    typed = build_message(message if isinstance(message, dict) else {}, None)
    return models.MessageStartEvent.from_dict({**event, "message": typed.to_dict()})


def _block_start(event: dict[str, Any]) -> models.ContentBlockStartEvent:
    return models.ContentBlockStartEvent.from_dict({**event, "content_block": normalize_block(event["content_block"])})


def _message_delta(event: dict[str, Any]) -> models.MessageDeltaEvent:
    usage = {"usage": normalize_usage(event["usage"])} if isinstance(event.get("usage"), dict) else {}
    return models.MessageDeltaEvent.from_dict({**event, **usage})


_MAKERS: dict[str, Callable[[dict[str, Any]], StreamEvent]] = {
    "message_start": _message_start,
    "content_block_start": _block_start,
    "content_block_delta": models.ContentBlockDeltaEvent.from_dict,
    "content_block_stop": models.ContentBlockStopEvent.from_dict,
    "message_delta": _message_delta,
    "message_stop": models.MessageStopEvent.from_dict,
    "ping": models.PingEvent.from_dict,
}
KNOWN_TYPES = frozenset(_MAKERS)

TEXT_DELTAS: dict[Any, tuple[str, Callable[[Any, str], Any]]] = {
    "text_delta": ("text", models.TextDelta),
    "thinking_delta": ("thinking", models.ThinkingDelta),
    "input_json_delta": ("partial_json", models.InputJsonDelta),
}
"""The text deltas, which are nearly all events of a stream: the field of their text, and their class."""


def make_event(event: dict[str, Any]) -> StreamEvent:
    """Return the typed event. An event that lacks required fields becomes an `UnknownEvent` that keeps all data."""
    event_type = event["type"]
    try:
        return _MAKERS[event_type](event)
    except (AttributeError, KeyError, TypeError, ValueError):
        unknown = models.UnknownEvent(type=event_type)
        unknown.additional_properties = {key: value for key, value in event.items() if key != "type"}
        return unknown
