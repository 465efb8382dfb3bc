"""The official SDK for Python, sync and async, against the local server."""

from __future__ import annotations

import math
from typing import Any

import anthropic
import httpx2
import pytest

from baseten_messages_client.auth import BasetenAuth
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, MODEL
from .official_sdk import Sdk
from .scripts import ASK_WEATHER, CALL, NOVEL, WEATHER, api_error, begun_stream

HI = HELLO["messages"][0]


@pytest.fixture
def sdk(mode: str, server: LocalServer) -> Sdk:
    return Sdk(mode == "async", base_url=server.url, api_key=KEY)


# --- Requests and messages ---


def test_a_message_is_asked_for_and_read(sdk: Sdk, server: LocalServer) -> None:
    message = sdk.create(**HELLO)
    assert (message.stop_reason, message.model, message._request_id) == ("end_turn", MODEL, None)
    assert '"Hello!"' in message.content[0].text
    assert message.usage.output_tokens > 0
    (request,) = server.requests
    assert (request.method, request.path, request.json) == ("POST", "/v1/messages", HELLO)


@pytest.mark.parametrize("option", ["api_key", "auth_token"])
def test_the_key_travels_in_the_header_that_the_service_reads(mode: str, server: LocalServer, option: str) -> None:
    Sdk(mode == "async", base_url=server.url, **{option: KEY}).create(**HELLO)
    (request,) = server.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert "x-api-key" not in request.headers


def test_plain_requests_have_no_fields_beyond_the_schema(mode: str) -> None:
    with LocalServer() as server:
        sdk = Sdk(mode == "async", base_url=server.url, api_key=KEY)
        assert sdk.create(**HELLO).stop_reason == "end_turn"
        assert sdk.stream([].append, **ASK_WEATHER, tools=[WEATHER]).stop_reason == "tool_use"


