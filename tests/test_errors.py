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
    error = RateLimitError("slow down", status_code=429)
    with pytest.raises(AttributeError, match="without a response: pass response="):
        _ = error.response
    response = httpx.Response(429)
    assert RateLimitError("slow down", response=response).response is response
