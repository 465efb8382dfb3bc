"""The local server under requests that nobody scripted: strays, malformed ones, other hosts, and very many."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from baseten_messages_client import BadRequestError, Baseten
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY

PATH = "/v1/messages"
AUTHORIZED = {"Authorization": f"Bearer {KEY}"}


class Answer:
    """The answer of a local server to one raw request."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.text = body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(
    server: LocalServer,
    method: str = "POST",
    target: str = PATH,
    body: Any = HELLO,
    headers: Mapping[str, str] = AUTHORIZED,
) -> Answer:
    """Send one request as no client of this package would."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=5)
    try:
        connection.request(method, target, b"" if body is None else json.dumps(body).encode(), dict(headers))
        response = connection.getresponse()
        return Answer(response.status, response.read())
    finally:
        connection.close()


def port_of(server: LocalServer) -> int:
    return int(server.url.rpartition(":")[2])


@pytest.fixture
def client(server: LocalServer) -> Iterator[Baseten]:
    with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
        yield client


# --- Strays ---

STRAYS = [
    ("GET", "/favicon.ico", 404),
    ("GET", "/", 404),
    ("GET", "/robots.txt", 404),
    ("POST", "/v1/chat/completions", 404),
    ("POST", "/", 404),
    ("GET", PATH, 405),
    ("DELETE", PATH, 405),
    ("OPTIONS", PATH, 405),
    ("HEAD", PATH, 405),
]


@pytest.mark.parametrize(("method", "target", "status"), STRAYS)
def test_a_stray_request_does_not_use_up_a_scripted_reply(
    server: LocalServer, client: Baseten, method: str, target: str, status: int
) -> None:
    server.enqueue("Scripted.")
    assert ask(server, method, target, body=None).status == status
    assert server.pending == 1
    assert client.messages.create(**HELLO).text == "Scripted."
    assert server.pending == 0


def test_a_stray_request_does_not_use_up_a_scripted_fault(server: LocalServer, client: Baseten) -> None:
    server.enqueue(status=400)
    assert ask(server, "GET", "/favicon.ico", body=None).status == 404
    with pytest.raises(BadRequestError):
        client.messages.create(**HELLO)


def test_a_query_does_not_make_a_stray(server: LocalServer) -> None:
    server.enqueue("Scripted.")
    assert ask(server, target=f"{PATH}?beta=true").json["content"][0]["text"] == "Scripted."


@pytest.mark.parametrize("path", ["/v1/v1/messages", "/v1/messages/v1/messages", "/messages", "/v1/messages/"])
def test_a_wrong_path_is_named(server: LocalServer, path: str) -> None:
    answer = ask(server, target=path)
    assert answer.status == 404
    assert repr(path)[1:-1] in answer.json["error"]["message"]
    assert PATH in answer.json["error"]["message"]


# --- Checks ---


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in HELLO.items() if key != name}


UNUSABLE: dict[str, tuple[int, Any, dict[str, str]]] = {
    "no max_tokens": (400, without("max_tokens"), AUTHORIZED),
    "no messages": (400, without("messages"), AUTHORIZED),
    "empty messages": (400, {**HELLO, "messages": []}, AUTHORIZED),
    "nobody but the model speaks": (400, {**HELLO, "messages": [{"role": "assistant", "content": "Hi"}]}, AUTHORIZED),
    "a call without a result": (
        400,
        {
            **HELLO,
            "messages": [
                {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "n", "input": {}}]},
                {"role": "user", "content": "And?"},
            ],
        },
        AUTHORIZED,
    ),
    "not an object": (400, [], AUTHORIZED),
    "unknown model": (404, {**HELLO, "model": "nobody/nothing"}, AUTHORIZED),
    "no key": (401, HELLO, {}),
    "the wrong header": (401, HELLO, {"x-api-key": KEY}),
    "another key": (403, HELLO, {"Authorization": "Bearer another"}),
}


@pytest.mark.parametrize(
    "reply", ["Scripted.", {"content": []}, {"error": "busy"}, b"event: ping\ndata: {}\n\n"], ids=repr
)
@pytest.mark.parametrize("case", UNUSABLE)
def test_a_request_with_a_scripted_reply_is_checked_as_usual(case: str, reply: Any) -> None:
    status, body, headers = UNUSABLE[case]
    with LocalServer(api_key=KEY) as server:
        expected = ask(server, body=body, headers=headers)
        server.enqueue(reply)
        checked = ask(server, body=body, headers=headers)
    assert (checked.status, checked.text) == (status, expected.text)


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_reply_that_is_scripted_without_checks_answers_any_request(case: str) -> None:
    _, body, headers = UNUSABLE[case]
    options: dict[str, Any] = {"check": False}
    with LocalServer(api_key=KEY) as server:
        server.enqueue("Scripted.", **options)
        answer = ask(server, body=body, headers=headers)
        assert answer.status == 200
        assert answer.json["content"][0]["text"] == "Scripted."
        assert server.pending == 0


def test_faults_of_the_connection_come_after_the_checks(server: LocalServer) -> None:
    server.enqueue(drop=True)
    assert ask(server, body=without("max_tokens")).status == 400
    server.reset()
    options: dict[str, Any] = {"check": False}
    server.enqueue(drop=True, **options)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(server, body=without("max_tokens"))


# --- Hosts ---


def ask_host(server: LocalServer, *hosts: str, version: str = "1.1") -> int:
    """Send a request for these hosts, and return the status."""
    body = json.dumps(HELLO).encode()
    lines = [f"POST {PATH} HTTP/{version}", *(f"Host: {host}" for host in hosts), f"Authorization: Bearer {KEY}"]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port_of(server)), timeout=5) as connection:
        connection.sendall("\r\n".join(lines).encode() + body)
        data = b"".join(iter(lambda: connection.recv(65_536), b""))
    return int(data.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example",
        "127.0.0.1.evil.example:{port}",
        "evil-localhost",
        "10.0.0.1",
        "127.0.0.1@evil.example",
        "169.254.169.254",
        "[::2]:{port}",
        "0x7f000001.example",
    ],
)
def test_a_host_that_is_not_this_machine_is_refused(server: LocalServer, host: str) -> None:
    server.enqueue("Scripted.")
    assert ask_host(server, host.format(port=port_of(server))) in (403, 421)
    assert server.pending == 1


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:{port}", "127.0.0.1", "localhost:{port}", "localhost", "LocalHost:{port}", "[::1]:{port}", "[::1]"],
)
def test_names_of_this_machine_are_accepted(server: LocalServer, host: str) -> None:
    assert ask_host(server, host.format(port=port_of(server))) == 200


def test_a_request_without_a_host_is_accepted_from_old_clients(server: LocalServer) -> None:
    assert ask_host(server, version="1.0") == 200


def test_two_hosts_are_refused(server: LocalServer) -> None:
    assert ask_host(server, "localhost", "evil.example") in (400, 403, 421)


# --- Very many requests ---


def make_server(**options: Any) -> LocalServer:
    return LocalServer(**options)


def test_recorded_requests_are_bounded_and_the_newest_stay() -> None:
    with make_server(max_requests=3) as server, Baseten(api_key=KEY, base_url=server.url) as client:
        for number in range(10):
            client.messages.create(**{**HELLO, "max_tokens": number + 1})
        assert [request.json["max_tokens"] for request in server.requests] == [8, 9, 10]
        server.reset()
        assert server.requests == []
        client.messages.create(**HELLO)
        assert len(server.requests) == 1


@pytest.mark.parametrize("value", [-1, 1.5, "3"])
def test_an_impossible_bound_is_refused_by_name(value: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^max_requests"):
        make_server(max_requests=value)
