"""`Message`: what a response becomes, and how it goes back to the service."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseten_messages_client import APIResponseError, Message, models
from baseten_messages_client._message import build_message, parse_message
from baseten_messages_client.auth import BasetenAuth

from .support import KEY, message_json


def message(*blocks: Any, **fields: Any) -> Message:
    return build_message(message_json(content=list(blocks), **fields), "req_1")


TEXT = {"type": "text", "text": "Hello"}
THINKING = {"type": "thinking", "thinking": "Hm.", "signature": "erased"}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {"a": 1}}
HOSTED = {"type": "tool_use", "id": "call_9", "name": "baseten__parallel__web_search", "input": {"q": "x"}}
RESULT = {"type": "tool_result", "tool_use_id": "call_9", "content": "found"}
UNKNOWN = {"type": "redacted_thinking", "data": "abc", "nested": {"deep": [1, None, "é"]}}


def test_blocks_are_typed_and_unknown_ones_are_kept() -> None:
    blocks = message(TEXT, THINKING, CALL, RESULT, UNKNOWN).content
    assert [type(block) for block in blocks] == [
        models.TextBlock,
        models.ThinkingBlock,
        models.ToolUseBlock,
        models.ToolResultBlock,
        models.UnknownBlock,
    ]
    assert blocks[4].to_dict() == UNKNOWN


def test_text_joins_all_text_blocks() -> None:
    assert message(TEXT, THINKING, {"type": "text", "text": ", world"}).text == "Hello, world"
    assert message(CALL).text == ""
    assert message({"type": "text", "text": None}).text == ""


def test_tool_calls_are_the_calls_without_a_result() -> None:
    assert [call.id for call in message(HOSTED, RESULT, TEXT, CALL).tool_calls] == ["toolu_1"]
    assert message(HOSTED, RESULT).tool_calls == []


def test_to_param_is_an_assistant_turn_that_loses_nothing() -> None:
    blocks = [{**TEXT, "citations": [{"url": "https://example.com"}]}, THINKING, HOSTED, RESULT, UNKNOWN]
    assert message(*blocks).to_param() == {"role": "assistant", "content": blocks}


@pytest.mark.parametrize("malformed", ['{"a": ', "12", "[1]"])
def test_a_malformed_input_goes_back_as_an_object_that_holds_it(malformed: Any) -> None:
    call = {**CALL, "input": malformed}
    blocks = message(call).to_param()["content"]
    assert blocks == [{**CALL, "input": {"_raw_input": malformed}}]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(None, {}), ("", {}), ('{"a": 1}', {"a": 1}), ('{"a": "\\ud83d\\ude00"}', {"a": "😀"}), ("{", "{"), ([1], [1])],
)
def test_an_input_that_is_the_text_of_an_object_becomes_one(sent: Any, kept: Any) -> None:
    assert message({**CALL, "input": sent}).tool_calls[0].input == kept


def test_halves_of_surrogate_pairs_are_joined_or_replaced() -> None:
    body = b'{"type":"message","content":[{"type":"text","text":"a\\ud83d\\ude00b\\ud83d"}]}'
    assert parse_message(httpx.Response(200, content=body), str).text == "a😀b\ufffd"


def test_copied_and_pickled_messages_are_equal() -> None:
    original = message(TEXT, CALL)
    assert copy.deepcopy(original) == original
    assert pickle.loads(pickle.dumps(original)) == original


def test_values_of_the_wrong_type_break_no_helper() -> None:
    odd = message({"type": "text", "text": 5}, {**CALL, "id": []}, {**RESULT, "content": [5, "a", {"type": "x"}]})
    assert odd.text == "5"
    assert len(odd.tool_calls) == 1
    assert odd.to_dict()["content"][2]["content"][1] == {"type": "text", "text": "a"}


@given(
    st.lists(
        st.dictionaries(st.text(min_size=1), st.none() | st.booleans() | st.integers() | st.text(), max_size=3).map(
            lambda fields: {**fields, "type": "new_" + str(len(fields))}
        )
    ),
    st.dictionaries(st.sampled_from(["baseten", "context", "stop_details"]), st.integers() | st.none()),
)
def test_unknown_blocks_and_fields_survive(blocks: list[dict[str, Any]], extra: dict[str, Any]) -> None:
    data = message_json(content=blocks, **extra)
    assert build_message(data, None).to_dict() == data


@pytest.mark.parametrize("reason", ["end_turn", "pause_turn", "model_context_window_exceeded", None])
def test_any_stop_reason_is_kept(reason: str | None) -> None:
    assert message(TEXT, stop_reason=reason).stop_reason == reason


@pytest.mark.parametrize("missing", ["id", "type", "role", "model", "stop_reason", "stop_sequence", "usage"])
def test_fields_that_servers_leave_out_are_filled_in(missing: str) -> None:
    data = message_json()
    del data[missing]
    assert build_message(data, None).text == "Hi."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, []),
        ("plain", [{"type": "text", "text": "plain"}]),
        (["plain", 5], [{"type": "text", "text": "plain"}, {"type": "unknown", "value": 5}]),
        ([{"text": "no type"}], [{"type": "unknown", "text": "no type"}]),
        ([{"type": "tool_use"}], [{"type": "tool_use", "id": "", "name": "", "input": {}}]),
        ([{"type": "text"}], [{"type": "text", "text": ""}]),
        ([{"type": "text", "text": None}], [{"type": "text", "text": ""}]),
        ([{"type": "thinking", "thinking": 5}], [{"type": "thinking", "thinking": "5"}]),
        ([{"type": "tool_result"}], [{"type": "tool_result", "tool_use_id": "", "content": ""}]),
        (
            [{"type": "tool_result", "tool_use_id": "t", "content": {"type": "text"}}],
            [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": ""}]}],
        ),
    ],
)
def test_content_that_is_not_a_list_of_blocks_is_kept(content: Any, expected: list[Any]) -> None:
    assert build_message(message_json(content=content), None).to_dict()["content"] == expected


def test_the_request_id_is_not_part_of_the_message() -> None:
    one, other = build_message(message_json(), "req_1"), build_message(message_json(), "req_2")
    assert one.request_id == "req_1"
    assert one == other
    assert "request_id" not in one.to_dict()


@pytest.mark.parametrize(
    ("body", "told", "error_type"),
    [
        (b"", "the body is empty", None),
        (b"<html><h1>Welcome</h1></html>", "Welcome", None),
        (b'{"type":"error","error":{"type":"api_error","message":"boom"}}', "boom", "api_error"),
        (b'{"choices":[]}', "choices", None),
        (b"[1]", "1", None),
        (b"\xff\xfe", "but not with a message", None),
    ],
)
def test_a_body_that_is_not_a_message_is_an_error(body: bytes, told: str, error_type: str | None) -> None:
    with pytest.raises(APIResponseError, match=told) as caught:
        parse_message(httpx.Response(200, content=body, headers={"x-request-id": "req_1"}), str)
    assert caught.value.error_type == error_type
    assert caught.value.request_id == "req_1"
    assert caught.value.response is not None


def test_a_whole_response_becomes_a_message() -> None:
    parsed = parse_message(httpx.Response(200, json=message_json()), str)
    assert isinstance(parsed, models.MessagesResponse)
    assert parsed.to_dict() == message_json()
    assert parsed.usage.output_tokens == 2


def test_the_error_of_a_malformed_message_holds_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: dict[str, Any]) -> Message:
        raise ValueError(f"{data} {'x' * 10_000}")

    monkeypatch.setattr(Message, "from_dict", refuse)
    response = httpx.Response(200, headers={"x-echo": KEY}, json=message_json(model=KEY, extra="x" * 100_000))
    with pytest.raises(APIResponseError, match="the response is not a message: ValueError") as caught:
        parse_message(response, BasetenAuth(KEY).redact)
    error: Any = caught.value
    shown = f"{error!r} {vars(error)} {error.__cause__!r} {error.headers.raw} {error.response.text}"
    assert KEY not in shown
    assert error.headers["x-echo"] == "[API key]"
    assert len(str(error)) < 1000
    assert len(str(error.body)) < 70_000
