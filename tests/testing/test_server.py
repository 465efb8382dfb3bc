"""The local server over real sockets: checks, scripted replies, faults, shutdown."""

import builtins
import contextlib
import json
import math
import socket
import struct
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import DEFAULT_MODELS, LocalServer, _request_reader, _service

PATH = "/v1/messages"
WIRE = Path(__file__).parent.parent / "wire"
MODEL = DEFAULT_MODELS[0]
HELLO: dict[str, Any] = {"model": MODEL, "max_tokens": 100, "messages": [{"role": "user", "content": "Hello!"}]}
WEATHER = {
    "name": "get_weather",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
HOSTED = {"type": "baseten__exa__web_search_exa"}


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


@pytest.fixture
def client(server: LocalServer) -> Iterator[httpx.Client]:
    with connect(server) as client:
        yield client


def connect(server: LocalServer, key: str = "Bearer secret") -> httpx.Client:
    return httpx.Client(base_url=server.url, headers={"authorization": key}, trust_env=False, timeout=5)


def dial(server: LocalServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)


def head(*lines: str, target: str = f"POST {PATH} HTTP/1.1") -> bytes:
    return "\r\n".join([target, "Host: localhost", "Authorization: Bearer secret", *lines, "", ""]).encode()


def read_all(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


def events(body: str) -> list[dict[str, Any]]:
    frames = [frame.split("\n") for frame in body.removesuffix("\n\n").split("\n\n")]
    parsed = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]
    assert all(name == event["type"] for name, event in parsed)
    return [event for _, event in parsed]


def error_of(response: httpx.Response) -> tuple[int, str, str]:
    body = response.json()
    assert body.keys() == {"type", "error"}
    assert body["type"] == "error"
    return response.status_code, body["error"]["type"], body["error"]["message"]


# ---- Life cycle -----------------------------------------------------------------------------------------------------


def test_start_and_close_work_without_a_with_statement_and_more_than_once() -> None:
    server = LocalServer()
    assert repr(server) == "LocalServer(not running)"
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.url
    for _ in range(2):
        assert server.start() is server
        with pytest.raises(RuntimeError, match="already running"):
            server.start()
        assert repr(server) == f"LocalServer({server.url})"
        with connect(server) as client:
            assert client.post(PATH, json=HELLO).status_code == 200
        server.close()
        server.close()


def test_the_port_can_be_chosen(server: LocalServer) -> None:
    port = int(server.url.rpartition(":")[2])
    server.close()
    with LocalServer(port=port) as other:
        assert other.url == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="use"):
            LocalServer(port=port).start()


@pytest.mark.parametrize("script", [{"delay": math.inf}, {"reply": "Hello!", "stream": True, "pause": math.inf}])
def test_closing_ends_replies_that_are_under_way(script: dict[str, Any]) -> None:
    threads = threading.active_count()
    server = LocalServer().start()
    server.enqueue(**script)
    with dial(server) as idle, dial(server) as waiting:
        waiting.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: server.pending == 0)
        started = time.monotonic()
        server.close()
        assert time.monotonic() - started < 2
        read_all(waiting)
        assert idle.recv(1) == b""
    assert threading.active_count() == threads
    assert server.disconnects == 0


def test_a_missing_jsonschema_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def without_jsonschema(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("jsonschema"):
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_jsonschema)
    with pytest.raises(ImportError, match=r'pip install "baseten-messages-client\[testing\]"'):
        LocalServer()


def test_five_hundred_clients_at_once(server: LocalServer) -> None:
    server.enqueue("Hello!", repeat=500, delay=0.01)
    request = head("Content-Length: 0", "Connection: close")
    connections = [dial(server) for _ in range(500)]
    for connection in connections:
        connection.sendall(request)
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(read_all, connections))
    for connection in connections:
        connection.close()
    assert all(reply.startswith(b"HTTP/1.1 200 OK\r\n") for reply in replies)
    assert len(server.requests) == 500


