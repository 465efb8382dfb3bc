"""Calls that have to wait for one another: a connection that one call was given is not closed for another call."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from baseten_messages_client import AsyncBaseten, Baseten

from .processes import ask, echo_server

pytestmark = pytest.mark.usefixtures("library")

AT_ONCE = 16
CALLS = 1000
LIMITS = {
    "two addresses": {"max_connections": 4},
    "few are kept": {"max_connections": AT_ONCE, "max_keepalive_connections": 2},
}
OPTIONS: dict[str, Any] = {"api_key": "any", "max_retries": 0, "timeout": httpx.Timeout(30)}


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS.keys())
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_calls_that_share_a_small_pool_are_all_answered(
    library: Any, echo: str, mode: str, limits: dict[str, int]
) -> None:
    # To make room for a connection to another address, the HTTP library closes one that looks idle.
    texts = [f"call {number}" for number in range(CALLS)]
    with echo_server() as other:
        urls = [echo, other] if limits["max_connections"] == 4 else [echo]

        def run() -> list[str]:
            with library.Client(limits=library.Limits(**limits)) as http, ThreadPoolExecutor(AT_ONCE) as threads:
                client = Baseten(http_client=http, base_url=echo, **OPTIONS)
                clients = [client.with_options(base_url=url) for url in urls]

                def call(number: int) -> str:
                    return clients[number % len(clients)].messages.create(**ask(say=texts[number])).text

                return list(threads.map(call, range(CALLS)))

        async def run_async() -> list[str]:
            async with library.AsyncClient(limits=library.Limits(**limits)) as http:
                client = AsyncBaseten(http_client=http, base_url=echo, **OPTIONS)
                clients = [client.with_options(base_url=url) for url in urls]
                places = asyncio.Semaphore(AT_ONCE)

                async def call(number: int) -> str:
                    async with places:
                        message = await clients[number % len(clients)].messages.create(**ask(say=texts[number]))
                        return message.text

                return await asyncio.gather(*map(call, range(CALLS)))

        assert (run() if mode == "sync" else asyncio.run(run_async())) == texts
