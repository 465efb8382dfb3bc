"""Requests as they were received."""

import json

import httpx
import pytest

from baseten_messages_client.testing import LocalServer

from .support import HELLO, PATH


def test_requests_are_recorded_as_they_came(server: LocalServer, client: httpx.Client) -> None:
    client.post(f"{PATH}?beta=true", json=HELLO, headers=[("X-Twice", "1"), ("X-Twice", "2")])
    client.put(PATH, content=b"not json")
    first, second = server.requests
    assert (first.method, first.path, first.json) == ("POST", f"{PATH}?beta=true", HELLO)
    assert json.loads(first.body) == HELLO
    assert first.headers["AUTHORIZATION"] == first.headers["authorization"] == "Bearer secret"
    assert first.headers["x-twice"] == "1, 2"
    assert ("x-twice", "1") in [(name.lower(), value) for name, value in first.headers.pairs]
    assert "x-api-key" not in first.headers
    assert len(first.headers) == len(list(first.headers))
    assert (second.method, second.body, second.json) == ("PUT", b"not json", None)


@pytest.mark.parametrize("name", ["Authorization", "X-Api-Key", "Cookie"])
def test_keys_do_not_show_in_the_representation(server: LocalServer, client: httpx.Client, name: str) -> None:
    client.post(PATH, json=HELLO, headers={name: "Bearer secret-value"})
    [request] = server.requests
    assert request.headers[name] == "Bearer secret-value"
    assert "secret-value" not in repr(request) + repr(server) + repr(server.requests)
    assert repr(request).startswith("RecordedRequest(POST /v1/messages, ")
