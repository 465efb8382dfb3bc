"""The request's body: what the caller set, checked before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from baseten_messages_client import models
from baseten_messages_client._message import build_message
from baseten_messages_client._request_body import build_body

from .support import HELLO, message_json


def body(extra_body: Any = None, *, stream: Any = False, **fields: Any) -> dict[str, Any]:
    return build_body(None, {**HELLO, **fields}, extra_body, stream=stream)


def test_the_body_holds_what_the_caller_set_and_nothing_else() -> None:
    assert body() == HELLO
    assert body(temperature=0, system=None, top_p=models.UNSET) == {**HELLO, "temperature": 0}


def test_stream_is_sent_only_when_asked_for() -> None:
    assert body(stream=True) == {**HELLO, "stream": True}


def test_models_are_accepted_wherever_a_dict_is() -> None:
    call = models.ToolUseBlock(type="tool_use", id="t", name="add", input={"a": 1})
    fields: dict[str, Any] = {
        "messages": [models.InputMessage(role="user", content="Hi"), {"role": "assistant", "content": [call]}],
        "tools": [models.ToolDefinition(name="add", input_schema={"type": "object"})],
        "tool_choice": models.ToolChoiceAuto(type="auto"),
        "system": [models.TextBlock(type="text", text="Be brief.")],
        "thinking": models.ThinkingEnabled(type="enabled", budget_tokens=100),
    }
    assert body(**fields) == {
        **HELLO,
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "add", "input": {"a": 1}}]},
        ],
        "tools": [{"name": "add", "input_schema": {"type": "object"}}],
        "tool_choice": {"type": "auto"},
        "system": [{"type": "text", "text": "Be brief."}],
        "thinking": {"type": "enabled", "budget_tokens": 100},
    }


def test_a_message_in_the_history_is_sent_as_an_assistant_turn() -> None:
    message = build_message(message_json(), None)
    assert body(messages=[message])["messages"] == [message.to_param()]


def test_a_whole_request_may_be_a_model() -> None:
    request = models.MessagesRequest(
        model="m", max_tokens=1, messages=[models.InputMessage(role="user", content="Hi")], temperature=0.5
    )
    assert build_body(request, {}, None, stream=False) == {
        "model": "m",
        "max_tokens": 1,
        "messages": [{"role": "user", "content": "Hi"}],
        "temperature": 0.5,
    }


def test_extra_body_adds_fields_and_replaces_others() -> None:
    assert body({"unpublished_option": 1, "max_tokens": 9}) == {**HELLO, "unpublished_option": 1, "max_tokens": 9}


@pytest.mark.parametrize(
    ("fields", "error", "told"),
    [
        ({"max_tokens": None}, TypeError, "missing argument: max_tokens"),
        ({"max_tokens": None, "model": None}, TypeError, "missing arguments: model, max_tokens"),
        ({"max_tokens": 0}, ValueError, "max_tokens must be a whole number of at least 1, not 0"),
        ({"max_tokens": "10"}, TypeError, "max_tokens must be a whole number of at least 1, not '10'"),
        ({"max_tokens": True}, TypeError, "max_tokens must be"),
        ({"max_tokens": 1.5}, TypeError, "max_tokens must be"),
        ({"model": ""}, ValueError, "model must be the slug of a model"),
        ({"model": 5}, TypeError, "model must be the slug of a model"),
        ({"messages": "Hello"}, TypeError, r"messages must be a list of messages, such as \[\{"),
        ({"messages": {"role": "user"}}, TypeError, "messages must be a list"),
        ({"messages": iter([])}, TypeError, "messages is a list_iterator"),
        ({"messages": []}, ValueError, "messages must be a list of messages"),
        ({"messages": ["Hello"]}, TypeError, r"messages\[0\] must be a dict with the keys role and content"),
        ({"messages": [{"role": "user"}]}, ValueError, r"messages\[0\] must be a dict with the keys role and content"),
        ({"messages": [{"role": "user", "content": {1, 2}}]}, TypeError, r"messages\[0\]\.content is a set"),
        ({"messages": [{"role": "user", "content": "\ud800"}]}, ValueError, r"messages\[0\]\.content contains half"),
        ({"temperature": float("nan")}, ValueError, "temperature is nan"),
        ({"metadata": {"user_id": b"x"}}, TypeError, r"metadata\.user_id is a bytes"),
        ({"system": 5}, TypeError, "system must be a string or a list, not 5"),
        ({"system": {"type": "text", "text": "x"}}, TypeError, "system must be a string or a list, not {'type'"),
        ({"tools": {"name": "x"}}, TypeError, "tools must be a list, not {'name'"),
        ({"metadata": ["x"]}, TypeError, r"metadata must be a dict, not \['x'\]"),
        ({"temperature": True}, TypeError, "temperature must be a number, not True"),
        ({"stop_sequences": "END"}, TypeError, "stop_sequences must be a list, not 'END'"),
        (
            {"messages": [{"role": "system", "content": "x"}]},
            ValueError,
            r"messages\[0\]\.role must be one of 'user'.*system",
        ),
        (
            {"messages": [{"role": "user", "content": None}]},
            TypeError,
            r"messages\[0\]\.content must be a string or a list",
        ),
        ({"stop": ["x"]}, TypeError, "unknown argument stop: did you mean stop_sequences?"),
        ({"max_token": 5}, TypeError, "unknown argument max_token: did you mean max_tokens?"),
        (
            {"unpublished_option": 5},
            TypeError,
            "unknown argument unpublished_option: pass fields that the schema does not know in extra_body",
        ),
        ({"extra_body": [1]}, TypeError, "extra_body must be a dict, not list"),
        ({"extra_body": {"stream": True}}, TypeError, "extra_body cannot contain stream: pass stream=True"),
        ({"extra_body": {"x": float("inf")}}, ValueError, r"extra_body\.x is inf"),
        ({"stream": "yes"}, TypeError, "stream must be True or False, not 'yes'"),
    ],
)
def test_an_impossible_argument_is_refused_by_name(fields: dict[str, Any], error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        body(**fields)


def test_a_request_is_either_a_model_or_keywords() -> None:
    request = models.MessagesRequest(model="m", max_tokens=1, messages=[])
    with pytest.raises(TypeError, match=r"not both \(also got temperature\)"):
        build_body(request, {"temperature": 1}, None, stream=False)
    with pytest.raises(TypeError, match=r"must be a models\.MessagesRequest, not dict: pass the request's fields"):
        build_body({"model": "m"}, {}, None, stream=False)  # type: ignore[arg-type]
