"""Opening a stream again: only until its first event, and only within its deadline."""

from __future__ import annotations

from typing import Any

import pytest

from baseten_messages_client import (
    APIConnectionError,
    BasetenError,
    InternalServerError,
    RateLimitError,
    StreamError,
)
from baseten_messages_client.testing import LocalServer

from .support import (
    BEGUN,
    PING,
    START,
    WHOLE,
    Connect,
    error_event,
    frames,
)


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param({"reply": frames(error_event())}, id="error first"),
        pytest.param({"reply": frames(PING, error_event())}, id="ping, then error"),
        pytest.param({"reply": frames(error_event("who_knows"))}, id="unknown error type"),
        pytest.param({"reply": b"event: error\n\n"}, id="error without details"),
        pytest.param({"reply": error_event()}, id="error as JSON"),
        pytest.param({"reply": frames(PING)}, id="nothing but a ping"),
        pytest.param({"reply": b"", "stream": True}, id="nothing"),
        pytest.param({"drop": True}, id="dropped"),
        pytest.param({"drop": "reset"}, id="reset"),
        pytest.param({"reply": WHOLE, "disconnect_at": 30}, id="cut within the first event"),
        pytest.param({"status": 529}, id="status 529"),
    ],
)
def test_a_stream_that_did_not_begin_is_tried_again(
    server: LocalServer, connect: Connect, failure: dict[str, Any]
) -> None:
    server.enqueue(**failure, repeat=2)
    server.enqueue(WHOLE)
    with connect(max_retries=2).stream() as stream:
        assert stream.get_final_text() == "Hello"
    assert len(server.requests) == 3

    server.enqueue(**failure, repeat=3)
    with pytest.raises(BasetenError) as caught:
        connect(max_retries=2).create(stream=True)
    assert len(server.requests) == 6
    assert isinstance(caught.value, (StreamError, APIConnectionError, InternalServerError))


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    "error_type",
    ["authentication_error", "billing_error", "invalid_request_error", "not_found_error", "permission_error"],
)
def test_a_refusal_within_a_stream_is_not_tried_again(server: LocalServer, connect: Connect, error_type: str) -> None:
    server.enqueue(frames(PING, error_event(error_type)))
    with pytest.raises(StreamError) as caught, connect(max_retries=2).stream():
        pass
    assert (caught.value.error_type, len(server.requests)) == (error_type, 1)


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    "failure",
    [
        {"reply": frames(START, error_event())},
        {"reply": frames(START)},
        {"reply": WHOLE, "disconnect_at": len(BEGUN)},
        {"reply": frames({"type": "novel"}, error_event())},
    ],
)
def test_a_stream_that_began_is_never_tried_again(
    server: LocalServer, connect: Connect, failure: dict[str, Any]
) -> None:
    server.enqueue(**failure)
    with pytest.raises(StreamError), connect(max_retries=2).stream() as stream:
        stream.until_done()
    assert len(server.requests) == 1


def test_a_retry_that_would_outlast_the_deadline_is_not_made(server: LocalServer, connect: Connect) -> None:
    server.enqueue(status=429, headers={"retry-after": "30"})
    with pytest.raises(RateLimitError), connect(max_retries=2).stream(deadline=5):
        pass
    assert len(server.requests) == 1


@pytest.mark.usefixtures("quick_retries")
def test_a_retry_that_fits_into_the_deadline_is_made(server: LocalServer, connect: Connect) -> None:
    server.enqueue(status=503)
    server.enqueue(WHOLE)
    with connect(max_retries=2).stream(deadline=5) as stream:
        assert stream.get_final_text() == "Hello"
    assert len(server.requests) == 2