@pytest.mark.parametrize(
    "fields",
    [
        {"service_tier": "auto"},
        {"output_config": {"effort": "low"}},
        {"cache_control": {"type": "ephemeral"}},
        {"tools": [{**WEATHER, "type": "custom", "strict": True}]},
        {"thinking": {"type": "adaptive"}},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_fields_beyond_the_schema_arrive(sdk: Sdk, server: LocalServer, fields: dict[str, Any]) -> None:
    sdk.create(**HELLO, **fields)
    assert server.requests[0].json == {**HELLO, **fields}


def test_unknown_blocks_are_kept(sdk: Sdk, server: LocalServer) -> None:
    server.enqueue({"content": [NOVEL]}, repeat=2)
    for message in (sdk.create(**HELLO), sdk.stream([].append, **HELLO)):
        (block,) = message.content
        assert (block.type, block.data) == ("novel", {"a": 1})


def test_a_paused_turn_is_sent_back_as_it_came(sdk: Sdk, server: LocalServer) -> None:
    content = [{"type": "text", "text": "Wait."}, NOVEL]
    server.enqueue({"content": content, "stop_reason": "pause_turn"})
    paused = sdk.create(**HELLO)
    assert paused.stop_reason == "pause_turn"
    history = [HI, {"role": "assistant", "content": [block.to_dict() for block in paused.content]}]
    message = sdk.create(**{**HELLO, "messages": history})
    assert message.content[0].text.startswith(" Thank you")
    assert server.requests[1].json["messages"] == [HI, {"role": "assistant", "content": content}]


# --- Streams ---


def test_raw_events_are_those_of_the_wire(sdk: Sdk, server: LocalServer) -> None:
    server.enqueue("One two.")
    seen: list[Any] = []
    sdk.raw_events(seen.append, **HELLO)
    assert [event.type for event in seen] == [
        "message_start",
        "content_block_start",
        *["content_block_delta"] * 3,
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert server.requests[0].json["stream"] is True


@pytest.mark.parametrize("script", [{}, {"ping_every": 1}, {"chunk_size": 1}], ids=["plain", "pings", "bytes"])
def test_a_stream_becomes_the_whole_message(sdk: Sdk, server: LocalServer, script: dict[str, Any]) -> None:
    server.enqueue({"content": [{"type": "text", "text": "Ça va 😀?"}, CALL]}, **script)
    seen: list[Any] = []
    message = sdk.stream(seen.append, **HELLO)
    assert "".join(event.text for event in seen if event.type == "text") == "Ça va 😀?" == message.content[0].text
    assert message.content[1].input == CALL["input"]
    assert message.stop_reason == "tool_use"


# --- Tools ---


def test_a_tool_call_and_its_result_make_the_round_trip(sdk: Sdk, server: LocalServer) -> None:
    first = sdk.create(**ASK_WEATHER, tools=[WEATHER])
    (call,) = [block for block in first.content if block.type == "tool_use"]
    assert (first.stop_reason, call.name, call.input) == ("tool_use", "get_weather", {"city": "Paris"})
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "18 degrees"}
    history = [
        *ASK_WEATHER["messages"],
        {"role": "assistant", "content": first.content},
        {"role": "user", "content": [result]},
    ]
    second = sdk.create(**{**ASK_WEATHER, "messages": history}, tools=[WEATHER])
    assert second.content[0].text == 'get_weather returned "18 degrees".'
    assert server.requests[1].json["messages"][2]["content"] == [result]


def get_weather(city: str) -> str:
    """Look up the weather of a city."""
    return f"18 degrees in {city}"


def test_the_tool_loop_of_the_sdk_runs_without_threads(sdk: Sdk, server: LocalServer) -> None:
    message = sdk.run_tools(get_weather, **ASK_WEATHER, thread=False)
    assert message.content[0].text == 'get_weather returned "18 degrees in Paris".'
    assert [request.path for request in server.requests] == ["/v1/messages"] * 2
    assert server.requests[0].json["tools"][0]["name"] == "get_weather"
    assert [turn["role"] for turn in server.requests[1].json["messages"]] == ["user", "assistant", "user"]


def test_the_tool_loop_of_the_sdk_expects_the_server_to_keep_the_history(sdk: Sdk, server: LocalServer) -> None:
    with pytest.raises(anthropic.BadRequestError, match="no tool_use needs a result"):
        sdk.run_tools(get_weather, **ASK_WEATHER)
    assert server.requests[0].json["thread"] == {"type": "create"}
    assert [turn["role"] for turn in server.requests[1].json["messages"]] == ["user"]


# --- Failures ---


ERRORS = [
    (400, api_error("invalid_request_error", "no"), anthropic.BadRequestError),
    (401, api_error("authentication_error", "no"), anthropic.AuthenticationError),
    (402, {"error": "unpaid"}, anthropic.APIStatusError),
    (403, {"error": "no"}, anthropic.PermissionDeniedError),
    (404, api_error("not_found_error", "no"), anthropic.NotFoundError),
    (413, api_error("request_too_large", "no"), anthropic.APIStatusError),
    (422, {"detail": "no"}, anthropic.UnprocessableEntityError),
    (429, api_error("rate_limit_error", "no"), anthropic.RateLimitError),
    (500, "no", anthropic.InternalServerError),
    (529, api_error("overloaded_error", "no"), anthropic.InternalServerError),
]


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize(("status", "body", "error_class"), ERRORS, ids=[str(row[0]) for row in ERRORS])
def test_an_error_status_is_raised_as_its_class(
    sdk: Sdk, server: LocalServer, status: int, body: Any, error_class: type[anthropic.APIStatusError], stream: bool
) -> None:
    server.enqueue(body, status=status)
    with pytest.raises(error_class) as caught:
        _ = sdk.stream([].append, **HELLO) if stream else sdk.create(**HELLO)
    assert caught.value.status_code == status
    assert caught.value.body == body
    assert len(server.requests) == 1


def test_a_wrong_key_is_refused_as_baseten_does(mode: str, server: LocalServer) -> None:
    with pytest.raises(anthropic.PermissionDeniedError, match="please check the api-key"):
        Sdk(mode == "async", base_url=server.url, api_key="another").create(**HELLO)


def test_a_request_that_breaks_the_schema_is_refused_with_its_field(sdk: Sdk) -> None:
    with pytest.raises(anthropic.BadRequestError, match="max_tokens: "):
        sdk.create(**{**HELLO, "max_tokens": 0})


@pytest.mark.parametrize("status", [408, 409, 429, 500, 529])
def test_a_busy_server_is_asked_again(mode: str, server: LocalServer, status: int) -> None:
    server.enqueue(api_error("overloaded_error", "busy"), status=status, headers={"retry-after-ms": "1"}, repeat=2)
    server.enqueue("Here.")
    message = Sdk(mode == "async", base_url=server.url, api_key=KEY, max_retries=2).create(**HELLO)
    assert message.content[0].text == "Here."
    assert [request.headers["x-stainless-retry-count"] for request in server.requests] == ["0", "1", "2"]


def test_an_error_within_a_stream_is_raised_after_what_had_arrived(sdk: Sdk, server: LocalServer) -> None:
    server.enqueue([*begun_stream("half"), api_error("overloaded_error", "busy")])
    seen: list[Any] = []
    with pytest.raises(anthropic.APIStatusError, match="busy") as caught:
        sdk.stream(seen.append, **HELLO)
    assert caught.value.type == "overloaded_error"
    assert [event.text for event in seen if event.type == "text"] == ["half"]


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_connection_that_is_cut_within_a_stream_is_an_error_of_the_http_library(
    sdk: Sdk, server: LocalServer, reset: bool
) -> None:
    server.enqueue("One two three four.", disconnect_at=700, reset=reset)
    seen: list[Any] = []
    with pytest.raises(httpx2.TransportError):
        sdk.stream(seen.append, **HELLO)
    # A reset may overtake what was sent before it.
    assert reset or "".join(event.text for event in seen if event.type == "text").startswith("One")


def test_a_stream_that_ends_early_passes_for_a_whole_message(sdk: Sdk, server: LocalServer) -> None:
    server.enqueue(begun_stream("half"))
    message = sdk.stream([].append, **HELLO)
    assert (message.content[0].text, message.stop_reason) == ("half", None)


@pytest.mark.parametrize("drop", [True, "reset"])
def test_a_connection_that_is_dropped_is_a_connection_error(sdk: Sdk, server: LocalServer, drop: Any) -> None:
    server.enqueue(drop=drop)
    with pytest.raises(anthropic.APIConnectionError):
        sdk.create(**HELLO)


def test_a_server_that_does_not_answer_is_a_timeout(mode: str, server: LocalServer) -> None:
    server.enqueue("Never.", delay=math.inf)
    with pytest.raises(anthropic.APITimeoutError):
        Sdk(mode == "async", base_url=server.url, api_key=KEY, timeout=0.1).create(**HELLO)
    assert server.wait_until(lambda: server.disconnects == 1)


# --- The header fix ---


def test_the_header_fix_works_in_the_http_client_of_the_sdk(server: LocalServer) -> None:
    with (
        httpx2.Client(auth=BasetenAuth(KEY)) as http_client,
        anthropic.Anthropic(base_url=server.url, api_key="another", http_client=http_client) as client,
    ):
        client.messages.create(**HELLO)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
