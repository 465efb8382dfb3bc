"""The models: what the service left out reads as None or 0 and is not sent back, and UNSET is only in requests."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any, get_args, is_typeddict

import attrs
import pytest

from baseten_messages_client import Message, models, params
from baseten_messages_client._message import build_message, normalize_usage


def test_a_field_that_is_not_set_is_shown_by_name() -> None:
    assert "description=UNSET" in repr(models.ToolDefinition(name="t", input_schema={}))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda block: pickle.loads(pickle.dumps(block))])
def test_a_copied_model_is_equal_and_does_not_set_its_unset_fields(copied: Any) -> None:
    tool = models.ToolDefinition(name="t", input_schema={})
    assert copied(tool) == tool
    assert copied(tool).description is models.UNSET


WHOLE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "content": [],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 3, "output_tokens": 4},
}
# What a server sent, the path of a field, and what the field reads as.
LEFT_OUT = [
    ({"usage": {}}, "usage.input_tokens", 0),
    ({"usage": {"input_tokens": None}}, "usage.input_tokens", 0),
    ({"usage": {"input_tokens": 0}}, "usage.input_tokens", 0),
    ({"usage": {"output_tokens": 7}}, "usage.output_tokens", 7),
    ({"usage": {"output_tokens": "7"}}, "usage.output_tokens", 7),
    ({"usage": {}}, "usage.cache_read_input_tokens", None),
    ({"usage": {"cache_read_input_tokens": None}}, "usage.cache_read_input_tokens", None),
    ({"usage": {"cache_read_input_tokens": 0}}, "usage.cache_read_input_tokens", 0),
    ({}, "stop_sequence", None),
    ({"stop_sequence": None}, "stop_sequence", None),
    ({"stop_sequence": "END"}, "stop_sequence", "END"),
    ({"stop_reason": None}, "stop_reason", None),
    ({"stop_reason": "novel"}, "stop_reason", "novel"),
    ({"content": [{"type": "thinking", "thinking": "…"}]}, "content.0.signature", None),
    ({"content": [{"type": "thinking", "thinking": "…", "signature": ""}]}, "content.0.signature", ""),
    ({"content": [{"type": "tool_result", "tool_use_id": "t", "content": ""}]}, "content.0.is_error", None),
    (
        {"content": [{"type": "tool_result", "tool_use_id": "t", "content": "", "is_error": False}]},
        "content.0.is_error",
        False,
    ),
]


@pytest.mark.parametrize(("sent", "path", "value"), LEFT_OUT)
def test_a_field_of_a_message_reads_without_unset_and_goes_back_as_it_came(
    sent: dict[str, Any], path: str, value: Any
) -> None:
    data = {**WHOLE, **sent}
    message = build_message(data, None)
    read: Any = message
    for name in path.split("."):
        read = read[int(name)] if name.isdigit() else getattr(read, name)
    assert read == value
    assert type(read) is type(value)
    assert message.usage.input_tokens + message.usage.output_tokens >= 0
    assert "UNSET" not in repr(message)
    as_sent = {**data, "usage": normalize_usage(data["usage"])}
    assert message.to_dict() == as_sent
    assert Message.from_dict(message.to_dict()).to_dict() == as_sent
    for copied in (copy.copy(message), copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert copied.to_dict() == as_sent


def test_a_field_that_a_caller_sets_is_sent_instead_of_the_null_that_came() -> None:
    usage = models.Usage.from_dict({"input_tokens": None, "cache_read_input_tokens": None})
    usage.input_tokens, usage.cache_read_input_tokens = 1, 2
    assert usage.to_dict() == {"input_tokens": 1, "cache_read_input_tokens": 2}


def test_a_model_that_a_caller_makes_sends_only_what_was_set() -> None:
    assert models.ThinkingBlock(type="thinking", thinking="…").to_dict() == {"type": "thinking", "thinking": "…"}
    assert models.Usage(output_tokens=2).to_dict() == {"output_tokens": 2}


SURFACE = (Path(__file__).parent.parent / "api-surface.txt").read_text(encoding="utf-8").splitlines()
MODELS = [model for model in vars(models).values() if attrs.has(model)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_only_models_of_requests_have_fields_that_can_be_unset(model: Any) -> None:
    unset = {field.name for field in attrs.fields(model) if field.default is models.UNSET}
    received = f"models.{model.__name__} is sent" not in SURFACE
    assert not (unset and received)


@pytest.mark.parametrize("name", ["TextBlok", "UnknownBlockType", "Any", "TextBlockModel", "annotations"])
def test_the_modules_list_only_what_is_theirs(name: str) -> None:
    assert name not in vars(models)["__all__"]
    assert name not in params.__all__


UNIONS = {
    "ContentBlock": {"TextBlock", "ThinkingBlock", "ToolUseBlock", "ToolResultBlock", "UnknownBlock"},
    "ContentBlockDelta": {
        *("TextDelta", "InputJsonDelta", "ThinkingDelta", "SignatureDelta", "CitationsDelta", "UnknownDelta")
    },
    "ToolChoice": {"ToolChoiceAuto", "ToolChoiceAny", "ToolChoiceTool", "ToolChoiceNone"},
}


@pytest.mark.parametrize(("name", "members"), UNIONS.items())
def test_each_union_has_a_name(name: str, members: set[str]) -> None:
    assert name in vars(models)["__all__"]
    present = [member.__name__ for member in get_args(getattr(models, name))]
    assert members <= set(present)  # The vendor may add others.
    if any(member.startswith("Unknown") for member in members):
        assert present[-1].startswith("Unknown")


def test_the_unions_of_the_dicts_take_the_models_too() -> None:
    for name in ("ContentBlock", "ToolChoice", "RequestTool", "ThinkingConfig", "ImageSource", "ToolResultContent"):
        assert name in params.__all__
        assert any(attrs.has(member) for member in get_args(getattr(params, name)))
        assert any(is_typeddict(member) for member in get_args(getattr(params, name)))
