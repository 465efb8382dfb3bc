"""From an event's JSON object to its typed model, at the speed that a token needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import models
from ._message import build_message, complete_block

StreamEvent = (
    models.MessageStartEvent
    | models.ContentBlockStartEvent
    | models.ContentBlockDeltaEvent
    | models.ContentBlockStopEvent
    | models.MessageDeltaEvent
    | models.MessageStopEvent
    | models.PingEvent
    | models.UnknownEvent
)
"""Any event that a stream hands out; its `type` tells which. Errors are raised instead."""


def _message_start(event: dict[str, Any]) -> models.MessageStartEvent:
    message = event.get("message")
    typed = build_message(message if isinstance(message, dict) else {}, None)
    return models.MessageStartEvent.from_dict({**event, "message": typed.to_dict()})


def _block_start(event: dict[str, Any]) -> models.ContentBlockStartEvent:
    return models.ContentBlockStartEvent.from_dict({**event, "content_block": complete_block(event["content_block"])})


_MAKERS: dict[str, Callable[[dict[str, Any]], StreamEvent]] = {
    "message_start": _message_start,
    "content_block_start": _block_start,
    "content_block_delta": models.ContentBlockDeltaEvent.from_dict,
    "content_block_stop": models.ContentBlockStopEvent.from_dict,
    "message_delta": models.MessageDeltaEvent.from_dict,
    "message_stop": models.MessageStopEvent.from_dict,
    "ping": models.PingEvent.from_dict,
}
KNOWN_TYPES = frozenset(_MAKERS)

_DELTAS: dict[str, tuple[str, Callable[..., Any]]] = {
    "text_delta": ("text", models.TextDelta),
    "thinking_delta": ("thinking", models.ThinkingDelta),
    "input_json_delta": ("partial_json", models.InputJsonDelta),
}


def make_event(event: dict[str, Any]) -> StreamEvent:
    """Return the typed event; one that lacks what its type requires becomes an `UnknownEvent` and loses nothing."""
    kind = event["type"]
    if kind == "content_block_delta" and len(event) == 3:
        # Nearly all events of a stream are these. `from_dict` is several times slower than a constructor, because it
        # tries the union's members in turn.
        try:
            delta = event["delta"]
            field, delta_class = _DELTAS[delta["type"]]
            if len(delta) == 2:
                return models.ContentBlockDeltaEvent(kind, event["index"], delta_class(delta["type"], delta[field]))
        except (KeyError, TypeError):
            pass
    try:
        return _MAKERS[kind](event)
    except (AttributeError, KeyError, TypeError, ValueError):
        unknown = models.UnknownEvent(type=kind)
        unknown.additional_properties = {key: value for key, value in event.items() if key != "type"}
        return unknown
