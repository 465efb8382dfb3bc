"""From events to a message: rules "Accumulating" of the wire, on parsed events."""

from __future__ import annotations

import gc
import json
import time
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseten_messages_client._streaming.accumulate import Accumulator

Event = dict[str, Any]


def start(index: int, **block: Any) -> Event:
    return {"type": "content_block_start", "index": index, "content_block": block}


def delta(index: int, **fields: Any) -> Event:
    return {"type": "content_block_delta", "index": index, "delta": fields}


def text(index: int, piece: str) -> Event:
    return delta(index, type="text_delta", text=piece)


def thinking(index: int, piece: str) -> Event:
    return delta(index, type="thinking_delta", thinking=piece)


def arguments(index: int, piece: str) -> Event:
    return delta(index, type="input_json_delta", partial_json=piece)


def stop(index: int) -> Event:
    return {"type": "content_block_stop", "index": index}


def message_start(**message: Any) -> Event:
    return {"type": "message_start", "message": message}


TOOL = {"type": "tool_use", "id": "t", "name": "n"}
MESSAGE_DELTA = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}}
MESSAGE_STOP = {"type": "message_stop"}


def accumulate(*events: Event) -> Event:
    """Return the message. It must not depend on how often it was built while events arrived."""
    once, often = Accumulator(), Accumulator()
    for event in events:
        once.add(deepcopy(event))
        often.add(deepcopy(event))
        often.to_dict()
    assert once.to_dict() == often.to_dict()
    return once.to_dict()


def content(*events: Event) -> Any:
    return accumulate(*events)["content"]


