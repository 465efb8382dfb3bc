"""The AI SDK (`ai` and `@ai-sdk/anthropic`) against the local server."""

from __future__ import annotations

from typing import Any

from baseten_messages_client.testing import LocalServer

from ..support import KEY, MODEL
from .node_client import run_node


def stream_text(server: LocalServer, **credentials: str) -> dict[str, Any]:
    options = {"baseURL": f"{server.url}/v1", **credentials}
    return run_node("ai.mjs", options=options, model=MODEL, prompt="What is the weather in Paris?")


def test_a_stream_runs_a_tool_and_goes_on(server: LocalServer) -> None:
    seen = stream_text(server, authToken=KEY)
    assert seen["text"] == 'get_weather returned "18 degrees in Paris".'
    assert seen["calls"] == [["get_weather", {"city": "Paris"}]]
    assert seen["finishReason"] == "stop"
    assert {"text-delta", "tool-input-delta", "tool-call", "tool-result"} <= set(seen["parts"])
    first, second = server.requests
    assert (first.path, first.headers["authorization"]) == ("/v1/messages", f"Bearer {KEY}")
    assert "x-api-key" not in first.headers
    assert first.json["tools"][0]["eager_input_streaming"] is True
    (result,) = second.json["messages"][2]["content"]
    assert (result["type"], result["content"]) == ("tool_result", "18 degrees in Paris")


def test_its_tools_have_a_field_beyond_the_schema() -> None:
    with LocalServer(api_key=KEY) as server:
        error = stream_text(server, authToken=KEY)["error"]
    assert error["status"] == 400
    assert error["message"].startswith("tools[0].eager_input_streaming: ")


def test_its_option_for_the_key_sends_the_header_that_the_service_ignores(server: LocalServer) -> None:
    error = stream_text(server, apiKey=KEY)["error"]
    assert error["status"] == 401
    assert "x-api-key is ignored" in error["message"]
    assert "authorization" not in server.requests[0].headers
