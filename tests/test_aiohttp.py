"""The HTTP client that sends with aiohttp: its limits, its cookies, and the errors that its failures become."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from httpx_aiohttp import HttpxAiohttpClient

from baseten_messages_client import (
    APIConnectionError,
    APITimeoutError,
    AsyncBaseten,
    BasetenError,
    ConfigurationError,
    Message,
    PoolTimeoutError,
    StreamTimeoutError,
)
from baseten_messages_client.aiohttp import aiohttp_client
from baseten_messages_client.testing import LocalServer

from .support import HELLO, KEY

Act = Callable[[AsyncBaseten], Awaitable[Any]]


def run(
    url: str,
    act: Act,
    http_options: dict[str, Any] | None = None,
    make: Callable[..., httpx.AsyncClient] = aiohttp_client,
    **options: Any,
) -> Any:
    """Return what `act` does with a client that sends with aiohttp."""

    async def main() -> Any:
        async with make(**(http_options or {})) as http:
            return await act(AsyncBaseten(api_key=KEY, base_url=url, http_client=http, max_retries=0, **options))

    return asyncio.run(main())


async def create(client: AsyncBaseten) -> str:
    message = await client.messages.create(**HELLO)
    assert isinstance(message, Message)
    return message.text


def stream(**limits: float) -> Act:
    async def act(client: AsyncBaseten) -> str:
        async with client.messages.stream(**{**HELLO, **limits}) as opened:
            return await opened.get_final_text()

    return act


@pytest.mark.parametrize("act", [create, stream(), stream(idle_timeout=5, deadline=10)])
def test_a_call_gives_its_message(server: LocalServer, act: Act) -> None:
    server.enqueue("over aiohttp")
    assert run(server.url, act) == "over aiohttp"


FAILURES: list[tuple[dict[str, Any], Act, dict[str, Any], type[BasetenError], str]] = [
    ({"drop": True}, create, {}, APIConnectionError, "no response from http.*: Server disconnected"),
    ({"drop": True}, stream(), {}, APIConnectionError, "no response from http.*: Server disconnected"),
    ({"reply": "late", "delay": 30}, create, {"timeout": 0.2}, APITimeoutError, "(waiting for the response)"),
    ({"reply": "late", "delay": 30}, stream(idle_timeout=0.2), {}, StreamTimeoutError, "no event for 0.2 s (idle_t"),
    ({"reply": "late", "delay": 30}, stream(deadline=0.2), {}, StreamTimeoutError, "than its deadline of 0.2 s"),
    ({"reply": "a b c", "pause": 30}, stream(idle_timeout=0.2), {}, StreamTimeoutError, "no event for 0.2 s (idle_t"),
    ({"reply": "a b c", "pause": 30}, stream(deadline=0.2), {}, StreamTimeoutError, "than its deadline of 0.2 s"),
    ({"reply": "a b c", "pause": 30}, stream(), {"timeout": 0.2}, StreamTimeoutError, "longer than timeout allows"),
    ({"reply": b"half", "headers": {"content-length": "99"}}, create, {}, APIConnectionError, "was cut short"),
]


@pytest.mark.parametrize(("reply", "act", "options", "error_class", "text"), FAILURES)
def test_a_failure_is_described_as_with_httpx_alone(
    server: LocalServer,
    reply: dict[str, Any],
    act: Act,
    options: dict[str, Any],
    error_class: type[BasetenError],
    text: str,
) -> None:
    server.enqueue(**reply)
    with pytest.raises(error_class) as caught:
        run(server.url, act, **options)
    assert type(caught.value) is error_class
    before, _, after = text.partition(".*")
    assert before in str(caught.value)
    assert after in str(caught.value)


# A caller may also use the client of httpx-aiohttp itself.
both_clients = pytest.mark.parametrize("make", [aiohttp_client, HttpxAiohttpClient])


@both_clients
def test_a_refused_connection_is_not_called_late(make: Callable[..., httpx.AsyncClient]) -> None:
    told = r"no response from http://127\.0\.0\.1:1/v1/messages: Cannot"
    with pytest.raises(APIConnectionError, match=told) as caught:
        run("http://127.0.0.1:1", create, make=make)
    assert not isinstance(caught.value, APITimeoutError)
    assert "in time" not in str(caught.value)


@both_clients
@pytest.mark.parametrize("limit", ["idle_timeout", "deadline"])
def test_the_limit_that_is_exceeded_is_named(
    server: LocalServer, make: Callable[..., httpx.AsyncClient], limit: str
) -> None:
    server.enqueue("a b c", pause=30)
    with pytest.raises(StreamTimeoutError, match=limit):
        run(server.url, stream(**{limit: 0.2}), make=make)


@both_clients
def test_the_time_of_the_caller_does_not_count_as_idle(
    server: LocalServer, make: Callable[..., httpx.AsyncClient]
) -> None:
    async def act(client: AsyncBaseten) -> str:
        async with client.messages.stream(**HELLO, idle_timeout=0.25) as opened:
            async for _ in opened:
                await asyncio.sleep(0.2)  # The server sends nothing for longer than the limit, but the wait is shorter.
            return await opened.get_final_text()

    server.enqueue("a", pause=0.3)
    assert run(server.url, act, make=make) == "a"


def test_a_full_pool_is_named(server: LocalServer) -> None:
    async def act(client: AsyncBaseten) -> None:
        busy = asyncio.ensure_future(create(client))
        while not server.requests:
            assert not busy.done()
            await asyncio.sleep(0)
        try:
            await create(client)
        finally:
            busy.cancel()

    server.enqueue("late", delay=30)
    limits = {"limits": httpx.Limits(max_connections=1)}
    with pytest.raises(PoolTimeoutError, match="no connection in the pool became free"):
        run(server.url, act, limits, timeout=httpx.Timeout(5, pool=0.1))


def test_no_cookie_is_kept(server: LocalServer) -> None:
    async def act(client: AsyncBaseten) -> None:
        for _ in range(2):
            await create(client)

    server.enqueue("Hi.", headers={"set-cookie": "key=value; Path=/"}, repeat=2)
    run(server.url, act)
    assert len(server.requests) == 2
    assert not any("cookie" in request.headers for request in server.requests)


def test_it_has_the_limits_of_the_usual_client() -> None:
    transport: Any = aiohttp_client()._transport
    assert transport.limits == httpx.Limits(max_connections=1000, max_keepalive_connections=100)


def test_another_event_loop_is_refused_before_anything_is_sent(server: LocalServer) -> None:
    client = AsyncBaseten(api_key=KEY, base_url=server.url, http_client=aiohttp_client())

    async def close() -> None:
        await create(client)
        await client._connections._caller_http.aclose()

    asyncio.run(close())
    with pytest.raises(ConfigurationError, match="http_client was used in another event loop before"):
        asyncio.run(create(client))
    assert len(server.requests) == 1


def test_the_missing_extra_is_named() -> None:
    program = "import sys; sys.modules['httpx_aiohttp'] = None; import baseten_messages_client.aiohttp"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert 'pip install "baseten-messages-client[aiohttp]"' in done.stderr


def test_the_package_alone_does_not_import_aiohttp() -> None:
    program = "import sys, baseten_messages_client.messages; print('aiohttp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
