"""Reading one response to its end: what arrives after `message_stop`, and how a lost connection is reported."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx
import pytest

from baseten_messages_client import (
    IncompleteStreamError,
    StreamError,
)
from baseten_messages_client.testing import LocalServer

from .support import (
    BEGUN,
    ENDING,
    FOREVER,
    PING,
    WHOLE,
    Connect,
    error_event,
    frames,
)


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": FOREVER}], ids=["no limit", "limit"])
@pytest.mark.parametrize(
    "fault",
    [
        {"disconnect_at": len(BEGUN)},
        {"disconnect_at": len(BEGUN) + 5},
        {"disconnect_at": len(BEGUN), "reset": True},
        {"headers": {"content-length": "100000"}},
        {"reply": BEGUN},
        {"reply": BEGUN, "headers": {"transfer-encoding": "chunked"}},
    ],
    ids=["closed", "closed within a frame", "reset", "too short", "ended in order", "no chunks"],
)
def test_a_lost_connection_is_an_incomplete_stream(
    library: Any, server: LocalServer, connect: Connect, fault: dict[str, Any], limits: dict[str, float]
) -> None:
    if library.__name__ == "aiohttp" and "transfer-encoding" in fault.get("headers", {}):
        pytest.skip("aiohttp goes on waiting after a malformed chunk, until a timeout")
    server.enqueue(**{"reply": BEGUN if "headers" in fault else WHOLE, **fault})
    broken = fault.get("headers", {}).get("transfer-encoding")
    with pytest.raises(IncompleteStreamError) as caught, connect().stream(**limits) as stream:
        stream.until_done()
    error = caught.value
    assert error.partial_message is not None or broken
    if error.partial_message is not None and not fault.get("reset"):
        # A reset may overtake the bytes sent before it.
        assert error.partial_message.text == "Hello"
    assert not isinstance(error, (httpx.HTTPError, OSError))
    assert len(server.requests) == 1
    if not broken:
        for consume in (stream.get_final_message, stream.get_final_text, stream.until_done, lambda: list(stream)):
            with pytest.raises(IncompleteStreamError):
                consume()


def test_events_after_message_stop_count(server: LocalServer, connect: Connect) -> None:
    stopped = BEGUN + frames(ENDING[1])
    server.enqueue(stopped + frames(PING, ENDING[0]), chunks=[len(stopped)], pause=0.05)
    server.enqueue(WHOLE.rstrip(b"\n"))
    connection = connect()
    with connection.stream() as stream:
        assert [event.type for event in stream][-3:] == ["message_stop", "ping", "message_delta"]
        assert stream.get_final_message().stop_reason == "end_turn"
    with connection.stream() as stream:
        assert [event.type for event in stream][-1] == "message_stop"
        assert stream.get_final_text() == "Hello"


def test_a_connection_lost_after_the_end_does_not_matter(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE + b": bye\n\n", disconnect_at=len(WHOLE), reset=True)
    server.enqueue(WHOLE + b": bye\n\n", disconnect_at=len(WHOLE) + 3)
    connection = connect()
    # A reset may overtake the bytes sent before it.
    with suppress(IncompleteStreamError), connection.stream() as stream:
        assert stream.get_final_text() == "Hello"
    with connection.stream() as stream:
        assert stream.get_final_text() == "Hello"


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": FOREVER}])
@pytest.mark.parametrize(
    "fault", [{"disconnect_at": len(BEGUN + frames(ENDING[1]))}, {"chunks": [len(BEGUN + frames(ENDING[1]))]}]
)
def test_message_stop_alone_does_not_complete_a_message(
    server: LocalServer, connect: Connect, fault: dict[str, Any], limits: dict[str, float]
) -> None:
    server.enqueue(BEGUN + frames(ENDING[1]) + b": bye\n\n", **fault, pause=FOREVER)
    with connect().stream(**limits) as stream, pytest.raises(IncompleteStreamError):
        stream.get_final_message()


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": FOREVER}])
def test_an_error_after_the_end_counts(server: LocalServer, connect: Connect, limits: dict[str, float]) -> None:
    server.enqueue(WHOLE + frames(error_event()), chunks=[len(WHOLE)], pause=0.05)
    with connect().stream(**limits) as stream, pytest.raises(StreamError, match="boom"):
        stream.get_final_message()
