"""Scripted replies: what is sent for them, and the arguments that are refused."""

import json
import math
import time
from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import LocalServer

from .support import HELLO, MODEL, PATH, dial, events, head, read_all


def test_replies_come_in_the_order_of_the_script_then_the_model_answers(
    server: LocalServer, client: httpx.Client
) -> None:
    server.enqueue("one", repeat=2)
    server.enqueue()
    server.enqueue("two")
    assert server.pending == 4
    texts = [client.post(PATH, json=HELLO).json()["content"][0]["text"] for _ in range(5)]
    assert (texts[0], texts[1], texts[3]) == ("one", "one", "two")
    assert "Hello!" in texts[2]
    assert texts[2] == texts[4]
    assert server.pending == 0


def test_unchecked_replies_answer_invalid_requests_too(server: LocalServer) -> None:
    server.enqueue("Hello!", check=False)
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        response = client.post(PATH, content=b"not json")
    assert response.json()["content"] == [{"type": "text", "text": "Hello!"}]
    assert response.json()["model"] == "unknown"
    assert server.requests[0].body == b"not json"


@pytest.mark.parametrize("script", [{"reply": "Hello!"}, {"status": 500}, {"drop": True}, {"delay": math.inf}])
def test_a_refused_request_leaves_the_reply_to_the_next_one(
    server: LocalServer, client: httpx.Client, script: dict[str, Any]
) -> None:
    server.enqueue(**script)
    assert client.post(PATH, content=b"not json").status_code == 400
    assert client.post(PATH, json={**HELLO, "model": "unknown"}).status_code == 404
    assert client.post(PATH, json=HELLO, headers={"authorization": ""}).status_code == 401
    assert server.pending == 1
    assert [request.path for request in server.requests] == [PATH] * 3


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize("path", [PATH, "/anything"])
def test_unchecked_replies_do_not_answer_strays(
    server: LocalServer, client: httpx.Client, method: str, path: str
) -> None:
    server.enqueue("Hello!", check=False)
    assert client.request(method, path).status_code == (405 if path == PATH else 404)
    assert server.pending == 1


def test_an_unchecked_script_without_a_reply_sends_the_refusal_as_scripted(
    server: LocalServer, client: httpx.Client
) -> None:
    server.enqueue(headers={"x-extra": "1"}, check=False)
    response = client.post(PATH, content=b"not json")
    assert (response.status_code, response.headers["x-extra"]) == (400, "1")
    assert server.pending == 0


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Hello!", {"content": [{"type": "text", "text": "Hello!"}], "stop_reason": "end_turn", "model": MODEL}),
        ({"content": "Hello!"}, {"content": [{"type": "text", "text": "Hello!"}], "role": "assistant"}),
        ({"type": "message"}, {"content": [], "stop_reason": "end_turn"}),
        ({"content": [], "id": "msg_1", "usage": None, "extra": 7}, {"id": "msg_1", "usage": None, "extra": 7}),
        ({"content": [{"type": "tool_use", "id": "t", "name": "f", "input": {}}]}, {"stop_reason": "tool_use"}),
        (
            {"content": [{"type": "tool_use", "id": "t"}, {"type": "tool_result", "tool_use_id": "t"}]},
            {"stop_reason": "end_turn"},
        ),
        ({"content": [], "stop_reason": None}, {"stop_reason": None}),
    ],
)
def test_scripted_messages_are_completed(
    server: LocalServer, client: httpx.Client, reply: Any, expected: dict[str, Any]
) -> None:
    server.enqueue(reply)
    message = client.post(PATH, json=HELLO).json()
    assert expected.items() <= message.items()
    assert message.keys() >= {"id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage"}


