"""asyncio's own cancellation at any moment: no connection may be lost to the pool."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import httpx
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, PoolTimeoutError, tool

from .cancellation_ways import WAYS
from .processes import Ask, ask, counts, open_connections

pytestmark = pytest.mark.usefixtures("library")

CANCELS = 1000
AT_ONCE = 40
POOL = 10
OWN_POOL = 1000
"""Connections that a client's own pool holds."""
LONGEST = 0.03
"""Seconds after which a call is cancelled at the latest: many are over by then."""


@tool
async def look() -> str:
    """Look."""
    return "seen"


async def create(client: AsyncBaseten, fields: Ask) -> None:
    await client.messages.create(**fields)


async def stream(client: AsyncBaseten, fields: Ask) -> None:
    async with client.messages.stream(**fields) as opened:
        async for _ in opened:
            pass


async def stream_with_limits(client: AsyncBaseten, fields: Ask) -> None:
    async with client.messages.stream(idle_timeout=5, deadline=20, **fields) as opened:
        await opened.get_final_message()


async def create_stream(client: AsyncBaseten, fields: Ask) -> None:
    async with await client.messages.create(stream=True, **fields) as opened:
        async for _ in opened:
            pass


async def run_tools(client: AsyncBaseten, fields: Ask) -> None:
    await client.messages.tool_runner(tools=[look], stream=True, **fields).until_done()


CALLS = (create, stream, stream_with_limits, create_stream, run_tools)


async def cancel_at_random(client: AsyncBaseten, seed: str) -> None:
    """Cancel many calls, several at a time, each after a random time."""
    chance = random.Random(seed)
    cancels = iter(range(CANCELS))

    async def work() -> None:
        for number in cancels:
            fields = ask(say=f"call {number}", wait=chance.choice((0, 0.001, 0.003)), pause=0.0003)
            way, call = chance.choice(WAYS), chance.choice(CALLS)
            await way(call(client, fields), chance.uniform(0, LONGEST))

    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE):
            tasks.create_task(work())


async def check_pool(client: AsyncBaseten, places: int) -> None:
    """Check that so many calls can be under way at once, and that calls after them are answered rightly."""
    meet = ask(say="all at once", meet=places, run=random.random())
    messages = await asyncio.gather(*(client.messages.create(**meet) for _ in range(places)))
    assert [message.text for message in messages] == ["all at once"] * places
    for number in range(20):
        message = await client.messages.create(**ask(say=f"after {number}"))
        assert message.text == f"after {number}"


@pytest.mark.parametrize("seed", ["first", "second"])
def test_cancelled_calls_give_their_connections_back_to_a_small_pool(library: Any, echo: str, seed: str) -> None:
    before = counts(echo)["open"]

    async def main() -> None:
        limits = library.Limits(max_connections=POOL)
        async with library.AsyncClient(limits=limits) as http:
            client = AsyncBaseten(
                api_key="any", base_url=echo, http_client=http, max_retries=0, timeout=library.Timeout(30)
            )
            async with asyncio.timeout(60):
                await cancel_at_random(client, seed)
            async with asyncio.timeout(30):
                await check_pool(client, POOL)

    asyncio.run(main())
    assert open_connections(echo, before) <= before


def test_cancelled_calls_give_their_connections_back_to_the_clients_own_pool(echo: str) -> None:
    before = counts(echo)["open"]

    async def main() -> None:
        async with AsyncBaseten(api_key="any", base_url=echo, max_retries=0, timeout=httpx.Timeout(30)) as client:
            async with asyncio.timeout(60):
                await cancel_at_random(client, "own pool")
            # Idle connections may be kept, up to the limit of a hundred; those that were cut are closed.
            assert open_connections(echo, before + AT_ONCE) <= before + AT_ONCE
            async with asyncio.timeout(30):
                await check_pool(client, OWN_POOL)

    asyncio.run(main())
    assert open_connections(echo, before) <= before


def test_tasks_of_a_loop_that_ends_are_cancelled_without_a_loss(echo: str) -> None:
    # asyncio.run cancels what is still running, and the next loop begins with the same client.
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0, timeout=httpx.Timeout(30))
    kept: list[asyncio.Task[None]] = []

    async def leave() -> None:
        kept.extend(asyncio.ensure_future(create(client, ask(wait=5))) for _ in range(5))
        await asyncio.sleep(0.05)

    async def main() -> None:
        await check_pool(client, POOL)
        await client.aclose()

    asyncio.run(leave())
    assert all(task.cancelled() for task in kept)
    asyncio.run(main())


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_full_pool_says_how_many_connections_are_in_use_and_what_to_raise(library: Any, echo: str, mode: str) -> None:
    limits = library.Limits(max_connections=3)
    timeout = library.Timeout(5, pool=0.1)
    held = ask(say="held", hold=True)

    def fill() -> None:
        with library.Client(limits=limits) as http:
            client = Baseten(api_key="any", base_url=echo, http_client=http, max_retries=0, timeout=timeout)
            streams = [client.messages.create(stream=True, **held) for _ in range(3)]
            try:
                client.messages.create(**ask(say="one too many"))
            finally:
                for opened in streams:
                    opened.close()

    async def fill_async() -> None:
        async with library.AsyncClient(limits=limits) as http:
            client = AsyncBaseten(api_key="any", base_url=echo, http_client=http, max_retries=0, timeout=timeout)
            streams = [await client.messages.create(stream=True, **held) for _ in range(3)]
            try:
                await client.messages.create(**ask(say="one too many"))
            finally:
                for opened in streams:
                    await opened.close()

    with pytest.raises(PoolTimeoutError) as caught:
        fill() if mode == "sync" else asyncio.run(fill_async())
    text = str(caught.value)
    assert "3" in text or library.__name__ == "aiohttp"  # Its transport does not show its connections.
    assert "max_connections" in text
    assert "pool" in text


def test_a_client_keeps_at_most_a_hundred_idle_connections(echo: str) -> None:
    before = counts(echo)["open"]

    async def main() -> int:
        async with AsyncBaseten(api_key="any", base_url=echo, max_retries=0) as client:
            meet = ask(say="many", meet=150)
            await asyncio.gather(*(client.messages.create(**meet) for _ in range(150)))
            return open_connections(echo, before + 100)

    assert asyncio.run(main()) - before <= 100
