"""The events that stream a message."""

import json
from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import LocalServer
from baseten_messages_client.testing._events import message_events

from ..support import WIRE
from .support import HELLO, PATH, WEATHER, connect, events


def test_a_stream_holds_the_same_message_as_a_whole_reply() -> None:
    body = {**HELLO, "thinking": {"type": "enabled"}, "tools": [WEATHER]}
    with LocalServer() as server, connect(server) as client:
        whole = client.post(PATH, json={**body, "stream": False}).json()
        response = client.post(PATH, json={**body, "stream": True})
    assert response.headers["content-type"] == "text/event-stream"
    assert response.headers["transfer-encoding"] == "chunked"
    stream = events(response.text)
    deltas = [event["delta"] for event in stream if event["type"] == "content_block_delta"]

    assert stream[0]["message"]["content"] == []
    assert stream[0]["message"]["stop_reason"] is None
    assert set(stream[0]["message"]["usage"].values()) == {0}
    assert stream[-2] == {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": whole["usage"]}
    assert stream[-1] == {"type": "message_stop"}
    thinking, text, call = whole["content"]
    assert "".join(delta.get("thinking", "") for delta in deltas) == thinking["thinking"]
    assert "".join(delta.get("text", "") for delta in deltas) == text["text"]
    pieces = [delta["partial_json"] for delta in deltas if delta["type"] == "input_json_delta"]
    assert pieces[0] == ""
    assert json.loads("".join(pieces)) == call["input"]
    assert {"type": "signature_delta", "signature": "erased"} in deltas
    assert [event["index"] for event in stream if event["type"] == "content_block_start"] == [0, 1, 2]


@pytest.mark.parametrize("name", ["baseten-text", "baseten-tool"])
def test_events_have_the_fields_of_the_real_service(client: httpx.Client, name: str) -> None:
    def fields(stream: list[dict[str, Any]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for event in stream:
            for part in (event, *(value for value in event.values() if isinstance(value, dict))):
                found.setdefault(f"{event['type']}/{part.get('type')}", set()).update(part)
        return found

    real = fields(events((WIRE / f"{name}.sse").read_text(encoding="utf-8")))
    body = {**HELLO, "stream": True, "thinking": {"type": "enabled"}}
    ours = fields(events(client.post(PATH, json={**body, "tools": [WEATHER]} if "tool" in name else body).text))
    real["message_delta/None"].discard("cache_read_input_tokens")  # Only sent when the cache was hit.
    assert ours == real


def test_streams_carry_unknown_blocks_raw_inputs_and_extras(server: LocalServer, client: httpx.Client) -> None:
    blocks = [{"type": "fancy", "data": 1}, {"type": "tool_use", "id": "t", "name": "f", "input": '{"cut'}]
    message = {"content": blocks, "extra": 7, "baseten": {"a": 1}, "stop_reason": "stop_sequence"}
    server.enqueue({**message, "stop_sequence": "END"}, stream=True)
    stream = events(client.post(PATH, json=HELLO).text)
    assert stream[0]["message"]["extra"] == 7
    assert "baseten" not in stream[0]["message"]
    assert stream[1]["content_block"] == blocks[0]
    assert "".join(e["delta"]["partial_json"] for e in stream if e["type"] == "content_block_delta") == '{"cut'
    assert stream[-2]["delta"] == {"stop_reason": "stop_sequence", "stop_sequence": "END"}
    assert stream[-2]["baseten"] == {"a": 1}


def test_an_empty_text_streams_without_deltas() -> None:
    message = {"content": [{"type": "text", "text": None}], "stop_reason": "end_turn", "usage": {}}
    event_types = [event["type"] for event in message_events(message)]
    assert event_types == [
        "message_start",
        "content_block_start",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