def test_a_scripted_call_gets_an_id(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue({"content": [{"type": "tool_use", "name": "f", "input": {}}]})
    assert client.post(PATH, json=HELLO).json()["content"][0]["id"].startswith("toolu_")


@pytest.mark.parametrize(
    ("script", "status", "media_type", "body"),
    [
        ({"reply": {"error": "no"}, "status": 402}, 402, "application/json", b'{"error":"no"}'),
        ({"reply": {"content": "no"}, "status": 400}, 400, "application/json", b'{"content":"no"}'),
        ({"reply": {"content": [1]}}, 200, "application/json", b'{"content":[1]}'),
        ({"reply": []}, 200, "application/json", b"[]"),
        ({"reply": [1, {"type": "x"}]}, 200, "application/json", b'[1,{"type":"x"}]'),
        ({"reply": "Bad gateway", "status": 502}, 502, "text/plain; charset=utf-8", b"Bad gateway"),
        ({"reply": b"<html>"}, 200, "application/json", b"<html>"),
        ({"reply": b"data: 1\n\n"}, 200, "text/event-stream", b"data: 1\n\n"),
        ({"reply": b"event: x\n"}, 200, "text/event-stream", b"event: x\n"),
        ({"reply": b": ok\n\n"}, 200, "text/event-stream", b": ok\n\n"),
        ({"reply": b"\xef\xbb\xbfdata: 1\n\n"}, 200, "text/event-stream", b"\xef\xbb\xbfdata: 1\n\n"),
        ({"reply": b"data: 1\n\n", "stream": False}, 200, "application/json", b"data: 1\n\n"),
        ({"reply": b"id: 1\n\n", "stream": True}, 200, "text/event-stream", b"id: 1\n\n"),
        ({"reply": b"x", "headers": {"Content-Type": "a/b"}}, 200, "a/b", b"x"),
        ({"reply": b""}, 200, None, b""),
        ({"status": 429}, 429, None, b""),
        ({"status": 529}, 529, None, b""),
        ({"status": 204}, 204, None, b""),
        ({"reply": [{"type": "ping"}]}, 200, "text/event-stream", b'event: ping\ndata: {"type":"ping"}\n\n'),
        ({"reply": [{"type": "ping"}], "stream": False}, 200, "application/json", b'[{"type":"ping"}]'),
    ],
)
def test_each_form_of_reply_has_its_content_type(
    server: LocalServer,
    client: httpx.Client,
    script: dict[str, Any],
    status: int,
    media_type: str | None,
    body: bytes,
) -> None:
    server.enqueue(**script)
    response = client.post(PATH, json=HELLO)
    assert (response.status_code, response.headers.get("content-type"), response.content) == (status, media_type, body)
    assert client.post(PATH, json=HELLO).status_code == 200  # The connection is still in step.


@pytest.mark.parametrize(
    ("asked", "scripted", "streamed"),
    [(True, None, True), (False, None, False), (True, False, False), (False, True, True)],
)
def test_a_message_is_streamed_as_asked_or_scripted(
    server: LocalServer, client: httpx.Client, asked: bool, scripted: bool | None, streamed: bool
) -> None:
    server.enqueue("Hello!", stream=scripted)
    response = client.post(PATH, json={**HELLO, "stream": asked})
    assert response.headers["content-type"] == ("text/event-stream" if streamed else "application/json")


def test_headers_can_be_added_and_left_out(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue(status=429, headers={"Retry-After": "1", "x-baseten-request-id": None})
    response = client.post(PATH, json=HELLO)
    assert response.headers["retry-after"] == "1"
    assert "x-baseten-request-id" not in response.headers


def chunks_of(server: LocalServer, stream: bool = True) -> list[bytes]:
    """Send a request and read the chunks that the server wrote."""
    body = json.dumps({**HELLO, "stream": stream}).encode()
    with dial(server) as connection:
        connection.sendall(head(f"Content-Length: {len(body)}", "Connection: close") + body)
        reply = read_all(connection).partition(b"\r\n\r\n")[2]
    chunks: list[bytes] = []
    while True:
        size, _, reply = reply.partition(b"\r\n")
        chunks.append(reply[: int(size, 16)])
        if not chunks[-1]:
            return chunks[:-1]
        reply = reply[len(chunks[-1]) + 2 :]


def test_a_stream_has_one_chunk_for_each_event(server: LocalServer) -> None:
    chunks = chunks_of(server)
    assert all(chunk.startswith(b"event: ") and chunk.endswith(b"\n\n") for chunk in chunks)


@pytest.mark.parametrize(
    ("script", "sizes"),
    [
        ({"chunk_size": 4}, [4, 4, 2]),
        ({"chunk_size": 5}, [5, 5]),
        ({"chunks": [1, 3]}, [1, 3, 6]),
        ({"chunks": [10]}, [10]),
        ({"chunks": [20, 1]}, [10]),
        ({"stream": True}, [10]),
    ],
)
def test_a_script_decides_the_sizes_of_writes(server: LocalServer, script: dict[str, Any], sizes: list[int]) -> None:
    server.enqueue(b"0123456789", **script)
    chunks = chunks_of(server)
    assert [len(chunk) for chunk in chunks] == sizes
    assert b"".join(chunks) == b"0123456789"


def test_the_models_answers_are_sent_as_scripted(server: LocalServer) -> None:
    server.enqueue(chunk_size=7)
    chunks = chunks_of(server, stream=False)
    assert {len(chunk) for chunk in chunks[:-1]} == {7}
    assert "Hello!" in json.loads(b"".join(chunks))["content"][0]["text"]


def test_pings_come_between_events(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue([{"type": f"e{number}"} for number in range(4)], ping_every=2)
    event_types = [event["type"] for event in events(client.post(PATH, json=HELLO).text)]
    assert event_types == ["e0", "e1", "ping", "e2", "e3"]


def test_delay_and_pause_take_their_time(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue(b"data: 1", chunk_size=3, pause=0.03, delay=0.04)
    started = time.monotonic()
    assert client.post(PATH, json=HELLO).content == b"data: 1"
    assert time.monotonic() - started >= 0.1


def test_later_changes_of_a_reply_do_not_change_the_script(server: LocalServer, client: httpx.Client) -> None:
    reply = {"error": "one"}
    server.enqueue(reply, status=400)
    reply["error"] = "two"
    assert client.post(PATH, json=HELLO).json() == {"error": "one"}


@pytest.mark.parametrize(
    ("arguments", "error", "name"),
    [
        ({"reply": 5}, TypeError, "reply"),
        ({"reply": {"content": {1, 2}}}, TypeError, "reply"),
        ({"reply": b"x", "status": 204}, ValueError, "reply"),
        ({"status": 99}, ValueError, "status"),
        ({"status": 600}, ValueError, "status"),
        ({"delay": -1}, ValueError, "delay"),
        ({"delay": math.nan}, ValueError, "delay"),
        ({"pause": -0.1}, ValueError, "pause"),
        ({"chunk_size": 0}, ValueError, "chunk_size"),
        ({"chunks": [3, 0]}, ValueError, "chunks"),
        ({"chunks": [3], "chunk_size": 1}, ValueError, "chunks"),
        ({"ping_every": 0}, ValueError, "ping_every"),
        ({"reply": b"data: 1\n\n", "ping_every": 1}, ValueError, "ping_every"),
        ({"disconnect_at": -1}, ValueError, "disconnect_at"),
        ({"drop": "softly"}, ValueError, "drop"),
        ({"drop": True, "reply": "Hello!"}, ValueError, "drop"),
        ({"drop": True, "status": 500}, ValueError, "drop"),
        ({"repeat": 0}, ValueError, "repeat"),
        ({"headers": {"a": "b\r\nc: d"}}, ValueError, "headers"),
        ({"headers": {"a:": "b"}}, ValueError, "headers"),
        ({"headers": {"": "b"}}, ValueError, "headers"),
    ],
)
def test_invalid_arguments(arguments: dict[str, Any], error: type[Exception], name: str) -> None:
    server = LocalServer()
    with pytest.raises(error, match=rf"^(?:{name}: |'{name}' must be )"):
        server.enqueue(**arguments)
    assert server.pending == 0
