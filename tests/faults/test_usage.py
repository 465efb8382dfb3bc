"""What a message counts: whole numbers however a server writes them, and nothing from events of unknown types."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, Message, tool
from baseten_messages_client.models import UnknownEvent
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, message_json
from .calls import CALLS, call

COUNTERS = ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
START: dict[str, Any] = {"type": "message_start", "message": {"id": "m", "model": "m", "content": []}}
TEXT: dict[str, Any] = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi."}}
DELTA: dict[str, Any] = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}}
STOP: dict[str, Any] = {"type": "message_stop"}


def counted(message: Message) -> dict[str, Any]:
    """Return the counters that were sent, as they read."""
    return {name: getattr(message.usage, name) for name in COUNTERS if message.usage.to_dict().get(name) is not None}


# --- Numbers ---


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    ("sent", "expected"),
    [("12", 12), ("0", 0), (12, 12), ("123456789012", 123456789012)],
    ids=repr,
)
def test_token_counts_are_integers(server: LocalServer, mode: str, name: str, sent: Any, expected: int) -> None:
    usage = dict.fromkeys(COUNTERS, sent)
    server.enqueue(message_json(usage=usage))
    message = call(mode, name, base_url=server.url)
    for counter in COUNTERS:
        value = getattr(message.usage, counter)
        assert (type(value), value) == (int, expected), counter


@pytest.mark.parametrize("place", ["message", "event", "message_delta", "message_stop"])
def test_token_counts_are_integers_wherever_they_are_in_a_stream(server: LocalServer, mode: str, place: str) -> None:
    usage = {"usage": {"input_tokens": "5", "output_tokens": "7"}}
    start = {"type": "message_start", "message": {**START["message"], **(usage if place == "message" else {})}}
    events = [
        start | (usage if place == "event" else {}),
        TEXT,
        DELTA | (usage if place == "message_delta" else {}),
        STOP | (usage if place == "message_stop" else {}),
    ]
    server.enqueue(events)
    message = call(mode, "stream", base_url=server.url)
    assert (message.usage.input_tokens, message.usage.output_tokens) == (5, 7)
    assert type(message.usage.input_tokens) is int


@tool
def look() -> str:
    """Look."""
    return "seen"


@pytest.mark.parametrize("stream", [False, True])
def test_a_runner_sums_token_counts_that_are_strings(server: LocalServer, mode: str, stream: bool) -> None:
    calling = {"content": [{"type": "tool_use", "id": "t", "name": "look", "input": {}}]}
    server.enqueue({**calling, "usage": {"input_tokens": "10", "output_tokens": "1", "cache_read_input_tokens": "3"}})
    server.enqueue({**calling, "usage": {"input_tokens": 20, "output_tokens": "2", "cache_read_input_tokens": None}})
    server.enqueue({"content": "Done.", "usage": {"input_tokens": "30", "output_tokens": 4}})
    usage = run_tools(mode, server.url, stream=stream).usage
    for counter, total in {"input_tokens": 60, "output_tokens": 7, "cache_read_input_tokens": 3}.items():
        assert (type(getattr(usage, counter)), getattr(usage, counter)) == (int, total), counter


def run_tools(mode: str, url: str, *, stream: bool) -> Any:
    arguments: dict[str, Any] = {**HELLO, "tools": [look], "stream": stream}
    if mode == "sync":
        with Baseten(api_key=KEY, base_url=url) as client:
            runner = client.messages.tool_runner(**arguments)
            runner.until_done()
            return runner

    async def main() -> Any:
        async with AsyncBaseten(api_key=KEY, base_url=url) as client:
            runner = client.messages.tool_runner(**arguments)
            await runner.until_done()
            return runner

    return asyncio.run(main())


# --- Events of unknown types ---

UNKNOWN_EVENTS: dict[str, dict[str, Any]] = {
    "usage": {"usage": {"input_tokens": 999, "output_tokens": 999, "novel_tokens": 999}},
    "message": {
        "message": {"content": [{"type": "text", "text": "SPOOF"}], "stop_reason": "refusal", "model": "other"}
    },
    "usage in a message": {"message": {"usage": {"output_tokens": 999}}},
    "delta": {"index": 0, "delta": {"type": "text_delta", "text": "SPOOF"}},
    "message delta": {"delta": {"stop_reason": "refusal"}, "usage": {"output_tokens": 999}},
    "block": {"index": 1, "content_block": {"type": "text", "text": "SPOOF"}},
    "other fields": {"baseten": {"spoof": True}, "id": "other", "stop_reason": "refusal", "content": ["SPOOF"]},
}


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("case", UNKNOWN_EVENTS)
def test_an_event_of_an_unknown_type_adds_nothing_to_the_message(
    server: LocalServer, mode: str, case: str, at: int
) -> None:
    usual = [START | {"usage": {"input_tokens": 3}}, TEXT, DELTA | {"usage": {"output_tokens": 5}}, STOP]
    server.enqueue(usual)
    novel = {"type": "novel_event", **UNKNOWN_EVENTS[case]}
    server.enqueue([*usual[:at], novel, *usual[at:]])
    expected = call(mode, "stream", base_url=server.url)
    assert (expected.text, expected.usage.output_tokens) == ("Hi.", 5)
    assert call(mode, "stream", base_url=server.url).to_dict() == expected.to_dict()


@pytest.mark.parametrize("case", UNKNOWN_EVENTS)
def test_the_data_of_an_event_of_an_unknown_type_stays_readable_on_it(
    server: LocalServer, mode: str, case: str
) -> None:
    novel = {"type": "novel_event", **UNKNOWN_EVENTS[case]}
    server.enqueue([START, novel, TEXT, DELTA, STOP])
    unknown = [event for event in events_of(mode, server.url) if isinstance(event, UnknownEvent)]
    assert [event.to_dict() for event in unknown] == [novel]
    assert str(unknown[0].type) == "novel_event"


def test_the_name_of_a_frame_is_the_type_of_an_event_without_one(server: LocalServer, mode: str) -> None:
    frames = [START, TEXT, UNKNOWN_EVENTS["usage"] | {"delta": {"stop_reason": "refusal"}}, DELTA, STOP]
    body = b"".join(
        f"event: {event.get('type', 'novel_event')}\ndata: {json.dumps(event)}\n\n".encode() for event in frames
    )
    server.enqueue(body, stream=True, repeat=2)
    message = call(mode, "stream", base_url=server.url)
    assert (message.text, message.stop_reason, counted(message)) == ("Hi.", "end_turn", {})
    types = ["message_start", "content_block_delta", "text", "novel_event", "message_delta", "message_stop"]
    assert [event.type for event in events_of(mode, server.url)] == types


def events_of(mode: str, url: str) -> list[Any]:
    if mode == "sync":
        with Baseten(api_key=KEY, base_url=url) as client, client.messages.stream(**HELLO) as stream:
            return list(stream)

    async def main() -> list[Any]:
        async with AsyncBaseten(api_key=KEY, base_url=url) as client, client.messages.stream(**HELLO) as stream:
            return [event async for event in stream]

    return asyncio.run(main())
