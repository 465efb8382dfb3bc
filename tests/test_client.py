"""`Baseten` and `AsyncBaseten`: their options, their connections, and many calls at once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import httpx2
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, errors
from baseten_messages_client.testing import LocalServer

from .conftest import Create
from .support import HELLO, KEY, say


def test_the_key_and_the_base_url_may_come_from_the_environment(
    create: Create, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BASETEN_API_KEY", "from-environment")
    monkeypatch.setenv("BASETEN_BASE_URL", f"{server.url}/v1")
    create({"api_key": None, "base_url": None})
    assert server.requests[0].headers["authorization"] == "Bearer from-environment"


def test_a_closed_client_refuses_to_send(mode: str, server: LocalServer) -> None:
    async def use_async() -> None:
        client = AsyncBaseten(api_key=KEY, base_url=server.url)
        async with client:
            await client.messages.create(**HELLO)
        await client.messages.create(**HELLO)

    def use_sync() -> None:
        client = Baseten(api_key=KEY, base_url=server.url)
        with client:
            client.messages.create(**HELLO)
        client.messages.create(**HELLO)

    with pytest.raises(errors.BasetenError, match="the client is closed: create a new one"):
        use_sync() if mode == "sync" else asyncio.run(use_async())
    assert len(server.requests) == 1


@pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda library: library.__name__)
def test_closing_a_client_leaves_the_callers_http_client_open(library: Any, mode: str, server: LocalServer) -> None:
    def use_sync() -> bool:
        with library.Client(trust_env=False) as http:
            with Baseten(api_key=KEY, base_url=server.url, http_client=http) as client:
                client.messages.create(**HELLO)
            return bool(http.is_closed)

    async def use_async() -> bool:
        async with library.AsyncClient(trust_env=False) as http:
            async with AsyncBaseten(api_key=KEY, base_url=server.url, http_client=http) as client:
                await client.messages.create(**HELLO)
            return bool(http.is_closed)

    assert not (use_sync() if mode == "sync" else asyncio.run(use_async()))


def test_a_derived_client_shares_connections_and_leaves_them_open(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client:
        with client.with_options(api_key="another-key") as other:
            other.messages.create(**HELLO)
        client.messages.create(**HELLO)
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer another-key", f"Bearer {KEY}"]


def test_a_derived_client_of_a_subclass_keeps_what_the_subclass_added(mode: str) -> None:
    base: Any = Baseten if mode == "sync" else AsyncBaseten

    class Team(base):  # type: ignore[misc]
        def __init__(self, name: str) -> None:
            super().__init__(api_key=KEY)
            self.name = name

    team = Team("red")
    assert team.messages is team.messages
    other = team.with_options(max_retries=7)
    assert isinstance(other, Team)
    assert other.name == "red"
    assert other.messages is not team.messages
    assert other.messages._settings.max_retries == 7


def test_fifty_threads_share_a_client_without_losing_or_mixing_messages(server: LocalServer) -> None:
    def ask(number: int) -> tuple[int, str]:
        message = client.messages.create(**say(f"number {number} please"))
        return number, message.text

    with Baseten(api_key=KEY, base_url=server.url) as client, ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(ask, range(200)))
    assert all(f"number {number} please" in text for number, text in answers)
    assert len(server.requests) == 200


def test_two_hundred_tasks_share_a_client_without_losing_or_mixing_messages(server: LocalServer) -> None:
    async def ask(client: AsyncBaseten, number: int) -> tuple[int, str]:
        message = await client.messages.create(**say(f"number {number} please"))
        return number, message.text

    async def main() -> list[tuple[int, str]]:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            return await asyncio.gather(*(ask(client, number) for number in range(200)))

    answers = asyncio.run(main())
    assert all(f"number {number} please" in text for number, text in answers)
    assert len(server.requests) == 200
