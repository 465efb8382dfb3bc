"""Limits of time: the read timeout, `idle_timeout` and `deadline`."""

from __future__ import annotations

import time
from typing import Any

import pytest

from baseten_messages_client import (
    APITimeoutError,
    StreamTimeoutError,
)
from baseten_messages_client.testing import LocalServer

from .support import (
    BEGUN,
    ENDING,
    FOREVER,
    PING,
    START,
    WHOLE,
    Connect,
    frames,
    text_event,
)


def test_a_read_timeout_keeps_the_text_that_arrived(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    with connect().stream(timeout=0.2) as stream, pytest.raises(StreamTimeoutError, match="timeout") as caught:
        stream.until_done()
    assert caught.value.partial_message is not None
    assert caught.value.partial_message.text == "Hello"


def test_a_read_timeout_before_the_first_event_is_a_timeout_of_the_request(
    server: LocalServer, connect: Connect
) -> None:
    server.enqueue(WHOLE, chunks=[5], pause=FOREVER)
    with pytest.raises(APITimeoutError, match="did not begin in time"), connect().stream(timeout=0.2):
        pass


TIMES = ["idle_timeout", "deadline"]


@pytest.mark.parametrize(
    "silence",
    [
        pytest.param({"reply": WHOLE, "chunks": [len(BEGUN)], "pause": FOREVER}, id="silence"),
        pytest.param({"reply": [START, text_event("Hello"), *[PING] * 2000, *ENDING], "pause": 0.02}, id="pings"),
        pytest.param(
            {"reply": BEGUN + b": \n\n" * 2000, "chunks": [len(BEGUN)] + [4] * 2000, "pause": 0.02}, id="comments"
        ),
    ],
)
@pytest.mark.parametrize("limit", TIMES)
def test_a_stalled_stream_ends_at_its_limit_with_what_arrived(
    server: LocalServer, connect: Connect, silence: dict[str, Any], limit: str
) -> None:
    server.enqueue(**silence)
    started = time.monotonic()
    with connect().stream(**{limit: 0.3}) as stream, pytest.raises(StreamTimeoutError, match=limit) as caught:
        stream.until_done()
    assert 0.25 < time.monotonic() - started < 5
    assert caught.value.partial_message is not None
    assert caught.value.partial_message.text == "Hello"
    assert server.wait_until(lambda: server.disconnects == 1)
    with pytest.raises(StreamTimeoutError):
        stream.get_final_message()


def test_the_deadline_ends_a_stream_that_is_not_idle(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, *[text_event("a")] * 2000, *ENDING], pause=0.02)
    with connect().stream(idle_timeout=5, deadline=0.3) as stream, pytest.raises(StreamTimeoutError, match="deadline"):
        stream.until_done()
    assert set(stream.current_message.text) == {"a"}


def test_events_keep_a_stream_from_being_idle(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, *[text_event("a")] * 20, *ENDING], pause=0.03)
    with connect().stream(idle_timeout=0.4, deadline=30) as stream:
        assert stream.get_final_text() == "a" * 20


@pytest.mark.parametrize("limit", TIMES)
def test_limits_hold_before_the_first_event_and_end_without_a_retry(
    server: LocalServer, connect: Connect, limit: str
) -> None:
    server.enqueue(WHOLE, delay=FOREVER)
    server.enqueue(frames(*[PING] * 1000) + WHOLE, chunk_size=len(frames(PING)), pause=0.02)
    connection = connect(max_retries=2)
    for number in (1, 2):
        with pytest.raises(StreamTimeoutError, match=limit), connection.stream(**{limit: 0.3}):
            pass
        assert len(server.requests) == number  # The caller did not ask to wait as long again.


def test_a_slow_consumer_is_not_idle(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, text_event("Hel"), text_event("lo"), *ENDING])
    with connect().stream(idle_timeout=0.15) as stream:
        for event in stream:
            if event.type == "content_block_delta":
                time.sleep(0.25)
        assert stream.get_final_text() == "Hello"


@pytest.mark.parametrize("seconds", [1e9, 1e300, float("inf"), 10**400])
def test_a_limit_may_be_of_any_length(server: LocalServer, connect: Connect, seconds: float) -> None:
    server.enqueue(WHOLE)
    with connect(timeout=None).stream(idle_timeout=seconds, deadline=seconds) as stream:
        assert stream.get_final_text() == "Hello"


def test_nothing_is_sent_once_the_deadline_has_passed(server: LocalServer, connect: Connect) -> None:
    with pytest.raises(StreamTimeoutError, match="longer than its deadline"), connect().stream(deadline=1e-9):
        pass
    assert server.requests == []
