"""`messages.create` over real sockets, with both clients."""

from __future__ import annotations

from typing import Any

import pytest

from baseten_messages_client import models
from baseten_messages_client.testing import LocalServer

from .conftest import Create
from .support import HELLO, MODEL, message_json


def test_a_message_comes_back_typed(create: Create, server: LocalServer) -> None:
    message = create()
    assert isinstance(message.content[0], models.TextBlock)
    assert message.text == message.content[0].text
    assert "Hello!" in message.text
    assert message.stop_reason == "end_turn"
    assert message.request_id
    assert server.requests[0].json == HELLO


def test_a_whole_request_may_be_a_model(create: Create, server: LocalServer) -> None:
    request = models.MessagesRequest(
        model=MODEL, max_tokens=5, messages=[models.InputMessage(role="user", content="Hi")]
    )
    assert create({}, request).stop_reason == "max_tokens"
    assert server.requests[0].json == {"model": MODEL, "max_tokens": 5, "messages": [{"role": "user", "content": "Hi"}]}


UNKNOWN_BLOCKS = [
    {"type": "redacted_thinking", "data": "abc", "more": {"a": [1.5, None]}},
    {"type": "text", "text": "Hi.", "citations": [{"url": "https://example.com", "title": "é\u2028"}]},
    {"type": "thinking", "thinking": "Hm.", "signature": "erased"},
    {"type": "tool_use", "id": "t1", "name": "f", "input": {"big": 10**30}, "caller": {"type": "direct"}},
]


def test_content_unknown_to_the_schema_survives_a_round_trip(create: Create, server: LocalServer) -> None:
    server.enqueue(message_json(content=UNKNOWN_BLOCKS, stop_reason="pause_turn", unpublished_fact={"id": "c"}))
    first = create()
    assert first.stop_reason == "pause_turn"
    assert first.additional_properties["unpublished_fact"] == {"id": "c"}
    server.enqueue("ok", check=False)  # The local server refuses a last turn of the assistant.
    create(messages=[*HELLO["messages"], first.to_param()])
    assert server.requests[1].json is not None
    assert server.requests[1].json["messages"][1] == {"role": "assistant", "content": UNKNOWN_BLOCKS}


@pytest.mark.parametrize("limit", ["idle_timeout", "deadline"])
def test_the_limits_of_streams_need_a_stream(create: Create, server: LocalServer, limit: str) -> None:
    with pytest.raises(TypeError, match=r"idle_timeout and deadline work only with streams.*stream=True"):
        create(**{limit: 5})
    assert not server.requests


@pytest.mark.parametrize("stream", ["yes", 1, None])
def test_stream_must_be_a_boolean(create: Create, server: LocalServer, stream: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="stream"):
        create(stream=stream)
    assert not server.requests


@pytest.mark.parametrize(
    "arguments",
    [
        {"max_tokens": None},
        {"messages": "Hi"},
        {"nonsense": 1},
        {"top_p": object()},
        {"system": 5},
        {"temperature": "hot"},
        {"tools": "all"},
        {"tool_choice": "auto"},
        {"stop_sequences": "END"},
        {"thinking": True},
        {"metadata": 5},
        {"messages": [{"role": "system", "content": "x"}]},
        {"messages": [{"role": "user", "content": None}]},
    ],
)
def test_an_impossible_argument_is_refused_before_anything_is_sent(
    create: Create, server: LocalServer, arguments: dict[str, Any]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        create(**arguments)
    assert not server.requests
