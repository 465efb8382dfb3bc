"""Helper events: `messages.stream` yields them between the events of the service."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseten_messages_client import Baseten, IncompleteStreamError
from baseten_messages_client._streaming.partial_json import parse_partial
from baseten_messages_client._wire import json as wire_json
from baseten_messages_client.streaming import CitationEvent, InputJsonEvent, SignatureEvent, TextEvent, ThinkingEvent
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY
from .support import BEGUN, ENDING, START, WHOLE, Connect, frames, text_event

HELPERS = (TextEvent, ThinkingEvent, InputJsonEvent, SignatureEvent, CitationEvent)


def delta(index: int, **fields: Any) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": index, "delta": fields}


def block(index: int, **fields: Any) -> dict[str, Any]:
    return {"type": "content_block_start", "index": index, "content_block": fields}


EVERY = frames(
    START,
    block(0, type="thinking", thinking=""),
    delta(0, type="thinking_delta", thinking="Hm"),
    delta(0, type="thinking_delta", thinking="m."),
    delta(0, type="signature_delta", signature="c2ln"),
    block(1, type="text", text="So: "),
    text_event("Hel", 1),
    delta(1, type="citations_delta", citation={"cited_text": "a"}),
    text_event("lo", 1),
    delta(1, type="citations_delta", citation={"cited_text": "b"}),
    block(2, type="tool_use", id="t", name="f", input={}),
    delta(2, type="input_json_delta", partial_json=""),
    delta(2, type="input_json_delta", partial_json='{"city": "Pa'),
    delta(2, type="input_json_delta", partial_json='ris", "days": [1, 2'),
    delta(2, type="input_json_delta", partial_json="]}"),
    *ENDING,
)


def test_each_event_that_adds_something_is_followed_by_its_helper(server: LocalServer, connect: Connect) -> None:
    server.enqueue(EVERY)
    with connect().stream() as stream:
        events: list[Any] = list(stream)
    helpers = [event for event in events if isinstance(event, HELPERS)]
    assert [(event.type, event.snapshot) for event in helpers if event.type != "signature"] == [
        ("thinking", "Hm"),
        ("thinking", "Hmm."),
        ("text", "So: "),
        ("text", "So: Hel"),
        ("citation", [{"cited_text": "a"}]),
        ("text", "So: Hello"),
        ("citation", [{"cited_text": "a"}, {"cited_text": "b"}]),
        ("input_json", {}),
        ("input_json", {}),
        ("input_json", {"city": "Paris", "days": [1]}),
        ("input_json", {"city": "Paris", "days": [1, 2]}),
    ]
    assert [event.signature for event in helpers if event.type == "signature"] == ["c2ln"]
    assert "".join(event.text for event in helpers if event.type == "text") == "So: Hello"
    for place, event in enumerate(events):
        if isinstance(event, HELPERS):
            assert events[place - 1].type in ("content_block_start", "content_block_delta")


def test_a_raw_stream_has_no_helper_events(server: LocalServer, connect: Connect) -> None:
    server.enqueue(EVERY, repeat=2)
    raw = list(connect().create(stream=True))
    with connect().stream() as stream:
        assert [event for event in stream if not isinstance(event, HELPERS)] == raw
    assert not any(isinstance(event, HELPERS) for event in raw)


def test_the_ways_to_read_can_be_mixed(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, repeat=2)
    with connect().stream() as stream:
        seen: list[Any] = []
        for event in stream:
            seen.append(event.type)
            if event.type == "text":
                break
        assert seen == ["message_start", "content_block_delta", "text"]
        assert list(stream.text_stream) == ["lo"]
        assert stream.get_final_text() == "Hello"
    with connect().stream() as stream:
        assert list(stream.text_stream) == ["Hel", "lo"]
        assert list(stream) == []


def test_a_helper_event_that_was_not_asked_for_yet_comes_first_the_next_time(
    server: LocalServer, connect: Connect
) -> None:
    server.enqueue(WHOLE, repeat=3)
    with connect().stream() as stream:
        for event in stream:
            if event.type == "content_block_delta":
                break
        assert [event.type for event in stream][:2] == ["text", "content_block_delta"]
    with Baseten(api_key=KEY, base_url=server.url) as client:
        with client.messages.stream(**HELLO) as whole:
            assert [next(whole).type for _ in range(3)] == ["message_start", "content_block_delta", "text"]
            assert next(whole).type == "content_block_delta"
            assert [event.type for event in whole][:2] == ["text", "message_delta"]
        assert len(list(client.messages.stream(**HELLO).__enter__())) == 7


def test_a_cut_stream_raises_after_its_last_helper_event(server: LocalServer, connect: Connect) -> None:
    server.enqueue(BEGUN)
    seen: list[Any] = []
    with connect().stream() as stream, pytest.raises(IncompleteStreamError) as caught:
        seen.extend(stream)
    assert (seen[-1].type, seen[-1].snapshot) == ("text", "Hello")
    assert caught.value.partial_message is not None
    with pytest.raises(IncompleteStreamError):
        list(stream)


def test_a_helper_event_shows_what_it_adds(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE)
    with connect().stream() as stream:
        shown = [repr(event) for event in stream if isinstance(event, TextEvent)]
    assert shown == ["TextEvent(text='Hel', type='text')", "TextEvent(text='lo', type='text')"]


def test_halves_of_a_surrogate_pair_are_joined_in_the_snapshot(server: LocalServer, connect: Connect) -> None:
    server.enqueue(frames(START, text_event("\ud83d"), text_event("\ude00"), *ENDING))
    with connect().stream() as stream:
        helpers: list[Any] = [event for event in stream if isinstance(event, TextEvent)]
    assert helpers[-1].snapshot == "😀"


def test_the_current_message_has_a_second_name(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE)
    with connect().stream() as stream:
        stream.until_done()
        assert stream.raw.current_message_snapshot == stream.current_message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("{", {}),
        ('{"a', {}),
        ('{"a"', {}),
        ('{"a":', {}),
        ('{"a": 1', {}),
        ('{"a": 1,', {"a": 1}),
        ('{"a": "b', {}),
        ('{"a": "b"', {"a": "b"}),
        ('{"a": "b\\"', {}),
        ('{"a": [{"b": null}, tru', {"a": [{"b": None}]}),
        ('{"a": {"b": ["x", "y', {"a": {"b": ["x"]}}),
        ('{"a": "}]"', {"a": "}]"}),
        ("[1, 2]", [1, 2]),
        ("}", None),
        ('{"a": 1]', {}),
        ("[" * 5000, None),
        ("nonsense", None),
        ('"text"', "text"),
    ],
)
def test_the_beginning_of_json_is_read_as_far_as_it_is_complete(text: str, value: Any) -> None:
    if text == "[" * 5000:
        assert isinstance(parse_partial(text), list)
    else:
        assert parse_partial(text) == value


def test_reading_the_beginning_of_json_takes_linear_time() -> None:
    def seconds(keys: int) -> float:
        text = wire_json.encode({f"key {number}": "value" for number in range(keys)}).decode()
        started = time.process_time()
        assert len(parse_partial(text[:-1])) == keys
        return time.process_time() - started

    # Ten times the text took a hundred times as long when each string was looked for from the beginning.
    assert min(seconds(40_000) for _ in range(3)) < 40 * max(min(seconds(4_000) for _ in range(3)), 0.001)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _is_part(part: Any, whole: Any) -> bool:
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(key in whole and _is_part(value, whole[key]) for key, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(part) <= len(whole) and all(map(_is_part, part, whole))
    return bool(part == whole)


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4), st.data())
def test_any_beginning_of_any_object_holds_only_what_the_object_holds(
    whole: dict[str, Any], data: st.DataObject
) -> None:
    text = wire_json.encode(whole).decode()
    cut = data.draw(st.integers(0, len(text)))
    part = parse_partial(text[:cut])
    assert part is None or _is_part(part, whole)
    assert parse_partial(text) == whole
