"""`messages.create` over real sockets, with both clients."""

from __future__ import annotations

import asyncio
import json
import pickle
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, errors, models
from baseten_messages_client._transport.headers import read_request_id
from baseten_messages_client.testing import LocalServer

from .conftest import Create
from .support import HELLO, KEY, MODEL, error_bodies, message_json


class RawListener:
    """A TCP listener that keeps the bytes of one request, and answers with a message."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.head, self.body = b"", b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection, connection.makefile("rb") as stream:
            lines = list(iter(stream.readline, b"\r\n"))
            self.head = b"".join(lines)
            length = next(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length"))
            self.body = stream.read(length)
            answer = json.dumps(message_json()).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n")
            connection.sendall(b"content-length: %d\r\n\r\n%s" % (len(answer), answer))

    def close(self) -> None:
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[RawListener]:
    listener = RawListener()
    yield listener
    listener.close()


@pytest.mark.parametrize("scheme", ["Bearer", "Api-Key"])
@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/messages"])
def test_what_goes_over_the_wire(create: Create, listener: RawListener, scheme: str, suffix: str) -> None:
    create({"base_url": listener.url + suffix, "auth_scheme": scheme, "default_headers": {"x-api-key": KEY}})
    first, *rest = listener.head.decode().splitlines()
    headers = dict(line.lower().split(": ", 1) for line in rest)
    assert first == "POST /v1/messages HTTP/1.1"
    assert f"Authorization: {scheme} {KEY}" in rest
    assert "x-api-key" not in headers
    assert headers["content-type"] == "application/json"
    assert json.loads(listener.body) == HELLO


def test_a_message_comes_back_typed(create: Create, server: LocalServer) -> None:
    message = create()
    assert isinstance(message.content[0], models.TextBlock)
    assert message.text == message.content[0].text
    assert "Hello!" in message.text
    assert message.stop_reason == "end_turn"
    assert message.request_id
    assert server.requests[0].json == HELLO


def test_a_key_from_the_environment_will_do(
    create: Create, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BASETEN_API_KEY", "from-environment")
    monkeypatch.setenv("BASETEN_BASE_URL", f"{server.url}/v1")
    create({"api_key": None, "base_url": None})
    assert server.requests[0].headers["authorization"] == "Bearer from-environment"


def test_headers_body_and_timeout_can_be_added_to_one_call(create: Create, server: LocalServer) -> None:
    server.enqueue("ok")
    create(
        {"default_headers": {"X-One": "1", "X-Two": "2"}},
        extra_headers={"x-two": "3", "x-api-key": "no"},
        extra_body={"seed": 7},
        timeout=5,
    )
    (request,) = server.requests
    assert (request.headers["x-one"], request.headers["x-two"]) == ("1", "3")
    assert "x-api-key" not in request.headers
    assert request.json == {**HELLO, "seed": 7}


def test_a_whole_request_may_be_a_model(create: Create, server: LocalServer) -> None:
    request = models.MessagesRequest(
        model=MODEL, max_tokens=5, messages=[models.InputMessage(role="user", content="Hi")]
    )
    assert create({}, request).stop_reason == "max_tokens"
    assert server.requests[0].json == {"model": MODEL, "max_tokens": 5, "messages": [{"role": "user", "content": "Hi"}]}


UNKNOWN_BLOCKS = [
    {"type": "redacted_thinking", "data": "abc", "more": {"a": [1.5, None]}},
    {"type": "text", "text": "Hi.", "citations": [{"url": "https://example.com", "title": "é\u2028"}]},
    {"type": "thinking", "thinking": "Hm.", "signature": "erased"},
    {"type": "tool_use", "id": "t1", "name": "f", "input": {"big": 10**30}, "caller": {"type": "direct"}},
]


def test_what_the_schema_does_not_know_survives_the_way_there_and_back(create: Create, server: LocalServer) -> None:
    server.enqueue(message_json(content=UNKNOWN_BLOCKS, stop_reason="pause_turn", container={"id": "c"}))
    first = create()
    assert first.stop_reason == "pause_turn"
    assert first["container"] == {"id": "c"}
    server.enqueue("ok")
    create(messages=[*HELLO["messages"], first.to_param()])
    assert server.requests[1].json is not None
    assert server.requests[1].json["messages"][1] == {"role": "assistant", "content": UNKNOWN_BLOCKS}


# ---- Failures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", error_bodies(), ids=[row["source"] for row in error_bodies()])
def test_every_known_error_body_raises_its_class(create: Create, server: LocalServer, row: dict[str, Any]) -> None:
    server.enqueue(row["body"].encode(), status=row["status"], headers={"content-type": row["content_type"]})
    if row["status"] == 200 and '"role"' in row["body"]:
        assert create({"max_retries": 0}).text == "hi"
        return
    kind = errors.STATUS_ERRORS.get(row["status"], errors.APIStatusError)
    with pytest.raises(errors.APIResponseError if row["status"] == 200 else kind) as caught:
        create({"max_retries": 0})
    assert len(str(caught.value)) > 10


def test_a_wrong_key_says_which_variable_to_check(create: Create) -> None:
    with LocalServer(api_key="the-right-key") as strict, pytest.raises(errors.PermissionDeniedError) as caught:
        create({"base_url": strict.url})
    assert "BASETEN_API_KEY" in str(caught.value)
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value.response)


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
def test_an_error_does_not_carry_the_key(create: Create, server: LocalServer, reply: dict[str, Any]) -> None:
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


@pytest.mark.parametrize(
    "body",
    [
        b'{"foo":"\\ud800"}',
        b'{"error":"\\ud800"}',
        b'{"foo":1e999}',
        b"[" * 900 + b"]" * 900,
        b'{"detail":[{"msg":"m","loc":5}]}',
        b'{"detail":[{"msg":"m","loc":"body"}]}',
        b'{"retry_after":' + b"9" * 400 + b"}",
        b"\xff",
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_an_odd_body_raises_our_errors(create: Create, server: LocalServer, status: int, body: bytes) -> None:
    server.enqueue(body, status=status)
    with pytest.raises(errors.APIResponseError if status == 200 else errors.BadRequestError) as caught:
        create()
    assert str(caught.value).encode()


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_a_passing_failure_is_retried(create: Create, server: LocalServer, status: int) -> None:
    server.enqueue(status=status)
    server.enqueue(status=status, headers={"retry-after": "0"})
    server.enqueue("third time lucky")
    assert create().text == "third time lucky"
    assert len(server.requests) == 3
    assert len({request.body for request in server.requests}) == 1


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422, 499, 501, 520])
def test_a_final_failure_is_not(create: Create, server: LocalServer, status: int) -> None:
    server.enqueue(status=status)
    with pytest.raises(errors.APIStatusError):
        create()
    assert len(server.requests) == 1


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(("max_retries", "sent"), [(0, 1), (1, 2), (2, 3)])
def test_the_last_failure_is_raised(create: Create, server: LocalServer, max_retries: int, sent: int) -> None:
    server.enqueue(status=503, repeat=5)
    with pytest.raises(errors.InternalServerError, match="503 Service Unavailable"):
        create({"max_retries": max_retries})
    assert len(server.requests) == sent


@pytest.mark.usefixtures("quick_retries")
def test_a_dropped_connection_is_retried_and_then_ours(create: Create, server: LocalServer) -> None:
    server.enqueue(drop=True)
    server.enqueue("better")
    assert create().text == "better"
    server.enqueue(drop=True, repeat=3)
    with pytest.raises(errors.APIConnectionError, match=f"no answer from {server.url}/v1/messages") as caught:
        create()
    assert isinstance(caught.value.__cause__, httpx.TransportError)


@pytest.mark.usefixtures("quick_retries")
def test_an_answer_that_is_cut_is_a_connection_failure(create: Create, server: LocalServer) -> None:
    server.enqueue("a long answer", disconnect_at=20, repeat=3)
    with pytest.raises(errors.APIConnectionError):
        create()
    assert len(server.requests) == 3


def test_nobody_listening_is_a_connection_failure(create: Create) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(errors.APIConnectionError, match=f"no answer from http://127.0.0.1:{port}/v1/messages"):
        create({"base_url": f"http://127.0.0.1:{port}", "max_retries": 0})


def test_a_slow_answer_is_a_timeout(create: Create, server: LocalServer) -> None:
    server.enqueue("late", delay=30)
    with pytest.raises(
        errors.APITimeoutError, match=r"did not answer in time \(waiting for the answer\): raise timeout"
    ):
        create({"max_retries": 0}, timeout=0.05)


def test_a_full_pool_says_so(server: LocalServer) -> None:
    server.enqueue("late", delay=30)
    limits = httpx.Limits(max_connections=1)
    timeout = httpx.Timeout(5, pool=0.05)
    with httpx.Client(limits=limits, trust_env=False) as http, ThreadPoolExecutor() as threads:
        client = Baseten(api_key=KEY, base_url=server.url, http_client=http, timeout=timeout, max_retries=0)
        busy = threads.submit(lambda: client.messages.create(**HELLO))
        while not server.requests:
            assert not busy.done()
        with pytest.raises(errors.PoolTimeoutError, match="no connection of the pool became free"):
            client.messages.create(**HELLO)
        server.close()
        with pytest.raises(errors.APIConnectionError):
            busy.result()


def test_a_redirect_is_not_followed_with_the_key(create: Create, server: LocalServer) -> None:
    server.enqueue(status=307, headers={"location": "http://127.0.0.1:9/"})
    with pytest.raises(errors.APIStatusError, match=r"redirects to http://127\.0\.0\.1:9/; set base_url"):
        create()
    assert len(server.requests) == 1


def test_limits_of_streams_are_for_streams(create: Create, server: LocalServer) -> None:
    with pytest.raises(TypeError, match="idle_timeout and deadline are for streams"):
        create(idle_timeout=5)
    assert not server.requests


@pytest.mark.parametrize(
    "arguments",
    [
        {"max_tokens": None},
        {"messages": "Hi"},
        {"nonsense": 1},
        {"top_p": object()},
        {"system": 5},
        {"temperature": "hot"},
        {"tools": "all"},
        {"tool_choice": "auto"},
        {"stop_sequences": "END"},
        {"thinking": True},
        {"metadata": 5},
        {"messages": [{"role": "system", "content": "x"}]},
        {"messages": [{"role": "user", "content": None}]},
    ],
)
def test_bad_input_is_refused_before_anything_is_sent(
    create: Create, server: LocalServer, arguments: dict[str, Any]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        create(**arguments)
    assert not server.requests


# ---- Clients --------------------------------------------------------------------------------------------------------


def test_a_clients_own_http_client_is_closed_with_it_and_anothers_is_not(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as own:
        own.messages.create(**HELLO)
    assert own._http.is_closed
    with httpx.Client(trust_env=False) as http:
        with Baseten(api_key=KEY, base_url=server.url, http_client=http) as client:
            client.messages.create(**HELLO)
        assert not http.is_closed


def test_a_closed_client_says_so(server: LocalServer) -> None:
    client = Baseten(api_key=KEY, base_url=server.url)
    client.close()
    with pytest.raises(errors.BasetenError, match="cannot be used any more, make a new one"):
        client.messages.create(**HELLO)


def test_a_derived_client_shares_connections_and_leaves_them_open(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client:
        with client.with_options(api_key="another-key") as other:
            other.messages.create(**HELLO)
        client.messages.create(**HELLO)
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer another-key", f"Bearer {KEY}"]


def say(text: str) -> dict[str, Any]:
    return {**HELLO, "messages": [{"role": "user", "content": text}]}


def test_fifty_threads_lose_and_mix_nothing(server: LocalServer) -> None:
    def ask(number: int) -> tuple[int, str]:
        message = client.messages.create(**say(f"number {number} please"))
        return number, message.text

    with Baseten(api_key=KEY, base_url=server.url) as client, ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(ask, range(200)))
    assert all(f"number {number} please" in text for number, text in answers)
    assert len(server.requests) == 200


def test_two_hundred_calls_in_flight_lose_and_mix_nothing(server: LocalServer) -> None:
    async def ask(client: AsyncBaseten, number: int) -> tuple[int, str]:
        message = await client.messages.create(**say(f"number {number} please"))
        return number, message.text

    async def main() -> list[tuple[int, str]]:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            return await asyncio.gather(*(ask(client, number) for number in range(200)))

    answers = asyncio.run(main())
    assert all(f"number {number} please" in text for number, text in answers)
    assert len(server.requests) == 200


def test_the_key_is_in_no_log(create: Create, server: LocalServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    server.enqueue(status=503, headers={"retry-after": "0"})
    create()
    assert caplog.records
    assert KEY not in caplog.text
    assert not any(KEY in str(vars(record)) for record in caplog.records)


def test_request_ids_are_those_of_the_headers(create: Create, server: LocalServer) -> None:
    server.enqueue("ok", headers={"x-baseten-request-id": "req_mine"})
    assert create().request_id == "req_mine"
    assert read_request_id({}) is None