def test_a_connection_serves_several_requests(server: LocalServer) -> None:
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 2") + b"{}" + head("Content-Length: 2", "Connection: close") + b"{}")
        assert read_all(connection).count(b"HTTP/1.1 400") == 2


# ---- Recording ------------------------------------------------------------------------------------------------------


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


def test_reset_forgets_everything(server: LocalServer, client: httpx.Client) -> None:
    client.post(PATH, json=HELLO)
    server.enqueue("Hello!")
    server.reset()
    assert (server.requests, server.pending, server.disconnects) == ([], 0, 0)


def test_the_list_of_requests_is_the_callers_own(server: LocalServer, client: httpx.Client) -> None:
    client.post(PATH, json=HELLO)
    server.requests.clear()
    assert len(server.requests) == 1


def test_ids_are_the_same_in_every_run() -> None:
    def run() -> list[tuple[str, str]]:
        with LocalServer() as server, connect(server) as client:
            replies = [client.post(PATH, json=HELLO) for _ in range(2)]
            return [(reply.headers["x-baseten-request-id"], reply.json()["id"]) for reply in replies]

    first, second = run()
    assert [first, second] == run()
    assert (first[0], second[0]) == ("req_000001", "req_000002")
    assert first[1] != second[1]
    assert first[1].startswith("msg_")


# ---- Authorization, routes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["Bearer right", "Api-Key right", "bearer right", "Bearer  right"])
def test_accepted_authorization(value: str) -> None:
    with LocalServer(api_key="right") as server, connect(server, value) as client:
        assert client.post(PATH, json=HELLO).status_code == 200


@pytest.mark.parametrize("value", ["Bearer", "right", "Basic right", "Bearer two words", ""])
def test_malformed_authorization(value: str) -> None:
    with LocalServer() as server, connect(server, value) as client:
        status, kind, message = error_of(client.post(PATH, json=HELLO))
        assert (status, kind) == (401, "authentication_error")
        assert "Authorization" in message
        assert "right" not in message


def test_x_api_key_does_not_count(server: LocalServer) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        _, _, plain = error_of(client.post(PATH, json=HELLO))
        status, kind, message = error_of(client.post(PATH, json=HELLO, headers={"x-api-key": "right"}))
    assert "x-api-key" not in plain
    assert (status, kind) == (401, "authentication_error")
    assert "x-api-key is ignored" in message
    assert "Authorization" in message


def test_a_wrong_key_is_answered_as_baseten_does() -> None:
    with LocalServer(api_key="right") as server, connect(server, "Bearer wrong") as client:
        response = client.post(PATH, json=HELLO)
        assert response.status_code == 403
        assert response.json() == {"error": "please check the api-key you provided"}
        assert response.headers["x-baseten-request-id"] == "req_000001"


def test_other_paths_and_methods(client: httpx.Client) -> None:
    assert error_of(client.post("/v1/chat/completions", json=HELLO))[:2] == (404, "not_found_error")
    response = client.get(PATH)
    assert error_of(response)[:2] == (405, "invalid_request_error")
    assert response.headers["allow"] == "POST"
    head_response = client.head(PATH)
    assert (head_response.status_code, head_response.content) == (405, b"")
    assert client.post(PATH, json=HELLO).status_code == 200


def test_an_unknown_model_is_named_with_the_known_ones() -> None:
    with LocalServer(models=["a/one", "b/two"]) as server, connect(server) as client:
        status, kind, message = error_of(client.post(PATH, json=HELLO))
        assert (status, kind) == (404, "not_found_error")
        assert all(name in message for name in (MODEL, "a/one", "b/two"))
        assert client.post(PATH, json={**HELLO, "model": "b/two"}).json()["model"] == "b/two"


# ---- Requests that the service refuses ------------------------------------------------------------------------------


