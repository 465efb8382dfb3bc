"""The names of the official SDK: what they are here."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Any

import attrs
import httpx
import pytest

import baseten_messages_client as package
from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    DefaultAsyncHttpxClient,
    DefaultHttpxClient,
    Message,
    beta_tool,
    errors,
    models,
    types,
)
from baseten_messages_client.testing import LocalServer
from baseten_messages_client.types import beta

from ..support import HELLO, KEY, message_json


@pytest.mark.parametrize("name", ["NOT_GIVEN", "not_given", "omit"])
def test_an_argument_that_is_not_set_is_not_sent(server: LocalServer, name: str) -> None:
    value: Any = getattr(package, name)
    assert value is models.UNSET
    assert not value
    with Baseten(api_key=KEY, base_url=server.url) as client:
        client.messages.create(**HELLO, system=value, tools=value, thinking=value, timeout=value, stop_sequences=value)
    assert server.requests[0].json.keys() == {"model", "max_tokens", "messages"}
    assert isinstance(value, package.NotGiven)
    assert isinstance(package.Omit(), package.Omit)


def test_an_omit_made_by_hand_is_not_sent_either(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client:
        client.messages.create(**HELLO, temperature=package.Omit())
    assert "temperature" not in server.requests[0].json


def test_every_name_of_the_types_is_there() -> None:
    for module in (types, beta):
        for name in module.__all__:
            assert getattr(module, name) is not None
    assert types.Message is beta.BetaMessage is Message
    assert types.MessageParam(role="user", content="Hi") == {"role": "user", "content": "Hi"}
    assert attrs.has(types.ToolUseBlock)


def test_a_client_shows_its_options() -> None:
    with Baseten(api_key=KEY, base_url="https://example.com/v1/", max_retries=7, timeout=2.5) as client:
        assert (client.api_key, client.base_url, client.max_retries, client.timeout) == (
            KEY,
            "https://example.com",
            7,
            2.5,
        )
        assert KEY not in repr(client)
        assert client.copy(max_retries=1).max_retries == client.with_options(max_retries=1).max_retries == 1
        assert client.copy(timeout=httpx.Timeout(1, read=2)).timeout == httpx.Timeout(1, read=2)
        assert client.copy(timeout=None).timeout is None
        assert client.copy(timeout=30).timeout == 30
        assert client.copy(default_headers={"x-team": "red"}).default_headers["x-team"] == "red"
        assert not client.is_closed()
    assert client.is_closed()


def test_an_async_client_has_two_names_for_its_end() -> None:
    async def main() -> bool:
        client = AsyncBaseten(api_key=KEY)
        assert not client.is_closed()
        await client.close()
        return client.is_closed()

    assert asyncio.run(main())


@pytest.mark.parametrize("client_class", [DefaultHttpxClient, DefaultAsyncHttpxClient])
def test_a_default_http_client_has_our_timeouts_and_takes_options(client_class: Any) -> None:
    assert client_class().timeout.as_dict() == httpx.Timeout(600, connect=10).as_dict()
    assert client_class(timeout=3, headers={"x-a": "b"}).timeout.as_dict() == httpx.Timeout(3).as_dict()
    assert client_class(headers={"x-a": "b"}).headers["x-a"] == "b"


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
def test_a_default_http_client_is_of_the_library_that_the_program_uses(library: str) -> None:
    program = (
        f"import baseten_messages_client as package, {library}\n"
        f"assert issubclass(package.DefaultHttpxClient, {library}.Client)\n"
        f"assert issubclass(package.DefaultAsyncHttpxClient, {library}.AsyncClient)\n"
        f"transport = {library}.MockTransport(lambda request: {library}.Response(200, json={message_json()!r}))\n"
        "http = package.DefaultHttpxClient(transport=transport)\n"
        f"print(package.Baseten(api_key='any', http_client=http).messages.create(**{HELLO!r}).text)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Hi.\n", "")


def test_a_default_http_client_serves(server: LocalServer) -> None:
    server.enqueue("Hi.")
    with DefaultHttpxClient() as http, Baseten(api_key=KEY, base_url=server.url, http_client=http) as client:
        assert client.messages.create(**HELLO).text == "Hi."


def test_a_raw_response_has_status_headers_and_the_message(server: LocalServer) -> None:
    server.enqueue("Hi.", headers={"x-left": "9"}, repeat=4)

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            raw = await client.messages.with_raw_response.create(**HELLO, extra_headers={"x-a": "b"})
            assert (raw.status_code, raw.headers["X-Left"], raw.request_id) == (200, "9", "req_000003")
            assert (await raw.parse()).text == "Hi."
            stream = await client.messages.with_raw_response.create(**HELLO, stream=True)
            assert await (await stream.parse()).get_final_text() == "Hi."

    with Baseten(api_key=KEY, base_url=server.url) as client:
        raw = client.messages.with_raw_response.create(**HELLO, extra_body={"top_k": 3}, timeout=5)
        assert (raw.status_code, raw.headers["X-Left"], raw.request_id) == (200, "9", "req_000001")
        assert raw.parse().text == "Hi."
        assert isinstance(raw.http_response, httpx.Response)
        assert KEY not in f"{raw!r} {dict(raw.http_response.request.headers)}"
        stream = client.messages.with_raw_response.create(**HELLO, stream=True)
        assert stream.parse().get_final_text() == "Hi."
    assert server.requests[0].json["top_k"] == 3
    asyncio.run(main())
    assert server.requests[2].headers["x-a"] == "b"


def test_a_raw_response_shows_its_request_and_its_body(server: LocalServer) -> None:
    server.enqueue("Hi.", repeat=2)

    async def main() -> tuple[Any, ...]:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            raw = await client.messages.with_raw_response.create(**HELLO)
            return await raw.json(), await raw.text(), await raw.read()

    with Baseten(api_key=KEY, base_url=server.url) as client:
        raw = client.messages.with_raw_response.create(**HELLO)
    assert (raw.method, raw.url.path, raw.http_request.method) == ("POST", "/v1/messages", "POST")
    for data, text, content in ((raw.json(), raw.text(), raw.read()), asyncio.run(main())):
        assert data["content"][0]["text"] == "Hi."
        assert json.loads(text) == json.loads(content) == data


@pytest.mark.usefixtures("quick_retries")
def test_a_raw_response_is_retried_and_raises_as_create_does(server: LocalServer) -> None:
    server.enqueue(status=503)
    server.enqueue("Hi.")
    server.enqueue(status=400)
    with Baseten(api_key=KEY, base_url=server.url) as client:
        assert client.messages.with_raw_response.create(**HELLO).parse().text == "Hi."
        with pytest.raises(errors.BadRequestError):
            client.messages.with_raw_response.create(**HELLO)


def test_beta_messages_send_betas_as_a_header(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client:
        create: Any = client.beta.messages.create
        create(**HELLO, betas=["a", "b"])
        with client.beta.messages.stream(**HELLO) as stream:
            stream.until_done()
    assert [request.headers.get("anthropic-beta") for request in server.requests] == ["a,b", None]


@beta_tool
def now() -> str:
    """Tell the time."""
    return "12:00"


CALL = {"content": [{"type": "tool_use", "id": "t", "name": "now", "input": {}}], "stop_reason": "tool_use"}


def test_max_iterations_ends_a_run_without_an_error(server: LocalServer) -> None:
    server.enqueue(CALL, repeat=4)
    with Baseten(api_key=KEY, base_url=server.url) as client:
        make: Any = client.beta.messages.tool_runner
        runner = make(**HELLO, tools=[now], max_iterations=2)
        assert len(list(runner)) == 2
        assert runner.until_done().stop_reason == "tool_use"
        assert runner.messages[-1]["content"][0]["content"] == "12:00"

    async def main() -> int:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            make: Any = client.beta.messages.tool_runner
            return len([turn async for turn in make(**HELLO, tools=[now], max_iterations=2)])

    assert asyncio.run(main()) == 2


def test_a_runner_that_is_told_to_use_no_thread_is_as_any_other(server: LocalServer) -> None:
    server.enqueue(CALL)
    with Baseten(api_key=KEY, base_url=server.url) as client:
        make: Any = client.beta.messages.tool_runner
        assert make(**HELLO, tools=[now], thread=False).until_done().text
        with pytest.raises(TypeError, match="the service keeps no history"):
            make(**HELLO, tools=[now], thread={"type": "create"}).until_done()
    assert [len(request.json["messages"]) for request in server.requests] == [1, 3]
    assert "thread" not in server.requests[0].json


def test_without_max_iterations_the_limit_is_an_error(server: LocalServer) -> None:
    server.enqueue(CALL, repeat=1)
    with Baseten(api_key=KEY, base_url=server.url) as client, pytest.raises(errors.MaxTurnsError):
        client.beta.messages.tool_runner(**HELLO, tools=[now], max_turns=1).until_done()


@pytest.mark.parametrize("arguments", [{}, {"output_type": int, "output_format": int}])
def test_parse_takes_one_type(arguments: dict[str, Any]) -> None:
    with Baseten(api_key=KEY) as client, pytest.raises(TypeError, match="pass output_type, the type of the output"):
        client.messages.parse(**HELLO, **arguments)


def test_parse_by_its_second_name_gives_the_output_by_both(server: LocalServer) -> None:
    call = {"type": "tool_use", "id": "t", "name": "give_output", "input": {"output": 7}}
    server.enqueue({"content": [call], "stop_reason": "tool_use"}, headers={"x-request-id": "req_x"}, repeat=2)

    async def main() -> int:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            return (await client.messages.parse(**HELLO, output_format=int)).parsed_output

    with Baseten(api_key=KEY, base_url=server.url) as client:
        parsed = client.messages.parse(**HELLO, output_format=int)
    assert (parsed.parsed_output, parsed.output, parsed.request_id) == (7, 7, "req_000001")
    assert asyncio.run(main()) == 7
