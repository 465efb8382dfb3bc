"""The official SDK for TypeScript against the local server."""

from __future__ import annotations

import math
from typing import Any

import pytest

from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, MODEL
from .node_client import run_node
from .scripts import ASK_WEATHER, CALL, NOVEL, WEATHER, api_error, begun_stream

HI = HELLO["messages"][0]


class Sdk:
    """Makes calls with the SDK, and returns what the caller saw."""

    def __init__(self, server: LocalServer) -> None:
        self._options = {"baseURL": server.url, "apiKey": KEY}

    def run(self, action: str, fields: dict[str, Any] = HELLO, **options: Any) -> dict[str, Any]:
        return run_node("anthropic.mjs", action=action, options={**self._options, **options}, fields=fields)


@pytest.fixture
def sdk(server: LocalServer) -> Sdk:
    return Sdk(server)


def texts(seen: dict[str, Any]) -> str:
    deltas = [event["delta"] for event in seen["events"] if event["type"] == "content_block_delta"]
    return "".join(delta.get("text", "") for delta in deltas)


# --- Requests and messages ---


def test_a_message_is_asked_for_and_read(sdk: Sdk, server: LocalServer) -> None:
    message = sdk.run("create")["message"]
    assert (message["stop_reason"], message["model"]) == ("end_turn", MODEL)
    assert '"Hello!"' in message["content"][0]["text"]
    (request,) = server.requests
    assert (request.method, request.path, request.json) == ("POST", "/v1/messages", HELLO)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert "x-api-key" not in request.headers


@pytest.mark.parametrize("action", ["create", "stream"])
def test_plain_requests_have_no_fields_beyond_the_schema(action: str) -> None:
    with LocalServer() as server:
        seen = Sdk(server).run(action, {**ASK_WEATHER, "tools": [WEATHER]})
    assert seen["message"]["stop_reason"] == "tool_use"


def test_fields_beyond_the_schema_arrive(sdk: Sdk, server: LocalServer) -> None:
    fields = {**HELLO, "service_tier": "auto", "output_config": {"effort": "low"}}
    assert sdk.run("create", fields)["message"]["stop_reason"] == "end_turn"
    assert server.requests[0].json == fields


@pytest.mark.parametrize("action", ["create", "stream"])
def test_unknown_blocks_are_kept(sdk: Sdk, server: LocalServer, action: str) -> None:
    server.enqueue({"content": [NOVEL]})
    assert sdk.run(action)["message"]["content"] == [NOVEL]


def test_a_paused_turn_is_sent_back_as_it_came(sdk: Sdk, server: LocalServer) -> None:
    content = [{"type": "text", "text": "Wait."}, NOVEL]
    server.enqueue({"content": content, "stop_reason": "pause_turn"})
    paused = sdk.run("create")["message"]
    turns = [HI, {"role": "assistant", "content": paused["content"]}]
    message = sdk.run("create", {**HELLO, "messages": turns})["message"]
    assert message["content"][0]["text"].startswith(" Thank you")
    assert server.requests[1].json["messages"] == [HI, {"role": "assistant", "content": content}]


# --- Streams and tools ---


@pytest.mark.parametrize("action", ["rawEvents", "stream"])
@pytest.mark.parametrize("script", [{}, {"ping_every": 1}, {"chunk_size": 1}], ids=["plain", "pings", "bytes"])
def test_a_stream_gives_the_events_of_the_wire(
    sdk: Sdk, server: LocalServer, script: dict[str, Any], action: str
) -> None:
    server.enqueue({"content": [{"type": "text", "text": "Ça va 😀?"}, CALL]}, **script)
    seen = sdk.run(action)
    types = [event["type"] for event in seen["events"]]
    assert (types[0], types[-2:]) == ("message_start", ["message_delta", "message_stop"])
    assert "ping" not in types
    assert texts(seen) == "Ça va 😀?"
    assert server.requests[0].json["stream"] is True
    if action == "stream":
        assert seen["message"]["content"][1]["input"] == CALL["input"]


def test_the_tool_loop_of_the_sdk_runs_without_threads(sdk: Sdk, server: LocalServer) -> None:
    message = sdk.run("runTools", {**ASK_WEATHER, "thread": False})["message"]
    assert message["content"][0]["text"] == 'get_weather returned "18 degrees in Paris".'
    assert [turn["role"] for turn in server.requests[1].json["messages"]] == ["user", "assistant", "user"]
    (result,) = server.requests[1].json["messages"][2]["content"]
    assert (result["type"], result["content"]) == ("tool_result", "18 degrees in Paris")


