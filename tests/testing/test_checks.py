"""Requests that the service refuses."""

from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import LocalServer

from .support import HELLO, HI, HOSTED, PATH, WEATHER, connect, error_of


def user(*blocks: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": list(blocks)}]}


CALL = {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "get_weather", "input": {}}]}

HOSTED_CALL = {
    "role": "assistant",
    "content": [{"type": "tool_use", "id": "t1", "name": HOSTED["type"], "input": {"query": "x"}}],
}


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
        ({"messages": [{"role": "assistant", "content": "x"}]}, "messages: ", "from the user"),
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
        ({"messages": [HI, CALL]}, "messages[1].content: ", "no tool_result for the tool_use t1"),
        ({"messages": [HI, CALL, {"role": "assistant", "content": "x"}]}, "messages[1].content: ", "t1"),
        ({"messages": [HI, HOSTED_CALL, HI]}, "messages[2].content: ", "t1"),
        ({"messages": [HI, CALL, result("t2")]}, "messages[2].content: ", "'t2'"),
        ({"messages": [result("t1")]}, "messages[0].content: ", "'t1'"),
        ({"messages": [HI, CALL, result("t1"), result("t1")]}, "messages[3].content: ", "'t1'"),
    ],
)
def test_refused_requests(client: httpx.Client, change: dict[str, Any], start: str, part: str) -> None:
    body = {key: value for key, value in {**HELLO, **change}.items() if value is not None}
    status, error_type, message = error_of(client.post(PATH, json=body))
    assert (status, error_type) == (400, "invalid_request_error")
    assert message.startswith(start)
    assert part in message
    assert "any of the given schemas" not in message or "input_schema" in start


TOLERATED: dict[str, tuple[str, dict[str, Any]]] = {
    "a field of the request": ("service_tier: ", {"service_tier": "auto"}),
    "an object of the request": ("output_config: ", {"output_config": {"effort": "low"}}),
    "a field of a message": ("messages[0].name: ", {"messages": [{**HI, "name": "Ada"}]}),
    "a field of a tool": ("tools[0].eager_input_streaming: ", {"tools": [{**WEATHER, "eager_input_streaming": True}]}),
    "the type of a tool": ("tools[0].type: ", {"tools": [{**WEATHER, "type": "custom"}]}),
    "several fields": ("", {"thread": {"id": "t"}, "speed": None, "tools": [{**WEATHER, "strict": True}]}),
}


@pytest.mark.parametrize("case", TOLERATED)
def test_fields_beyond_the_schema_are_refused_unless_told_otherwise(case: str) -> None:
    start, change = TOLERATED[case]
    body = {**HELLO, **change}
    with LocalServer() as server, connect(server) as client:
        status, _, message = error_of(client.post(PATH, json=body))
    assert status == 400
    assert message.startswith(start)
    with LocalServer(strict=False) as server, connect(server) as client:
        assert client.post(PATH, json=body).status_code == 200
        assert server.requests[0].json == body


WRONG_TYPES: list[tuple[str, dict[str, Any]]] = [
    ("max_tokens: ", {"max_tokens": "5"}),
    ("temperature: ", {"temperature": 1.5}),
    ("stream: ", {"stream": 1}),
    ("system: ", {"system": 5}),
    ("messages[0].content: ", {"messages": [{**HI, "content": 5, "name": "Ada"}]}),
    ("messages[0].content[0].text: ", user({"type": "text", "text": 5})),
    ("tools[0].name: ", {"tools": [{**WEATHER, "name": 5, "strict": True}]}),
    ("tools[0].input_schema: ", {"tools": [{"name": "f", "strict": True}]}),
    ("metadata.user_id: ", {"metadata": {"user_id": 7}}),
    ("messages[0].role: ", {"messages": [{"role": "system", "content": "x"}]}),
]


@pytest.mark.parametrize(("start", "change"), WRONG_TYPES)
def test_wrong_types_of_known_fields_are_refused_in_any_case(start: str, change: dict[str, Any]) -> None:
    with LocalServer(strict=False) as server, connect(server) as client:
        status, error_type, message = error_of(client.post(PATH, json={**HELLO, "service_tier": "auto", **change}))
    assert (status, error_type) == (400, "invalid_request_error")
    assert message.startswith(start)


@pytest.mark.parametrize("scripted", [False, True], ids=["unscripted", "scripted"])
@pytest.mark.parametrize(
    "turns",
    [
        [{"role": "assistant", "content": "The answer is"}],
        [{"role": "assistant", "content": [{"type": "text", "text": "Wait."}]}],
        [{"role": "assistant", "content": []}],
        [{"role": "assistant", "content": "One"}, {"role": "assistant", "content": " two"}],
        [CALL, result("t1"), {"role": "assistant", "content": "It is"}],
        [HOSTED_CALL],
    ],
    ids=["text", "block", "empty", "two messages", "after a tool result", "a hosted call without its result"],
)
def test_a_history_may_end_with_the_assistant(
    server: LocalServer, client: httpx.Client, turns: list[dict[str, Any]], scripted: bool
) -> None:
    if scripted:
        server.enqueue("Scripted.")
    answer = client.post(PATH, json={**HELLO, "messages": [HI, *turns]})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["content"] == [{"type": "text", "text": "Scripted."}]) is scripted
    assert server.pending == 0


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\xff", b'{"max_tokens": NaN}', b"[" * 100_000, b"[1]", b"null"])
def test_bodies_that_are_not_a_json_object(client: httpx.Client, body: bytes) -> None:
    status, error_type, message = error_of(client.post(PATH, content=body))
    assert (status, error_type) == (400, "invalid_request_error")
    assert message.startswith("body: ")


def test_messages_of_errors_stay_short(client: httpx.Client) -> None:
    _, _, message = error_of(client.post(PATH, json={**HELLO, "max_tokens": "9" * 10_000}))
    assert len(message) < 400
