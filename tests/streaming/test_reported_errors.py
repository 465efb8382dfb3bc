"""Errors that the service reports in a stream: each is a `StreamError` and has the class of its kind."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from baseten_messages_client import APIStatusError, Message, StreamError, errors
from baseten_messages_client._streaming.reported_errors import _BY_STATUS
from baseten_messages_client.testing import LocalServer

from .support import FOREVER, START, Connect, error_event, frame, frames


def begun(event: dict[str, Any]) -> bytes:
    """Return a stream that begins, and then reports an error."""
    return frames(START) + frame(event, "error").encode()


@pytest.mark.parametrize(
    ("event", "error_class", "status"),
    [
        (error_event("invalid_request_error"), errors.BadRequestError, 400),
        (error_event("authentication_error"), errors.AuthenticationError, 401),
        (error_event("billing_error"), errors.PaymentRequiredError, 402),
        (error_event("permission_error"), errors.PermissionDeniedError, 403),
        (error_event("not_found_error"), errors.NotFoundError, 404),
        (error_event("request_too_large"), errors.RequestTooLargeError, 413),
        (error_event("rate_limit_error"), errors.RateLimitError, 429),
        (error_event("api_error"), errors.InternalServerError, 500),
        (error_event("server_error"), errors.InternalServerError, 500),
        (error_event("timeout_error"), errors.GatewayTimeoutError, 504),
        (error_event("overloaded_error"), errors.OverloadedError, 529),
        ({"error": {"code": 429, "message": "m", "type": "Too Many Requests"}}, errors.RateLimitError, 429),
        ({"code": 500, "message": "m", "type": "server_error"}, errors.InternalServerError, 500),
        ({"error": {"code": 503, "message": "m"}}, errors.ServiceUnavailableError, 503),
        ({"error": {"code": 418, "message": "m"}}, APIStatusError, 418),
        ({"error": {"code": 502, "message": "m"}}, errors.InternalServerError, 502),
    ],
    ids=lambda value: None if isinstance(value, dict) else getattr(value, "__name__", str(value)),
)
def test_a_reported_error_is_caught_as_a_stream_error_and_as_its_kind(
    server: LocalServer, connect: Connect, event: dict[str, Any], error_class: type[APIStatusError], status: int
) -> None:
    server.enqueue(begun(event))
    with pytest.raises(error_class) as caught, connect().stream() as stream:
        stream.until_done()
    error = caught.value
    assert isinstance(error, StreamError)
    assert isinstance(error.partial_message, Message)
    assert error.status_code == status
    assert error.response.status_code == 200
    assert error.headers is not None
    assert error.headers["content-type"].startswith("text/event-stream")
    assert error.request.method == "POST"
    assert "authorization" not in error.request.headers
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.status_code, copy.error_type) == (type(error), status, error.error_type)


@pytest.mark.parametrize("event", [error_event("who_knows"), {"error": "boom"}, {"error": {"code": "429"}}])
def test_an_error_of_no_known_kind_is_a_stream_error_alone(
    server: LocalServer, connect: Connect, event: dict[str, Any]
) -> None:
    server.enqueue(begun(event))
    with pytest.raises(StreamError) as caught, connect().stream() as stream:
        stream.until_done()
    assert type(caught.value) is StreamError


def test_every_status_with_a_class_has_one_for_streams() -> None:
    assert _BY_STATUS.keys() == errors.STATUS_ERRORS.keys()
    for status, error_class in errors.STATUS_ERRORS.items():
        assert issubclass(_BY_STATUS[status], error_class)


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    ("code", "attempts"), [(400, 1), (401, 1), (402, 1), (403, 1), (404, 1), (422, 1), (429, 2), (500, 2), (503, 2)]
)
def test_a_status_in_the_first_event_decides_whether_the_stream_is_tried_again(
    server: LocalServer, connect: Connect, code: int, attempts: int
) -> None:
    event = {"error": {"code": code, "message": "m", "type": "Some Words"}}
    server.enqueue(frame(event, "error").encode(), repeat=2)
    with pytest.raises(APIStatusError) as caught, connect(max_retries=1).stream():
        pass
    assert (caught.value.status_code, len(server.requests)) == (code, attempts)


def test_a_wait_that_a_stream_reports_is_kept(server: LocalServer, connect: Connect) -> None:
    event = {"type": "error", "error": {"type": "rate_limit_error", "message": "m", "retry_after": 7}}
    server.enqueue(frames(START, event))
    with pytest.raises(errors.RateLimitError) as caught, connect().stream() as stream:
        stream.until_done()
    assert caught.value.retry_after == 7


def test_a_cut_stream_is_caught_as_a_connection_error(server: LocalServer, connect: Connect) -> None:
    server.enqueue(frames(START))
    with pytest.raises(errors.APIConnectionError) as caught, connect().stream() as stream:
        stream.until_done()
    assert isinstance(caught.value, errors.IncompleteStreamError)
    assert caught.value.response.status_code == 200
    assert caught.value.request.url.path == "/v1/messages"


def test_a_stalled_stream_is_caught_as_a_timeout(server: LocalServer, connect: Connect) -> None:
    server.enqueue(frames(START, {"type": "ping"}), chunks=[len(frames(START))], pause=FOREVER)
    with pytest.raises(errors.APITimeoutError) as caught, connect().stream(idle_timeout=0.05) as stream:
        stream.until_done()
    assert isinstance(caught.value, errors.StreamTimeoutError)
    assert caught.value.request.url.path == "/v1/messages"