@pytest.mark.parametrize(
    ("events", "blocks"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(
            [start(0, type="text", text=""), text(0, "a"), text(0, "b"), stop(0)],
            [{"type": "text", "text": "ab"}],
            id="text",
        ),
        pytest.param(
            [start(0, type="text", text="a"), text(0, "b")], [{"type": "text", "text": "ab"}], id="seeded text"
        ),
        pytest.param([start(0, type="text", text="a")], [{"type": "text", "text": "a"}], id="text without deltas"),
        pytest.param([start(0, type="text")], [{"type": "text", "text": ""}], id="text without its text"),
        pytest.param([start(0, type="text", text=None)], [{"type": "text", "text": ""}], id="text of null"),
        pytest.param(
            [start(5, type="text", text=""), text(5, "a")], [{"type": "text", "text": "a"}], id="first index 5"
        ),
        pytest.param(
            [text(9, "c"), text(-1, "a"), text(3, "b")],
            [{"type": "text", "text": piece} for piece in "abc"],
            id="gaps, sorted by index",
        ),
        pytest.param(
            [
                start(0, type="text", text=""),
                start(1, type="thinking", thinking=""),
                text(0, "a"),
                thinking(1, "x"),
                stop(1),
                text(0, "b"),
                thinking(1, "y"),
                stop(0),
                text(0, "c"),
                stop(7),
            ],
            [{"type": "text", "text": "abc"}, {"type": "thinking", "thinking": "xy"}],
            id="open side by side, stops early, late and of nothing",
        ),
        pytest.param([text(0, "a")], [{"type": "text", "text": "a"}], id="text delta with no start"),
        pytest.param([thinking(0, "a")], [{"type": "thinking", "thinking": "a"}], id="thinking delta with no start"),
        pytest.param(
            [delta(0, type="signature_delta", signature="s")],
            [{"type": "thinking", "signature": "s", "thinking": ""}],
            id="signature delta with no start",
        ),
        pytest.param(
            [delta(0, type="citations_delta", citation={"a": 1})],
            [{"type": "text", "citations": [{"a": 1}], "text": ""}],
            id="citation with no start",
        ),
        pytest.param([arguments(0, "{}")], [{"type": "tool_use", "input": {}}], id="arguments with no start"),
        pytest.param(
            [delta(0, type="novel_delta", chapter="a"), delta(0, type="novel_delta", chapter="b")],
            [{"type": "novel", "chapter": "ab"}],
            id="unknown delta with no start",
        ),
        pytest.param(
            [start(0, **TOOL, input={}), arguments(0, '{"a":1}'), text(0, "late"), arguments(0, "")],
            [{**TOOL, "input": {"a": 1}}, {"type": "text", "text": "late"}],
            id="delta of another type than its block",
        ),
        pytest.param(
            [start(0, **TOOL), arguments(0, "{"), start(0, type="text", text=""), text(0, "x"), arguments(0, "}")],
            [{**TOOL, "input": {}}, {"type": "text", "text": "x"}],
            id="index used by two blocks",
        ),
        pytest.param(
            [start(0, type="text", text="a"), stop(0), start(0, type="text", text="a"), stop(0)],
            [{"type": "text", "text": "a"}, {"type": "text", "text": "a"}],
            id="index used by two like blocks",
        ),
        pytest.param(
            [message_start(content=[{"type": "text", "text": "a"}]), start(0, type="text", text="a"), text(0, "b")],
            [{"type": "text", "text": "ab"}],
            id="start announced twice",
        ),
        pytest.param(
            [message_start(content=[{"type": "text", "text": "a"}]), text(0, "b"), text(1, "c")],
            [{"type": "text", "text": "ab"}, {"type": "text", "text": "c"}],
            id="content in message_start",
        ),
        pytest.param(
            [message_start(content=["a"]), text(0, "b"), message_start(content=["a"]), text(0, "c")],
            [{"type": "text", "text": "abc"}],
            id="second message_start with content",
        ),
        pytest.param([message_start(content="Hi")], [{"type": "text", "text": "Hi"}], id="content as plain text"),
        pytest.param(
            [message_start(content=[]), text(0, "a"), message_start(content=[]), text(0, "b")],
            [{"type": "text", "text": "ab"}],
            id="second message_start",
        ),
        pytest.param(
            [start(0, type="thinking", thinking="", signature=""), delta(0, type="signature_delta", signature="s")],
            [{"type": "thinking", "thinking": "", "signature": "s"}],
            id="signature",
        ),
        pytest.param(
            [delta(0, type="signature_delta", signature="s"), delta(0, type="signature_delta", signature="")],
            [{"type": "thinking", "thinking": "", "signature": "s"}],
            id="an empty signature erases none",
        ),
        pytest.param(
            [
                start(0, type="text", text="", citations=None),
                delta(0, type="citations_delta", citation=1),
                text(0, "a"),
                delta(0, type="citations_delta", citation=2),
            ],
            [{"type": "text", "text": "a", "citations": [1, 2]}],
            id="citations",
        ),
        pytest.param(
            [start(0, type="server_tool_use", id="s", name="n", input={}), arguments(0, '{"q"'), arguments(0, ":1}")],
            [{"type": "server_tool_use", "id": "s", "name": "n", "input": {"q": 1}}],
            id="arguments of an unknown block",
        ),
        pytest.param(
            [start(0, type="essay", text="a"), text(0, "b")],
            [{"type": "essay", "text": "ab"}],
            id="text of an unknown block that has text",
        ),
        pytest.param(
            [start(0, type="image", data="z"), text(0, "b")],
            [{"type": "image", "data": "z"}, {"type": "text", "text": "b"}],
            id="text for an unknown block that has none",
        ),
        pytest.param(
            [
                start(0, type="x", log=["a"], info={"n": 1}),
                delta(0, type="x_delta", log=["b"], info={"m": 2}, last=None),
            ],
            [{"type": "x", "log": ["a", "b"], "info": {"n": 1, "m": 2}, "last": None}],
            id="unknown delta: lists go on, objects merge",
        ),
        pytest.param(
            [start(0, type="text", text=""), delta(0, type="text_delta", text="a", logprob=-1)],
            [{"type": "text", "text": "a", "logprob": -1}],
            id="extras in a delta",
        ),
        pytest.param([start(0, type="redacted_thinking", data="z")], [{"type": "redacted_thinking", "data": "z"}]),
        pytest.param(
            [delta(0, novel=1), delta(1, type=5, novel=1), delta(2, type="", novel=1), delta(3, type="_delta")],
            [{"type": "unknown", "novel": 1}] * 3 + [{"type": "unknown"}],
            id="deltas without a type",
        ),
        pytest.param(
            [start(0, type="tool_result", text="r", input="r"), text(0, "a"), arguments(0, "{}")],
            [
                {"type": "tool_result", "text": "r", "input": "r"},
                {"type": "text", "text": "a"},
                {"type": "tool_use", "input": {}},
            ],
            id="text and arguments never belong to a tool result",
        ),
        pytest.param(
            [start(0, type="thinking", thinking="t"), arguments(0, "{}"), start(1, type="text"), arguments(1, "{}")],
            [
                {"type": "thinking", "thinking": "t"},
                {"type": "tool_use", "input": {}},
                {"type": "text", "text": ""},
                {"type": "tool_use", "input": {}},
            ],
            id="arguments never belong to text or thinking",
        ),
        pytest.param(
            [start(0, **TOOL, text="x", thinking="x"), text(0, "a"), thinking(0, "b")],
            [
                {**TOOL, "text": "x", "thinking": "x", "input": {}},
                {"type": "text", "text": "a"},
                {"type": "thinking", "thinking": "b"},
            ],
            id="text never belongs to a tool use",
        ),
        pytest.param(
            [
                start(0, type="essay", signature="", citations=[]),
                delta(0, type="signature_delta", signature="s"),
                delta(0, type="citations_delta", citation=1),
            ],
            [{"type": "essay", "signature": "s", "citations": [1]}],
            id="signature and citation of an unknown block that has them",
        ),
        pytest.param(
            [start(0, type="thinking", text="x"), text(0, "a"), start(1, type="text", thinking="x"), thinking(1, "b")],
            [
                {"type": "thinking", "text": "x", "thinking": ""},
                {"type": "text", "text": "a"},
                {"type": "text", "thinking": "x", "text": ""},
                {"type": "thinking", "thinking": "b"},
            ],
            id="text and thinking never belong to each other",
        ),
        pytest.param(
            [start(0, type="text", text=5), start(1, type="thinking", thinking=["t"])],
            [{"type": "text", "text": "5"}, {"type": "thinking", "thinking": "['t']"}],
            id="text that is not a string",
        ),
        pytest.param(
            [start(0, type="text", text=5), text(0, "a")],
            [{"type": "text", "text": "a"}],
            id="text after a start that is not a string",
        ),
        pytest.param(
            [{"type": "content_block_start", "index": 0}, text(0, "a")],
            [{"type": "text", "text": "a"}],
            id="start without a block",
        ),
        pytest.param(
            [{**start(0), "content_block": None}, text(0, "a")], [{"type": "text", "text": "a"}], id="start of null"
        ),
        pytest.param(
            [{**start(0), "content_block": "Hi"}, text(0, "a")], [{"type": "text", "text": "Hia"}], id="start of a text"
        ),
        pytest.param(
            [{**start(0), "content_block": 5}], [{"type": "unknown", "value": 5}], id="start that is not an object"
        ),
        pytest.param(
            [start(0, type="text", text="a"), start(0, type="text", text="b")],
            [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
            id="two starts that differ",
        ),
        pytest.param(
            [start(0, type="text", text="a"), text(0, ""), start(0, type="text", text="a")],
            [{"type": "text", "text": "a"}, {"type": "text", "text": "a"}],
            id="like starts with a delta between them",
        ),
        pytest.param(
            [
                start(0, type="thinking", signature="old"),
                delta(0, type="signature_delta", signature="new"),
                delta(0, type="signature_delta", signature=None),
            ],
            [{"type": "thinking", "thinking": "", "signature": "new"}],
            id="a signature replaces, and null erases none",
        ),
        pytest.param(
            [delta(0, type="signature_delta", signature="")],
            [{"type": "thinking", "thinking": "", "signature": ""}],
            id="an empty signature alone",
        ),
        pytest.param(
            [delta(0, type="novel_delta", citation=1, n=1), delta(0, type="novel_delta", n="x")],
            [{"type": "novel", "citation": 1, "n": "x"}],
            id="other values of an unknown delta replace",
        ),
        pytest.param(
            [delta(0, type="novel_delta", s=None), delta(0, type="novel_delta", s="a"), delta(0, type="novel_delta")],
            [{"type": "novel", "s": "a"}],
            id="text after null",
        ),
        pytest.param(
            [delta(0, type="text_delta", text=None), delta(0, type="text_delta", text=["a"]), text(1, "b")],
            [{"type": "text", "text": "['a']"}, {"type": "text", "text": "b"}],
            id="text delta that is not a string",
        ),
        pytest.param(
            [message_start(content=["a", "b"]), text(1, "c")],
            [{"type": "text", "text": "a"}, {"type": "text", "text": "bc"}],
            id="several blocks in message_start",
        ),
    ],
)
def test_events_add_up_to_content_blocks(events: list[Event], blocks: list[Any]) -> None:
    assert content(*events) == blocks


@pytest.mark.parametrize(("others", "found"), [(7, True), (8, False)])
def test_a_delta_belongs_to_one_of_the_last_eight_blocks_of_its_index(others: int, found: bool) -> None:
    tools = [start(0, **TOOL, number=number) for number in range(others)]
    blocks = content(start(0, type="text", text="a"), *tools, text(0, "b"))
    assert [block["text"] for block in blocks if block["type"] == "text"] == (["ab"] if found else ["a", "b"])


def test_a_delta_belongs_to_the_last_block_that_accepts_it() -> None:
    assert content(start(0, type="text", text="a"), start(0, type="text", text="b"), text(0, "c")) == [
        {"type": "text", "text": "a"},
        {"type": "text", "text": "bc"},
    ]


@pytest.mark.parametrize(
    ("given_input", "pieces", "expected"),
    [
        pytest.param({}, [], {}, id="no delta"),
        pytest.param({}, ["", ""], {}, id="empty deltas"),
        pytest.param({}, [" \n"], {}, id="blank delta"),
        pytest.param(None, [], {}, id="null"),
        pytest.param("", [], {}, id="empty text"),
        pytest.param({}, ['{"a":', "1}"], {"a": 1}, id="object"),
        pytest.param({"a": 1}, [], {"a": 1}, id="complete at the start"),
        pytest.param({"a": 1}, ["", ""], {"a": 1}, id="complete at the start, then empty deltas"),
        pytest.param(" ", [], {}, id="blank text"),
        pytest.param("", [" ", ""], {}, id="blank text and delta"),
        pytest.param('{"a":', ["1}"], {"a": 1}, id="begun as text"),
        pytest.param('{"a":1}', [], {"a": 1}, id="complete as text"),
        pytest.param("oops", [], "oops", id="malformed at the start"),
        pytest.param({}, ["1", "2"], "12", id="number"),
        pytest.param({}, ["[1]"], "[1]", id="list"),
        pytest.param({}, ["null"], "null", id="null as text"),
        pytest.param({}, ['"a"'], '"a"', id="string"),
        pytest.param({}, ['{"a":1'], '{"a":1', id="cut"),
        pytest.param({}, ['{"a":1}{"b":2}'], '{"a":1}{"b":2}', id="two objects"),
        pytest.param({}, ['{"a":NaN}'], '{"a":NaN}', id="NaN"),
        pytest.param({}, ['{"a":' * 100_000], '{"a":' * 100_000, id="nested too deeply"),
        pytest.param({}, ['{"a":"\\ud83d\\ude00\\ud83d"}'], {"a": "😀\ufffd"}, id="half a character"),
        pytest.param({}, ['{"n":123456789012345678901234567890}'], {"n": 123456789012345678901234567890}, id="big"),
    ],
)
def test_a_tool_input_becomes_an_object_or_stays_the_text_that_came(
    given_input: Any, pieces: list[str], expected: Any
) -> None:
    events = [start(0, **TOOL, input=given_input), *(arguments(0, piece) for piece in pieces), stop(0)]
    assert content(*events) == [{**TOOL, "input": expected}]


def test_a_tool_input_may_be_missing() -> None:
    assert content(start(0, **TOOL)) == [{**TOOL, "input": {}}]
    assert content(start(0, type="server_tool_use"), arguments(0, "")) == [{"type": "server_tool_use", "input": {}}]


@pytest.mark.parametrize(
    ("events", "usage"),
    [
        pytest.param([message_start(), MESSAGE_DELTA], {}, id="none"),
        pytest.param([message_start(usage=None), {**MESSAGE_DELTA, "usage": None}], {}, id="null"),
        pytest.param(
            [message_start(usage={"a": 1}), {**MESSAGE_DELTA, "usage": {"a": 3}}], {"a": 3}, id="never summed"
        ),
        pytest.param([message_start(usage={"a": 1}), {**MESSAGE_DELTA, "usage": {"b": 2}}], {"a": 1, "b": 2}, id="key"),
        pytest.param(
            [message_start(usage={"a": 1}), {**MESSAGE_DELTA, "usage": {"a": None}}], {"a": 1}, id="null value"
        ),
        pytest.param([message_start(usage={"a": None})], {"a": None}, id="null alone"),
        pytest.param(
            [message_start(usage={"a": "1"}), {**MESSAGE_DELTA, "usage": {"a": "2"}}], {"a": "2"}, id="strings"
        ),
        pytest.param([message_start(usage={"a": 5}), {**MESSAGE_DELTA, "usage": {"a": 0}}], {"a": 0}, id="zero holds"),
        pytest.param([{**text(0, "x"), "usage": {"a": 1}}], {"a": 1}, id="on a delta"),
        pytest.param([{**MESSAGE_STOP, "usage": {"a": 1}}], {"a": 1}, id="on message_stop"),
        pytest.param([{"type": "message_delta", "delta": {"usage": {"a": 1}}}], {"a": 1}, id="within the delta"),
        pytest.param([{"type": "content_block_delta", "delta": {}, "usage": {"a": 1}}], {"a": 1}, id="without index"),
        pytest.param([message_start(usage=[1]), {**MESSAGE_DELTA, "usage": "2"}], {}, id="not an object"),
    ],
)
def test_usage_is_the_last_value_of_each_key(events: list[Event], usage: Event) -> None:
    assert accumulate(*events)["usage"] == usage


@pytest.mark.parametrize(
    ("events", "fields"),
    [
        pytest.param([message_start(id="m", model="x")], {"id": "m", "model": "x"}, id="message_start"),
        pytest.param([message_start(stop_reason=None), MESSAGE_DELTA], {"stop_reason": "end_turn"}, id="stop reason"),
        pytest.param(
            [message_start(id="m"), message_start(id=None, model="x")],
            {"id": "m", "model": "x"},
            id="second start merges",
        ),
        pytest.param(
            [{**MESSAGE_DELTA, "delta": {"stop_reason": "a"}}, {**MESSAGE_DELTA, "delta": {"stop_reason": None}}],
            {"stop_reason": "a"},
            id="null erases nothing",
        ),
        pytest.param([{**text(0, "a"), "baseten": {"n": 1}}], {"baseten": {"n": 1}}, id="extras at event level"),
        pytest.param(
            [
                {**text(0, "a"), "baseten": {"i": [1], "n": {"a": 1}}},
                {**MESSAGE_STOP, "baseten": {"i": [2], "n": {"b": 2}}},
            ],
            {"baseten": {"i": [1, 2], "n": {"a": 1, "b": 2}}},
            id="extras merge",
        ),
        pytest.param([message_start(id="m"), {**MESSAGE_STOP, "id": "event-7"}], {"id": "m"}, id="an event's own id"),
        pytest.param(
            [
                message_start(id="m", model="x", role="assistant"),
                {**MESSAGE_STOP, "model": "y", "role": "z", "id": "e"},
            ],
            {"id": "m", "model": "x", "role": "assistant"},
            id="an event's own identity",
        ),
        pytest.param([{**MESSAGE_STOP, "id": "event-7"}], {"id": "event-7"}, id="an identity that only an event has"),
        pytest.param([{**text(0, "a"), "x": 1}, {**text(0, "b"), "x": None}], {"x": 1}, id="null extra erases nothing"),
        pytest.param([{**text(0, "a"), "x": None}], {"x": None}, id="null extra alone"),
        pytest.param([{**text(0, "a"), "x": [1]}, {**text(0, "b"), "x": {"a": 1}}], {"x": {"a": 1}}, id="other extra"),
        pytest.param(
            [{**text(0, "a"), "x": {"a": 1}}, {**text(0, "b"), "x": "\ud83d\ude00"}], {"x": "😀"}, id="text extra"
        ),
        pytest.param([{"type": "novel", "x": 1}], {}, id="unknown events say nothing about the message"),
    ],
)
def test_other_fields_merge_and_null_erases_nothing(events: list[Event], fields: Event) -> None:
    message = accumulate(*events)
    assert {key: value for key, value in message.items() if key not in ("content", "usage")} == fields


@pytest.mark.parametrize(
    ("events", "complete"),
    [
        ([MESSAGE_DELTA, MESSAGE_STOP], True),
        ([{"type": "message_delta"}, MESSAGE_STOP], True),
        ([MESSAGE_STOP, MESSAGE_DELTA], True),
        ([MESSAGE_DELTA], False),
        ([MESSAGE_STOP], False),
        ([message_start(stop_reason="end_turn"), text(0, "a"), stop(0)], False),
    ],
)
def test_a_message_is_complete_only_with_message_delta_and_message_stop(events: list[Event], complete: bool) -> None:
    accumulator = Accumulator()
    for event in events:
        accumulator.add(deepcopy(event))
    assert accumulator.complete is complete


@pytest.mark.parametrize("index", [None, "", "x", [], {}, float("nan"), float("inf"), "9" * 5000])
def test_an_event_without_a_usable_index_is_about_the_last_block(index: Any) -> None:
    events = [start(3, type="text", text=""), text(3, "a"), {**text(0, "b"), "index": index}, text(3, "c")]
    assert content(*events) == [{"type": "text", "text": "abc"}]
    without = {key: value for key, value in text(0, "b").items() if key != "index"}
    assert content(text(3, "a"), without) == [{"type": "text", "text": "ab"}]
    assert content(without, text(0, "c")) == [{"type": "text", "text": "bc"}]


@pytest.mark.parametrize("index", ["1", 1.0, True])
def test_an_index_of_another_type_counts_if_it_is_a_number(index: Any) -> None:
    assert content(text(0, "a"), text(1, "b"), text(0, "c"), {**text(1, "d"), "index": index}) == [
        {"type": "text", "text": "ac"},
        {"type": "text", "text": "bd"},
    ]


def test_surrogate_halves_split_over_deltas_become_a_character() -> None:
    assert content(start(0, type="text", text="\ud83d"), text(0, "\ude00 and \ud83d")) == [
        {"type": "text", "text": "😀 and \ufffd"}
    ]


ODD: list[Any] = [None, True, 0, -1.5, 10**30, "", "x", [], [[]], {}, {"type": {}}, {"type": None}, {"a": [1]}]


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("key", ["index", "content_block", "delta", "message", "usage", "baseten"])
@pytest.mark.parametrize(
    "event_type",
    ["message_start", "content_block_start", "content_block_delta", "message_delta", "message_stop", "novel"],
)
def test_event_values_of_the_wrong_type_lose_no_text(event_type: str, key: str, value: Any) -> None:
    odd: list[Event] = [{"type": event_type, key: value}, {"type": event_type, "index": 0, key: value}]
    message = accumulate(text(0, "a"), *odd, text(0, "b"))
    assert "a" in str(message["content"])
    assert "b" in str(message["content"])


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize(
    "key", ["type", "text", "thinking", "signature", "citation", "citations", "partial_json", "input"]
)
@pytest.mark.parametrize(
    "delta_type", ["text_delta", "citations_delta", "signature_delta", "input_json_delta", "novel_delta"]
)
def test_delta_fields_of_the_wrong_type_lose_no_text(delta_type: str, key: str, value: Any) -> None:
    odd = delta(0, **{"type": delta_type, key: value})
    for block in ({"type": "text", "text": "a"}, TOOL, {**TOOL, key: value}, {"type": "novel", key: value}):
        message = accumulate(start(0, **block), odd, text(0, "b"), odd, arguments(1, "{}"))
        assert "b" in str(message["content"])


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = {"a": value}
    return value


def test_objects_merge_down_to_a_limit() -> None:
    def extra(depth: int, key: str) -> Any:
        value: Any = {key: 1}
        for _ in range(depth):
            value = {"a": value}
        return {**text(0, ""), "baseten": value}

    def merged(depth: int) -> Any:
        value = accumulate(extra(depth, "x"), extra(depth, "y"))["baseten"]
        for _ in range(depth):
            value = value["a"]
        return value

    assert merged(19) == {"x": 1, "y": 1}
    assert merged(20) == {"y": 1}


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    accumulator = Accumulator()
    for _ in range(3):
        accumulator.add({**text(0, "a"), "baseten": nested(5000)})
        accumulator.add(delta(0, type="novel_delta", info=nested(5000)))
    message = accumulator.to_dict()
    assert message["content"][0]["text"] == "aaa"
    assert "a" in message["baseten"]


def test_a_message_that_was_returned_does_not_change_later() -> None:
    accumulator = Accumulator()
    events = [
        {**text(0, "a"), "baseten": {"list": [1], "deep": {"list": [1]}}},
        delta(0, type="citations_delta", citation=1),
    ]
    for event in events:
        accumulator.add(event)
    for event in deepcopy(events):
        accumulator.add(event)
    before = accumulator.to_dict()
    kept, sources = deepcopy(before), deepcopy(events)
    for event in deepcopy(events):
        accumulator.add(event)
    assert (before, events) == (kept, sources)
    assert accumulator.to_dict()["baseten"] == {"list": [1, 1, 1], "deep": {"list": [1, 1, 1]}}


BLOCK_TYPES = {
    "text": ("text_delta", "text"),
    "thinking": ("thinking_delta", "thinking"),
    "tool_use": ("input_json_delta", "partial_json"),
    "server_tool_use": ("input_json_delta", "partial_json"),
    "compaction": ("compaction_delta", "content"),
}
PIECES = st.lists(st.text(max_size=5), max_size=6)


@st.composite
def streams(draw: st.DrawFn) -> tuple[list[Event], list[tuple[str, str]]]:
    """Draw a valid stream, its blocks interleaved in any way, and the type and text of each block in order."""
    indices = draw(st.lists(st.integers(0, 40), unique=True, max_size=6))
    queues: list[list[Event]] = []
    expected: dict[int, tuple[str, str]] = {}
    for index in indices:
        block_type = draw(st.sampled_from(sorted(BLOCK_TYPES)))
        delta_type, field = BLOCK_TYPES[block_type]
        seed = draw(st.text(max_size=3)) if field != "partial_json" else ""
        pieces = draw(PIECES)
        block: Event = {"type": block_type, **({field: seed} if field != "partial_json" else {"input": {}})}
        queue = [start(index, **block), *(delta(index, type=delta_type, **{field: piece}) for piece in pieces)]
        if draw(st.booleans()):
            queue.insert(draw(st.integers(1, len(queue))), stop(index))
        queues.append(queue)
        expected[index] = (block_type, "".join([seed, *pieces]))
    events = [message_start(content=[])]
    while queues := [queue for queue in queues if queue]:
        events.append(draw(st.sampled_from(queues)).pop(0))
    return [*events, MESSAGE_DELTA, MESSAGE_STOP], [expected[index] for index in sorted(expected)]


@settings(deadline=None, max_examples=200)
@given(streams())
def test_no_order_of_a_valid_stream_loses_text(stream: tuple[list[Event], list[tuple[str, str]]]) -> None:
    events, expected = stream
    blocks = content(*events)
    assert [block["type"] for block in blocks] == [block_type for block_type, _ in expected]
    for block, (block_type, whole) in zip(blocks, expected, strict=True):
        if BLOCK_TYPES[block_type][1] != "partial_json":
            assert block[BLOCK_TYPES[block_type][1]] == whole
        elif isinstance(block["input"], str):
            assert block["input"] == whole
        else:
            assert block["input"] == (json.loads(whole) if whole.strip() else {})


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([text, thinking, arguments]), st.text(max_size=4))))
def test_no_order_of_deltas_without_starts_loses_text(deltas: list[tuple[int, Any, str]]) -> None:
    blocks = content(*(make(index, piece) for index, make, piece in deltas))
    for make, block_type in ((text, "text"), (thinking, "thinking")):
        expected = "".join(piece for i in range(4) for index, maker, piece in deltas if (index, maker) == (i, make))
        assert "".join(block[block_type] for block in blocks if block["type"] == block_type) == expected


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: text(0, "a"), id="text"),
        pytest.param(lambda n: arguments(0, "1"), id="arguments"),
        pytest.param(lambda n: text(n, "a"), id="blocks"),
        pytest.param(lambda n: start(0, **TOOL, number=n) if n % 2 else text(0, "a"), id="blocks of one index"),
        pytest.param(lambda n: delta(0, type="citations_delta", citation=n), id="citations"),
        pytest.param(lambda n: {**text(0, "a"), "baseten": {"list": [n]}}, id="lists"),
        pytest.param(lambda n: {**text(0, "a"), "baseten": {str(n): n}}, id="objects"),
        pytest.param(lambda n: {**MESSAGE_DELTA, "usage": {str(n): n}}, id="usage"),
        pytest.param(lambda n: delta(0, type=f"d{n}_delta", text="a"), id="unknown deltas"),
    ],
)
def test_work_grows_with_the_events_and_not_with_their_square(make: Any) -> None:
    def seconds(count: int) -> float:
        accumulator, events = Accumulator(), [make(number) for number in range(count)]
        gc.disable()  # Its passes over all objects would count too.
        started = time.process_time()
        for event in events:
            accumulator.add(event)
        accumulator.to_dict()
        elapsed = time.process_time() - started
        gc.enable()
        return elapsed

    # Linear work takes 16 times as long, quadratic work 256 times. The bound leaves room for a busy machine.
    assert min(seconds(24_000) for _ in range(3)) < 80 * min(seconds(1500) for _ in range(3))