def test_the_tool_loop_of_the_sdk_expects_the_server_to_keep_the_history(sdk: Sdk, server: LocalServer) -> None:
    error = sdk.run("runTools", ASK_WEATHER)["error"]
    assert (error["name"], error["status"]) == ("BadRequestError", 400)
    assert "no tool_use needs a result" in error["message"]
    assert server.requests[0].json["thread"] == {"type": "create"}


# --- Failures ---


ERRORS = [
    (400, api_error("invalid_request_error", "no"), "BadRequestError"),
    (401, api_error("authentication_error", "no"), "AuthenticationError"),
    (403, {"error": "no"}, "PermissionDeniedError"),
    (404, api_error("not_found_error", "no"), "NotFoundError"),
    (429, api_error("rate_limit_error", "no"), "RateLimitError"),
    (529, api_error("overloaded_error", "no"), "OverloadedError"),
]


@pytest.mark.parametrize(("status", "body", "name"), ERRORS, ids=[str(row[0]) for row in ERRORS])
def test_an_error_status_is_raised_as_its_class(
    sdk: Sdk, server: LocalServer, status: int, body: Any, name: str
) -> None:
    server.enqueue(body, status=status)
    error = sdk.run("create")["error"]
    assert (error["name"], error["status"], error["body"]) == (name, status, body)
    assert len(server.requests) == 1


def test_a_wrong_key_is_refused_as_baseten_does(sdk: Sdk) -> None:
    error = sdk.run("create", apiKey="another")["error"]
    assert (error["name"], error["status"]) == ("PermissionDeniedError", 403)
    assert "please check the api-key" in error["message"]


def test_a_request_that_breaks_the_schema_is_refused_with_its_field(sdk: Sdk) -> None:
    error = sdk.run("create", {**HELLO, "max_tokens": 0})["error"]
    assert (error["name"], error["status"]) == ("BadRequestError", 400)
    assert "max_tokens: " in error["message"]


@pytest.mark.parametrize("status", [429, 529])
def test_a_busy_server_is_asked_again(sdk: Sdk, server: LocalServer, status: int) -> None:
    server.enqueue(api_error("overloaded_error", "busy"), status=status, headers={"retry-after-ms": "1"}, repeat=2)
    server.enqueue("Here.")
    assert sdk.run("create", maxRetries=2)["message"]["content"][0]["text"] == "Here."
    assert [request.headers["x-stainless-retry-count"] for request in server.requests] == ["0", "1", "2"]


@pytest.mark.parametrize("action", ["rawEvents", "stream"])
def test_an_error_within_a_stream_is_raised_after_what_had_arrived(sdk: Sdk, server: LocalServer, action: str) -> None:
    server.enqueue([*begun_stream("half"), api_error("overloaded_error", "busy")])
    seen = sdk.run(action)
    assert texts(seen) == "half"
    assert seen["error"]["type"] == "overloaded_error"


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_connection_that_is_cut_within_a_stream_is_an_error(sdk: Sdk, server: LocalServer, reset: bool) -> None:
    server.enqueue("One two three four.", disconnect_at=700, reset=reset)
    seen = sdk.run("stream")
    assert seen["error"]["message"] == "terminated"
    # A reset may overtake what was sent before it.
    assert reset or texts(seen).startswith("One")


def test_a_stream_that_ends_early_is_an_error(sdk: Sdk, server: LocalServer) -> None:
    server.enqueue(begun_stream("half"))
    seen = sdk.run("stream")
    assert texts(seen) == "half"
    assert "stream ended" in seen["error"]["message"]


@pytest.mark.parametrize("drop", [True, "reset"])
def test_a_connection_that_is_dropped_is_a_connection_error(sdk: Sdk, server: LocalServer, drop: Any) -> None:
    server.enqueue(drop=drop)
    assert sdk.run("create")["error"]["name"] == "APIConnectionError"


def test_a_server_that_does_not_answer_is_a_timeout(sdk: Sdk, server: LocalServer) -> None:
    server.enqueue("Never.", delay=math.inf)
    assert sdk.run("create", timeout=100)["error"]["name"] == "APIConnectionTimeoutError"
    assert server.wait_until(lambda: server.disconnects == 1)