def user(*blocks: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": list(blocks)}]}


CALL = {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "get_weather", "input": {}}]}
HI = {"role": "user", "content": "Hi"}


def result(call_id: str) -> dict[str, Any]:
    return {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call_id, "content": "18"}]}


@pytest.mark.parametrize(
    ("change", "start", "part"),
    [
        ({"max_tokens": None}, "max_tokens: ", "required"),
        ({"max_tokens": 0}, "max_tokens: ", "minimum"),
        ({"max_tokens": "5"}, "max_tokens: ", "'5' is not of type 'integer'"),
        ({"temperature": 1.5}, "temperature: ", "maximum"),
        ({"stream": 1}, "stream: ", "1 is not a boolean"),
        ({"nonsense": 1}, "nonsense: ", "unexpected"),
        ({"system": 5}, "system: ", "5 is not of type string or array"),
        ({"messages": "Hi"}, "messages: ", "'array'"),
        ({"messages": []}, "messages: ", "at least one"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages[0].role: ", "'system'"),
        ({"messages": [HI, {"role": "assistant", "content": "x"}]}, "messages[1].role: ", "from the user"),
        (user({"type": "text"}), "messages[0].content[0]", "'text' is a required property"),
        (user({"type": "text", "text": "a"}, {"type": "text", "text": 1}), "messages[0].content[1].text: ", "1"),
        (user({}), "messages[0].content[0]", "'type' is a required property"),
        (user("Hi"), "messages[0].content[0]: ", "'Hi' is not of type object"),
        (user({"type": "image", "source": {"type": "base64"}}), "messages[0].content[0].source", "required"),
        (user({"type": "tool_result", "tool_use_id": "t1"}), "messages[0].content[0].content: ", "required"),
        ({"tools": [{"name": "f"}]}, "tools[0].input_schema: ", "required"),
        ({"tools": [{"description": "f"}]}, "tools[0].name: ", "required"),
        ({"tools": [WEATHER, WEATHER]}, "tools[1].name: ", "'get_weather'"),
        ({"tools": [{"name": "f", "input_schema": {"type": "strnig"}}]}, "tools[0].input_schema: ", "strnig"),
        ({"tools": [HOSTED]}, "tools: ", "x-baseten-server-tools: true"),
        ({"tool_choice": {"type": "tool"}}, "tool_choice.name: ", "required"),
        ({"tool_choice": "auto"}, "tool_choice: ", "not of type object"),
        ({"tool_choice": {"type": "any"}}, "tool_choice: ", "needs tools"),
        ({"tools": [WEATHER], "tool_choice": {"type": "tool", "name": "x"}}, "tool_choice.name: ", "'x'"),
        ({"thinking": {"type": "enabled", "budget_tokens": 0}}, "thinking.budget_tokens: ", "minimum"),
        ({"metadata": {"user_id": 7}}, "metadata.user_id: ", "7"),
        ({"messages": [HI, CALL, HI]}, "messages[2].content: ", "t1"),
        ({"messages": [HI, CALL, result("t2")]}, "messages[2].content: ", "'t2'"),
        ({"messages": [result("t1")]}, "messages[0].content: ", "'t1'"),
        ({"messages": [HI, CALL, result("t1"), result("t1")]}, "messages[3].content: ", "'t1'"),
    ],
)
def test_refused_requests(client: httpx.Client, change: dict[str, Any], start: str, part: str) -> None:
    body = {key: value for key, value in {**HELLO, **change}.items() if value is not None}
    status, kind, message = error_of(client.post(PATH, json=body))
    assert (status, kind) == (400, "invalid_request_error")
    assert message.startswith(start)
    assert part in message
    assert "any of the given schemas" not in message or "input_schema" in start


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\xff", b'{"max_tokens": NaN}', b"[" * 100_000, b"[1]", b"null"])
def test_bodies_that_are_no_json_object(client: httpx.Client, body: bytes) -> None:
    status, kind, message = error_of(client.post(PATH, content=body))
    assert (status, kind) == (400, "invalid_request_error")
    assert message.startswith("body: ")


def test_messages_of_errors_stay_short(client: httpx.Client) -> None:
    _, _, message = error_of(client.post(PATH, json={**HELLO, "max_tokens": "9" * 10_000}))
    assert len(message) < 400


def test_a_failure_of_the_server_itself_is_told(
    server: LocalServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(_service, "answer", fail)
    assert error_of(client.post(PATH, json=HELLO)) == (500, "api_error", "LocalServer failed: ZeroDivisionError: oops")


# ---- What the pretended model is asked over HTTP --------------------------------------------------------------------


def test_a_stream_holds_the_same_message_as_a_whole_reply() -> None:
    body = {**HELLO, "thinking": {"type": "enabled"}, "tools": [WEATHER]}
    with LocalServer() as server, connect(server) as client:
        whole = client.post(PATH, json={**body, "stream": False}).json()
        response = client.post(PATH, json={**body, "stream": True})
    assert response.headers["content-type"] == "text/event-stream"
    assert response.headers["transfer-encoding"] == "chunked"
    stream = events(response.text)
    deltas = [event["delta"] for event in stream if event["type"] == "content_block_delta"]

    assert stream[0]["message"]["content"] == []
    assert stream[0]["message"]["stop_reason"] is None
    assert set(stream[0]["message"]["usage"].values()) == {0}
    assert stream[-2] == {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": whole["usage"]}
    assert stream[-1] == {"type": "message_stop"}
    thinking, text, call = whole["content"]
    assert "".join(delta.get("thinking", "") for delta in deltas) == thinking["thinking"]
    assert "".join(delta.get("text", "") for delta in deltas) == text["text"]
    pieces = [delta["partial_json"] for delta in deltas if delta["type"] == "input_json_delta"]
    assert pieces[0] == ""
    assert json.loads("".join(pieces)) == call["input"]
    assert {"type": "signature_delta", "signature": "erased"} in deltas
    assert [event["index"] for event in stream if event["type"] == "content_block_start"] == [0, 1, 2]


@pytest.mark.parametrize("name", ["baseten-text", "baseten-tool"])
def test_events_have_the_fields_of_the_real_service(client: httpx.Client, name: str) -> None:
    def fields(stream: list[dict[str, Any]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for event in stream:
            for part in (event, *(value for value in event.values() if isinstance(value, dict))):
                found.setdefault(f"{event['type']}/{part.get('type')}", set()).update(part)
        return found

    real = fields(events((WIRE / f"{name}.sse").read_text(encoding="utf-8")))
    body = {**HELLO, "stream": True, "thinking": {"type": "enabled"}}
    ours = fields(events(client.post(PATH, json={**body, "tools": [WEATHER]} if "tool" in name else body).text))
    real["message_delta/None"].discard("cache_read_input_tokens")  # Only sent when the cache was hit.
    assert ours == real


def test_hosted_tools_run_inside_the_message(client: httpx.Client) -> None:
    body = {**HELLO, "tools": [HOSTED]}
    message = client.post(PATH, json=body, headers={"x-baseten-server-tools": "true"}).json()
    call, outcome, text = message["content"]
    assert (call["type"], call["name"]) == ("tool_use", HOSTED["type"])
    assert (outcome["type"], outcome["tool_use_id"]) == ("tool_result", call["id"])
    assert "Hello!" in text["text"]
    assert message["stop_reason"] == "end_turn"

    stream = client.post(PATH, json={**body, "stream": True}, headers={"x-baseten-server-tools": "true"}).text
    starts = [event for event in events(stream) if event["type"] == "content_block_start"]
    assert starts[1]["content_block"]["content"] == outcome["content"]
    assert events(stream)[-2]["baseten"]["request"]["server_tool_calls"][0]["status"] == "succeeded"

    history = [*HELLO["messages"], {"role": "assistant", "content": message["content"]}, HI]
    again = client.post(PATH, json={**HELLO, "messages": history})
    assert again.status_code == 200


@pytest.mark.parametrize("text", ["café \u2028\u2029\u0085 😀", "\ud800", "", "  \n ", "a" * 5000])
@pytest.mark.parametrize("stream", [True, False])
def test_any_text_can_be_quoted(client: httpx.Client, text: str, stream: bool) -> None:
    body = {**HELLO, "messages": [{"role": "user", "content": text}], "stream": stream}
    response = client.post(PATH, content=json.dumps(body))
    assert response.status_code == 200
    assert response.content.decode()


# ---- Scripted replies -----------------------------------------------------------------------------------------------


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


def test_scripted_replies_need_no_valid_request(server: LocalServer) -> None:
    server.enqueue("Hello!")
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        response = client.request("PATCH", "/anything", content=b"not json")
    assert response.json()["content"] == [{"type": "text", "text": "Hello!"}]
    assert response.json()["model"] == "unknown"
    assert server.requests[0].body == b"not json"


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
def test_forms_of_replies(
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


def test_streams_carry_unknown_blocks_raw_inputs_and_extras(server: LocalServer, client: httpx.Client) -> None:
    blocks = [{"type": "fancy", "data": 1}, {"type": "tool_use", "id": "t", "name": "f", "input": '{"cut'}]
    message = {"content": blocks, "extra": 7, "baseten": {"a": 1}, "stop_reason": "stop_sequence"}
    server.enqueue({**message, "stop_sequence": "END"}, stream=True)
    stream = events(client.post(PATH, json=HELLO).text)
    assert stream[0]["message"]["extra"] == 7
    assert "baseten" not in stream[0]["message"]
    assert stream[1]["content_block"] == blocks[0]
    assert "".join(e["delta"]["partial_json"] for e in stream if e["type"] == "content_block_delta") == '{"cut'
    assert stream[-2]["delta"] == {"stop_reason": "stop_sequence", "stop_sequence": "END"}
    assert stream[-2]["baseten"] == {"a": 1}


def test_headers_can_be_added_and_left_out(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue(status=429, headers={"Retry-After": "1", "x-baseten-request-id": None})
    response = client.post(PATH, json=HELLO)
    assert response.headers["retry-after"] == "1"
    assert "x-baseten-request-id" not in response.headers


def test_a_script_can_frame_the_body_itself(server: LocalServer) -> None:
    server.enqueue(b"short", headers={"content-length": "50"})
    with connect(server) as client, pytest.raises(httpx.RemoteProtocolError):
        client.post(PATH, json=HELLO)


def test_old_clients_get_a_body_that_ends_with_the_connection(server: LocalServer) -> None:
    server.enqueue([{"type": "ping"}])
    with dial(server) as connection:
        connection.sendall(head(target=f"POST {PATH} HTTP/1.0"))
        reply = read_all(connection)
    assert b"transfer-encoding" not in reply
    assert reply.endswith(b'\r\n\r\nevent: ping\ndata: {"type":"ping"}\n\n')


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


def test_a_stream_has_one_chunk_an_event(server: LocalServer) -> None:
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
def test_sizes_of_writes(server: LocalServer, script: dict[str, Any], sizes: list[int]) -> None:
    server.enqueue(b"0123456789", **script)
    chunks = chunks_of(server)
    assert [len(chunk) for chunk in chunks] == sizes
    assert b"".join(chunks) == b"0123456789"


def test_the_way_of_sending_applies_to_the_models_own_answers(server: LocalServer) -> None:
    server.enqueue(chunk_size=7)
    chunks = chunks_of(server, stream=False)
    assert {len(chunk) for chunk in chunks[:-1]} == {7}
    assert "Hello!" in json.loads(b"".join(chunks))["content"][0]["text"]


def test_pings_come_between_events(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue([{"type": f"e{number}"} for number in range(4)], ping_every=2)
    kinds = [event["type"] for event in events(client.post(PATH, json=HELLO).text)]
    assert kinds == ["e0", "e1", "ping", "e2", "e3"]


def test_delay_and_pause_take_their_time(server: LocalServer, client: httpx.Client) -> None:
    server.enqueue(b"data: 1", chunk_size=3, pause=0.03, delay=0.04)
    started = time.monotonic()
    assert client.post(PATH, json=HELLO).content == b"data: 1"
    assert time.monotonic() - started >= 0.1


def test_what_is_scripted_is_not_changed_afterwards(server: LocalServer, client: httpx.Client) -> None:
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
def test_arguments_that_make_no_sense(arguments: dict[str, Any], error: type[Exception], name: str) -> None:
    server = LocalServer()
    with pytest.raises(error, match=rf"^(?:{name}: |'{name}' must be )"):
        server.enqueue(**arguments)
    assert server.pending == 0


# ---- Faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ({"drop": True}, httpx.RemoteProtocolError),
        ({"drop": "reset"}, httpx.ReadError),
        ({"drop": True, "reset": True}, httpx.ReadError),
        ({"reply": "Hello!", "disconnect_at": 10}, httpx.RemoteProtocolError),
        ({"reply": "Hello!", "disconnect_at": 0, "stream": True}, httpx.RemoteProtocolError),
        ({"reply": "Hello!", "disconnect_at": 10, "reset": True}, httpx.ReadError),
        ({"reply": b"12345", "disconnect_at": 5}, httpx.RemoteProtocolError),
        ({"reply": b"12345", "disconnect_at": 99}, httpx.RemoteProtocolError),
    ],
)
def test_cut_connections(
    server: LocalServer, client: httpx.Client, script: dict[str, Any], error: type[Exception]
) -> None:
    server.enqueue(**script)
    with pytest.raises(error):
        client.post(PATH, json=HELLO)
    assert len(server.requests) == 1
    assert client.post(PATH, json=HELLO).status_code == 200
    assert server.disconnects == 0


@pytest.mark.parametrize("size", [0, 1, 9, 15])
def test_a_connection_is_cut_at_the_byte(server: LocalServer, size: int) -> None:
    server.enqueue(b"0123456789abcdef", disconnect_at=size, chunk_size=3)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0", target=f"POST {PATH} HTTP/1.0"))
        assert read_all(connection).partition(b"\r\n\r\n")[2] == b"0123456789abcdef"[:size]


@pytest.mark.parametrize("script", [{"delay": math.inf}, {"reply": "Hello!", "stream": True, "pause": 60}])
@pytest.mark.parametrize("abruptly", [False, True])
def test_clients_that_leave_while_the_server_waits_are_counted(
    server: LocalServer, script: dict[str, Any], abruptly: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    server.enqueue(**script)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: len(server.requests) == 1)
        if abruptly:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert server.wait_until(lambda: server.disconnects == 1)
    assert capsys.readouterr().err == ""


def test_clients_that_leave_while_the_server_writes_are_counted(
    server: LocalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.enqueue(b"x" * 50_000_000)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        connection.recv(1)
    assert server.wait_until(lambda: server.disconnects == 1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "start",
    [
        head("Content-Length: 50") + b"{",
        head("Transfer-Encoding: chunked") + b"5\r\n12",
        head("Transfer-Encoding: chunked") + b"5\r\n12345\r\n",
    ],
)
def test_clients_that_leave_in_the_middle_of_a_request_are_counted(server: LocalServer, start: bytes) -> None:
    with dial(server) as connection:
        connection.sendall(start)
    assert server.wait_until(lambda: server.disconnects == 1)
    assert server.requests == []


def test_clients_that_leave_between_requests_are_not_counted(server: LocalServer) -> None:
    with connect(server) as client:
        client.post(PATH, json=HELLO)
    with dial(server) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    server.close()
    assert server.disconnects == 0


def test_a_pause_goes_on_when_the_next_request_is_there_already(server: LocalServer) -> None:
    server.enqueue("Hello!", delay=0.05, repeat=2)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: len(server.requests) == 1)
        connection.sendall(head("Content-Length: 0", "Connection: close"))
        assert read_all(connection).count(b"HTTP/1.1 200") == 2


def test_closing_ends_a_pause_with_the_next_request_there_already(server: LocalServer) -> None:
    server.enqueue(delay=math.inf)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: len(server.requests) == 1)
        connection.sendall(head("Content-Length: 0"))
        server.close()
        with contextlib.suppress(ConnectionResetError):
            assert read_all(connection) == b""


def test_wait_until_gives_up(server: LocalServer) -> None:
    assert server.wait_until(lambda: False, timeout=0.01) is False


# ---- HTTP itself ----------------------------------------------------------------------------------------------------


def test_bodies_in_chunks(server: LocalServer) -> None:
    body = json.dumps(HELLO).encode()
    with connect(server) as client:
        response = client.post(PATH, content=iter([body[:5], body[5:]]))
    assert response.status_code == 200
    assert server.requests[0].body == body


def test_chunks_may_have_extensions_and_trailers(server: LocalServer) -> None:
    with dial(server) as connection:
        chunks = b'2;a="b"\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n'
        connection.sendall(head("Transfer-Encoding: chunked", "Connection: close") + chunks)
        assert read_all(connection).startswith(b"HTTP/1.1 400")
    assert server.requests[0].json == {}


def test_a_client_may_ask_before_it_sends_the_body(server: LocalServer) -> None:
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 2", "Expect: 100-continue", "Connection: close"))
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(b"{}")
        assert b"HTTP/1.1 400" in read_all(connection)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"POST / HTTP/9\r\n\r\n", 400),
        (b"POST / HTTP/2.0\r\n\r\n", 505),
        (b"POST / HTTP/1.1\r\n\r\n", 400),
        (head(target="BREW / HTTP/1.1"), 501),
        (head(target=f"POST /{'x' * 70_000} HTTP/1.1"), 431),
        (head(f"X: {'x' * 70_000}"), 431),
        (head("X: " + "x" * 500_000).removesuffix(b"\r\n\r\n"), 431),
        (head("Content-Length: x"), 400),
        (head("Content-Length: -1"), 400),
        (head("Content-Length: " + "9" * 5000), 400),
        (head("Content-Length: 99999999999"), 413),
        (head("Transfer-Encoding: gzip"), 501),
        (head("Transfer-Encoding: chunked") + b"zz\r\n", 400),
        (head("Transfer-Encoding: chunked") + b"2\r\n12345\r\n", 400),
    ],
)
def test_requests_that_are_no_http(
    server: LocalServer, request_bytes: bytes, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with dial(server) as connection:
        connection.sendall(request_bytes)
        reply = read_all(connection)
    assert reply.startswith(f"HTTP/1.1 {status} ".encode())
    envelope = json.loads(reply.partition(b"\r\n\r\n")[2])
    assert envelope["error"]["type"] == ("request_too_large" if status == 413 else "invalid_request_error")
    assert b"x-baseten-request-id: req_000001" in reply
    assert b"connection: close" in reply
    assert server.requests == []
    with connect(server) as client:
        assert client.post(PATH, json=HELLO).status_code == 200
    assert capsys.readouterr().err == ""


def test_a_body_that_is_too_large(server: LocalServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_request_reader, "MAX_BODY", 1_000_000)
    assert client.post(PATH, content=b" " * 1_000_000).status_code == 400
    for content in (b" " * 5_000_000, iter([b" " * 600_000] * 2)):
        assert error_of(client.post(PATH, content=content))[:2] == (413, "request_too_large")
