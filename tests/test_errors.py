"""The exceptions themselves: they can be pickled, and never hold the key."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest

from baseten_messages_client import RateLimitError, errors
from baseten_messages_client.testing import LocalServer

from .conftest import Create
from .support import KEY


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_can_be_pickled(name: str) -> None:
    error = getattr(errors, name)("what happened")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == "what happened"


def test_a_status_error_keeps_its_facts_when_pickled(create: Create, server: LocalServer) -> None:
    server.enqueue({"error": {"type": "t", "message": "m"}}, status=429, headers={"retry-after": "3"})
    with pytest.raises(errors.RateLimitError) as caught:
        create({"max_retries": 0})
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is errors.RateLimitError
    assert (copy.status_code, copy.error_type, copy.retry_after) == (429, "t", 3.0)
    assert copy.body == {"error": {"type": "t", "message": "m"}}
    assert str(copy) == str(caught.value)


@pytest.mark.parametrize(
    "reply",
    [
        {"reply": {"error": f"bad key {KEY}"}},
        {"reply": {"error": f"bad key {KEY}"}, "status": 403},
        {"reply": ('{"error": "bad key ' + "".join(f"\\\\u{ord(c):04x}" for c in KEY) + '"}').encode(), "status": 401},
        {"status": 500, "headers": {"x-request-id": KEY}},
        {"status": 307, "headers": {"location": f"https://example.com/{KEY}"}},
        {"drop": True},
    ],
)
def test_an_error_does_not_hold_the_key(create: Create, server: LocalServer, reply: dict[str, Any]) -> None:
    server.enqueue(**reply)
    with pytest.raises(errors.BasetenError) as caught:
        create({"max_retries": 0})
    error = caught.value
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in f"{error} {error!r} {vars(error)}"
    shown = {name: value for name, value in vars(error).items() if name != "response"}
    assert KEY.encode() not in pickle.dumps(shown)
    request = error.__cause__.request if isinstance(error.__cause__, httpx.RequestError) else None
    response = getattr(error, "response", None)
    for holder in (request, response.request if response is not None else None):
        assert holder is None or KEY not in str(dict(holder.headers))


def test_an_error_that_was_made_without_a_response_says_so() -> None:
    error = RateLimitError("slow down")
    with pytest.raises(AttributeError, match="without a response: pass response="):
        _ = error.response
    response = httpx.Response(429)
    assert RateLimitError("slow down", response=response).response is response


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_has_its_text_as_message(name: str) -> None:
    error = getattr(errors, name)("what happened")
    assert error.message == "what happened"
    assert isinstance(error, errors.APIError)


@pytest.mark.parametrize(("status", "error_class"), errors.STATUS_ERRORS.items())
def test_an_error_made_by_hand_takes_its_status_from_the_response_or_its_class(
    status: int, error_class: type[errors.APIStatusError]
) -> None:
    request = httpx.Request("POST", "https://example.com/v1/messages")
    response = httpx.Response(status, request=request, headers={"retry-after": "3"})
    error = error_class(message="no", response=response, body={"error": "no"})
    assert (error.status_code, error.response, error.request) == (status, response, request)
    assert error.headers is not None
    assert error.headers["Retry-After"] == "3"
    assert error_class("no").status_code == status
    assert error_class("no", response=httpx.Response(599)).status_code == 599


@pytest.mark.parametrize("error_class", [errors.APIConnectionError, errors.APITimeoutError, errors.PoolTimeoutError])
def test_a_connection_error_made_by_hand_has_the_request_it_was_given(
    error_class: type[errors.APIConnectionError],
) -> None:
    request = httpx.Request("POST", "https://example.com/v1/messages")
    assert error_class(request=request).request is request
    with pytest.raises(AttributeError, match="without a request: pass request="):
        _ = error_class().request


@pytest.mark.parametrize(
    ("reply", "error_class"),
    [
        ({"status": 500}, errors.InternalServerError),
        ({"status": 302, "headers": {"location": "https://example.com"}}, errors.APIStatusError),
        ({"reply": {"no": "message"}}, errors.APIResponseError),
        ({"reply": b"not gzip", "headers": {"content-encoding": "gzip"}}, errors.APIResponseError),
        ({"reply": "x" * 2000}, errors.APIResponseError),
    ],
)
def test_every_error_of_a_response_has_its_headers_and_its_request(
    create: Create, server: LocalServer, reply: dict[str, Any], error_class: type[errors.BasetenError]
) -> None:
    server.enqueue(**{**reply, "headers": {"x-request-id": "req_7", **reply.get("headers", {})}})
    with pytest.raises(error_class) as caught:
        create({"max_retries": 0, "max_response_bytes": 1000})
    error: Any = caught.value
    assert error.headers["X-Request-Id"] == "req_7"
    assert error.response.headers["x-request-id"] == "req_7"
    assert error.request.url == f"{server.url}/v1/messages"
    assert KEY not in str(error.request.headers)


@pytest.mark.parametrize("reply", [{"drop": True}, {"reply": "Hello!", "disconnect_at": 10}])
def test_every_connection_error_has_its_request(create: Create, server: LocalServer, reply: dict[str, Any]) -> None:
    server.enqueue(**reply)
    with pytest.raises(errors.APIConnectionError) as caught:
        create({"max_retries": 0})
    assert caught.value.request.url == f"{server.url}/v1/messages"
    assert KEY not in str(caught.value.request.headers)
    assert KEY.encode() not in pickle.dumps(caught.value)
