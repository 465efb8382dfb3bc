"""From an event's JSON object to its typed model."""

from __future__ import annotations

import typing
from typing import Any

import pytest

from baseten_messages_client import models
from baseten_messages_client._streaming.decode import KNOWN_TYPES, later_makers, make_event

from .support import ENDING, PING, START, text_event

NO_MESSAGE: dict[str, Any] = {
    "id": "",
    "type": "message",
    "role": "assistant",
    "content": [],
    "model": "",
    "stop_reason": None,
    "usage": {},
}


def delta_event(delta_type: str, **fields: Any) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": 0, "delta": {"type": delta_type, **fields}}


@pytest.mark.parametrize(
    ("event", "model"),
    [
        (START, models.MessageStartEvent),
        (
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            models.ContentBlockStartEvent,
        ),
        (text_event("Hello"), models.ContentBlockDeltaEvent),
        ({"type": "content_block_stop", "index": 0}, models.ContentBlockStopEvent),
        (ENDING[0], models.MessageDeltaEvent),
        (ENDING[1], models.MessageStopEvent),
        (PING, models.PingEvent),
        ({"type": "novel"}, models.UnknownEvent),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_each_event_type_has_its_model(event: dict[str, Any], model: type) -> None:
    assert type(make_event(event)) is model


def test_each_event_of_the_union_has_a_maker() -> None:
    assert dict(later_makers(models.StreamEvent)).keys() == KNOWN_TYPES
    assert len(KNOWN_TYPES) == len(typing.get_args(models.StreamEvent)) - 1  # The unknown event has any type.


@pytest.mark.parametrize(
    ("event", "model"),
    [
        (delta_event("text_delta", text="a"), models.TextDelta),
        (delta_event("thinking_delta", thinking="a"), models.ThinkingDelta),
        (delta_event("input_json_delta", partial_json="{"), models.InputJsonDelta),
        (delta_event("signature_delta", signature="a"), models.SignatureDelta),
        (delta_event("citations_delta", citation={"a": 1}), models.CitationsDelta),
        (delta_event("novel_delta", novel=1), models.UnknownDelta),
    ],
    ids=lambda value: value["delta"]["type"] if isinstance(value, dict) else "",
)
def test_each_delta_type_has_its_model(event: dict[str, Any], model: type) -> None:
    typed = make_event(event)
    assert isinstance(typed, models.ContentBlockDeltaEvent)
    assert type(typed.delta) is model
    assert typed.to_dict() == event


@pytest.mark.parametrize(
    ("event", "field", "normalized"),
    [
        pytest.param(
            {"type": "message_start", "message": {"id": "msg_1", "usage": {"input_tokens": "7"}}},
            "message",
            {**NO_MESSAGE, "id": "msg_1", "usage": {"input_tokens": 7}},
            id="start whose count is text",
        ),
        pytest.param({"type": "message_start", "message": "Hello"}, "message", NO_MESSAGE, id="start with a text"),
        pytest.param({"type": "message_start"}, "message", NO_MESSAGE, id="empty start"),
        pytest.param(
            {"type": "message_start", "message": {"content": [{"type": "text", "text": 5}, {"type": "novel", "x": 1}]}},
            "message",
            {**NO_MESSAGE, "content": [{"type": "unknown", "text": 5}, {"type": "novel", "x": 1}]},
            id="start with content",
        ),
        pytest.param(
            {"type": "content_block_start", "index": 0, "content_block": "Hello"},
            "content_block",
            {"type": "text", "text": "Hello"},
            id="block that is text",
        ),
        pytest.param(
            {**ENDING[0], "usage": {"output_tokens": "7"}}, "usage", {"output_tokens": 7}, id="end whose count is text"
        ),
    ],
)
def test_an_event_is_normalized(event: dict[str, Any], field: str, normalized: dict[str, Any]) -> None:
    assert make_event(event).to_dict() == {**event, field: normalized}


def test_an_event_of_an_unknown_type_is_kept_whole() -> None:
    event = {"type": "novel", "x": {"y": [1]}}
    typed = make_event(event)
    assert isinstance(typed, models.UnknownEvent)
    assert str(typed.type) == "novel"
    assert "type" not in typed.additional_properties
    assert typed.to_dict() == event


UNKNOWN = {"type": "unknown", "value": None}
LACKING: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "content_block_start", "index": 0}, {"content_block": UNKNOWN}),
    (
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text"}},
        {"content_block": {"type": "text", "text": ""}},
    ),
    (
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": 5}},
        {"content_block": {"type": "unknown", "text": 5}},
    ),
    (
        {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": 5}},
        {"content_block": {"type": "unknown", "thinking": 5}},
    ),
    ({"type": "content_block_delta", "index": 0}, {"delta": UNKNOWN}),
    ({"type": "content_block_delta", "index": 0, "delta": "x"}, {"delta": {"type": "unknown", "value": "x"}}),
    ({"type": "content_block_delta", "index": 0, "delta": {"x": 1}}, {"delta": {"type": "unknown", "x": 1}}),
    (delta_event("text_delta"), {"delta": {"type": "text_delta", "text": ""}}),
    (delta_event("text_delta", text=5), {"delta": {"type": "unknown", "text": 5}}),
    (delta_event("thinking_delta", thinking=None), {"delta": {"type": "thinking_delta", "thinking": ""}}),
    (delta_event("input_json_delta"), {"delta": {"type": "input_json_delta", "partial_json": ""}}),
    (delta_event("citations_delta"), {"delta": {"type": "citations_delta", "citation": None}}),
    ({"type": "message_delta", "usage": {"output_tokens": 1}}, {"delta": {}}),
    ({"type": "message_delta", "delta": None, "usage": None}, {"delta": {}, "usage": {}}),
    ({"type": "message_delta", "delta": {}}, {"usage": {}}),
    ({**ENDING[0], "usage": "many"}, {"usage": {}}),
]
KNOWN = {"text", "thinking", "text_delta", "thinking_delta", "input_json_delta", "signature_delta", "citations_delta"}


@pytest.mark.parametrize(("event", "repaired"), LACKING)
def test_an_event_that_lacks_something_has_the_class_of_its_type_and_no_other(
    event: dict[str, Any], repaired: dict[str, Any]
) -> None:
    typed: Any = make_event(event)
    assert type(typed).__name__ == "".join(word.title() for word in event["type"].split("_")) + "Event"
    assert typed.to_dict() == {**event, **repaired}
    for part in (getattr(typed, "content_block", None), getattr(typed, "delta", None)):
        # Type checkers would narrow a known type to another class.
        assert not type(part).__name__.startswith("Unknown") or getattr(part, "type", "") not in KNOWN
