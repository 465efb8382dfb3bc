"""What grows with the size of an answer grows in proportion to it; what is half built can still be shown."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, ConfigurationError, Message
from baseten_messages_client.streaming import AsyncMessageStream

from ..support import HELLO, KEY, message_json
from .socket_server import SocketServer, response

pytestmark = pytest.mark.usefixtures("library")

# --- tool_calls ---

MOST_SECONDS = 0.1
"""For what takes about two hundredths of a second in proportion, and most of a second when it is quadratic."""


def message_of(calls: int, results: int) -> Message:
    content: list[dict[str, Any]] = [
        {"type": "tool_use", "id": f"toolu_{number}", "name": "look", "input": {}} for number in range(calls)
    ]
    content += [
        {"type": "tool_result", "tool_use_id": f"toolu_{number}", "content": "seen"} for number in range(results)
    ]
    return Message.from_dict(message_json(content=content))


def seconds(function: Callable[[], Any]) -> float:
    """Return how long a call takes when nothing disturbs it."""

    def once() -> float:
        started = time.perf_counter()
        function()
        return time.perf_counter() - started

    return min(once() for _ in range(3))


@pytest.mark.parametrize("results", [8000, 7999, 4000, 0])
def test_eight_thousand_calls_are_listed_quickly(results: int) -> None:
    message = message_of(8000, results)
    assert len(message.tool_calls) == 8000 - results
    assert seconds(lambda: message.tool_calls) < MOST_SECONDS


def test_ids_that_are_no_strings_do_not_disturb_the_list_of_calls() -> None:
    answered: list[Any] = [[], {}, "text", None]
    ids: list[Any] = [None, 5, [], {}, ["a"], "text", True]
    content: list[dict[str, Any]] = [{"type": "tool_use", "id": id, "name": "look", "input": {}} for id in ids]  # noqa: A001
    content += [{"type": "tool_result", "tool_use_id": id, "content": ""} for id in answered]  # noqa: A001
    message = Message.from_dict(message_json(content=content))
    waiting: list[Any] = [call.id for call in message.tool_calls]
    assert 5 in waiting
    assert ["a"] in waiting
    assert "text" not in waiting


# --- Pings before a stream's start ---

PING = b"event: ping\ndata: {}\n\n"
REST = (
    b'event: message_start\ndata: {"type": "message_start", "message": {"id": "m", "content": []}}\n\n'
    b'event: message_delta\ndata: {"type": "message_delta", "delta": {"stop_reason": "end_turn"}}\n\n'
    b'event: message_stop\ndata: {"type": "message_stop"}\n\n'
)


async def seconds_for_pings(count: int) -> float:
    """Return how long it takes to iterate the events of an open stream that began with pings."""
    with SocketServer(response(PING * count + REST, content_type="text/event-stream")) as server:
        async with (
            AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client,
            client.messages.stream(**HELLO) as stream,
        ):
            return await seconds_to_end(stream)


async def seconds_to_end(stream: AsyncMessageStream) -> float:
    started = time.perf_counter()
    async for _ in stream:
        pass
    return time.perf_counter() - started


def test_pings_before_an_async_stream_begins_take_time_in_proportion() -> None:
    few, many = 20_000, 160_000
    for_few = min(asyncio.run(seconds_for_pings(few)) for _ in range(2))
    for_many = min(asyncio.run(seconds_for_pings(many)) for _ in range(2))
    assert for_many < 3 * for_few * many / few


# --- Half-built clients ---


@pytest.mark.parametrize("make", [Baseten, AsyncBaseten])
def test_a_client_that_could_not_be_built_can_be_shown(make: type[Baseten | AsyncBaseten]) -> None:
    assert make.__name__ in repr(make.__new__(make))


@pytest.mark.parametrize("make", [Baseten, AsyncBaseten])
@pytest.mark.parametrize("options", [{"api_key": " "}, {"base_url": "ftp://x"}, {"http_client": 5}], ids=str)
def test_a_report_with_local_variables_shows_the_client_that_could_not_be_built(
    make: type[Baseten | AsyncBaseten], options: dict[str, Any]
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        make(**{"api_key": KEY, **options})
    report = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    shown = [line.strip() for line in report.splitlines() if line.strip().startswith("self = ")]
    assert any(make.__name__ in line for line in shown)
    assert not any("repr() failed" in line or "exception str() failed" in line for line in shown)
