"""Authorization, paths and models, and what the model answers over HTTP."""

import json
from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import LocalServer, _service

from .support import HELLO, HI, HOSTED, MODEL, PATH, connect, error_of, events


@pytest.mark.parametrize("value", ["Bearer right", "Api-Key right", "bearer right", "Bearer  right"])
def test_accepted_authorization(value: str) -> None:
    with LocalServer(api_key="right") as server, connect(server, value) as client:
        assert client.post(PATH, json=HELLO).status_code == 200


@pytest.mark.parametrize("value", ["Bearer", "right", "Basic right", "Bearer two words", ""])
def test_malformed_authorization(value: str) -> None:
    with LocalServer() as server, connect(server, value) as client:
        status, error_type, message = error_of(client.post(PATH, json=HELLO))
        assert (status, error_type) == (401, "authentication_error")
        assert "Authorization" in message
        assert "right" not in message


def test_x_api_key_is_ignored(server: LocalServer) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        _, _, plain = error_of(client.post(PATH, json=HELLO))
        status, error_type, message = error_of(client.post(PATH, json=HELLO, headers={"x-api-key": "right"}))
    assert "x-api-key" not in plain
    assert (status, error_type) == (401, "authentication_error")
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


def test_a_refused_host_is_named_with_the_accepted_ones(server: LocalServer, client: httpx.Client) -> None:
    status, error_type, message = error_of(client.post(PATH, json=HELLO, headers={"host": "evil.example"}))
    assert (status, error_type) == (421, "invalid_request_error")
    assert all(name in message for name in ("'evil.example'", "127.0.0.1", "localhost", "[::1]"))


def test_a_wrong_path_is_named_without_its_query(client: httpx.Client) -> None:
    _, _, message = error_of(client.post("/v1/v1/messages?token=secret", json=HELLO))
    assert message == "path: '/v1/v1/messages' does not exist; LocalServer serves /v1/messages"


@pytest.mark.parametrize("host", ["localhost:", "localhost:1x", "localhost.", "[::1", "::1", "127.1", ""])
def test_a_host_that_is_not_written_as_usual_is_refused(client: httpx.Client, host: str) -> None:
    assert client.post(PATH, json=HELLO, headers={"host": host}).status_code == 421
    assert client.post(PATH, json=HELLO).status_code == 200


def test_an_unknown_model_is_named_with_the_known_ones() -> None:
    with LocalServer(models=["a/one", "b/two"]) as server, connect(server) as client:
        status, error_type, message = error_of(client.post(PATH, json=HELLO))
        assert (status, error_type) == (404, "not_found_error")
        assert all(name in message for name in (MODEL, "a/one", "b/two"))
        assert client.post(PATH, json={**HELLO, "model": "b/two"}).json()["model"] == "b/two"


@pytest.mark.parametrize("name", ["parse_json", "answer"])
def test_a_failure_of_the_server_itself_is_reported(
    server: LocalServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(_service, name, fail)
    assert error_of(client.post(PATH, json=HELLO)) == (500, "api_error", "LocalServer failed: ZeroDivisionError: oops")


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


def test_an_unusual_schema_is_refused_with_the_names_of_the_tool_and_the_keyword(client: httpx.Client) -> None:
    roles = {"type": "array", "items": {"enum": ["reader", "owner"]}, "contains": {"const": "owner"}}
    schema = {"type": "object", "properties": {"roles": roles}, "required": ["roles"]}
    status, error_type, message = error_of(
        client.post(PATH, json={**HELLO, "tools": [{"name": "grant", "input_schema": schema}]})
    )
    assert (status, error_type) == (400, "invalid_request_error")
    assert "tool grant" in message
    assert "`contains`" in message
