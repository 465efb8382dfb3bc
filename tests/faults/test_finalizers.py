"""Streams that are dropped: whoever collects them must not wait for a lock that this thread may hold.

The garbage collector runs a finalizer anywhere, also while the same thread holds the lock of the connection pool.
"""

from __future__ import annotations

import asyncio
import gc
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, tool

from ..libraries import current
from .processes import ask, counts, open_connections, run_apart

pytestmark = pytest.mark.usefixtures("library")

HELD = ask(say="a stream that never ends", hold=True)


@tool
def look() -> str:
    """Look."""
    return "seen"


class Owner:
    """An object of the caller's, in a cycle with itself."""

    def __init__(self, owned: Any) -> None:
        self.owned = owned
        self.myself = self


def leave_runner(client: Baseten) -> None:
    for turn in client.messages.tool_runner(tools=[look], stream=True, **HELD):
        next(iter(turn))
        break


def leave_runner_in_a_cycle(client: Baseten) -> None:
    runner = client.messages.tool_runner(tools=[look], stream=True, **HELD)
    next(iter(next(runner)))
    Owner(runner)


def leave_stream(client: Baseten) -> None:
    next(iter(client.messages.create(stream=True, **HELD)))


def leave_stream_in_a_cycle(client: Baseten) -> None:
    stream = client.messages.create(stream=True, **HELD)
    next(iter(stream))
    Owner(stream)


def leave_iterator_in_a_cycle(client: Baseten) -> None:
    events = iter(client.messages.create(stream=True, **HELD))
    next(events)
    Owner(events)


def leave_text_stream_in_a_cycle(client: Baseten) -> None:
    texts = client.messages.create(stream=True, **HELD).text_stream
    next(texts)
    Owner(texts)


def enter_without_with(client: Baseten) -> None:
    manager = client.messages.stream(**HELD)
    next(iter(manager.__enter__()))


def enter_without_with_in_a_cycle(client: Baseten) -> None:
    manager = client.messages.stream(**HELD)
    next(iter(manager.__enter__()))
    Owner(manager)


def leave_stream_with_a_limit_in_a_cycle(client: Baseten) -> None:
    stream = client.messages.create(stream=True, idle_timeout=60.0, **HELD)
    next(iter(stream))
    Owner(stream)


WAYS: dict[str, Callable[[Baseten], None]] = {
    way.__name__: way
    for way in (
        leave_runner,
        leave_runner_in_a_cycle,
        leave_stream,
        leave_stream_in_a_cycle,
        leave_iterator_in_a_cycle,
        leave_text_stream_in_a_cycle,
        enter_without_with,
        enter_without_with_in_a_cycle,
        leave_stream_with_a_limit_in_a_cycle,
    )
}


def drop_streams(url: str, way: str, rounds: int, at_most: int) -> list[int]:
    """Drop a stream and make a call, many times; return the threads and the connections that are left."""
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:
        chance = random.Random(way)
        for number in range(rounds):
            WAYS[way](client)
            # The collector runs after so many new objects: some of them now have it run at any place of the call.
            kept: list[list[Any]] = [[] for _ in range(chance.randrange(700))]
            assert client.messages.create(**ask(say=f"call {number}")).text == f"call {number}", kept
        gc.collect()
        client.messages.create(**ask(say="Whatever is left is closed by now."))
        threads = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
        for thread in threads:
            thread.join(5)
        return [sum(thread.is_alive() for thread in threads), open_connections(url, at_most)]


@pytest.mark.parametrize("way", WAYS)
def test_dropping_a_stream_never_blocks_and_ends_its_connection(echo: str, way: str) -> None:
    at_most = counts(echo)["open"] + 2
    rounds = 400 if way == "leave_runner" else 200
    threads, connections = run_apart(drop_streams, echo, way, rounds, at_most, seconds=15)
    assert threads == 0
    assert connections <= at_most


def drop_streams_in_threads(url: str) -> int:
    """Drop streams in several threads of one client; return how many calls were answered."""
    answered: list[str] = []
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:

        def work() -> None:
            for _ in range(25):
                leave_stream_in_a_cycle(client)
                answered.append(client.messages.create(**ask(say="answered")).text)

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return answered.count("answered")


def test_threads_that_drop_streams_do_not_block_one_another(echo: str) -> None:
    assert run_apart(drop_streams_in_threads, echo, seconds=15) == 150


def fill_a_small_pool(url: str) -> int:
    """Drop more streams than a pool has connections; the collector has run after each. Returns the calls answered."""
    limits = current().Limits(max_connections=3)
    with current().Client(limits=limits) as http:
        client = Baseten(api_key="any", base_url=url, http_client=http, timeout=current().Timeout(5), max_retries=0)
        for number in range(12):
            leave_stream_in_a_cycle(client)
            gc.collect()
            assert client.messages.create(**ask(say=f"call {number}")).text == f"call {number}"
    return 12


def test_a_dropped_stream_gives_its_place_in_the_pool_back(echo: str) -> None:
    assert run_apart(fill_a_small_pool, echo, seconds=30) == 12


def drop_async_streams(url: str, in_runner: bool, at_most: int) -> int:
    """Drop async streams, more than the pool has connections; return the connections that are left."""
    stray: list[str] = []

    async def main() -> int:
        asyncio.get_running_loop().set_exception_handler(lambda _, found: stray.append(str(found)))
        limits = current().Limits(max_connections=5)
        async with current().AsyncClient(limits=limits) as http:
            client = AsyncBaseten(
                api_key="any", base_url=url, http_client=http, timeout=current().Timeout(5), max_retries=0
            )
            for number in range(40):
                await leave(client)
                gc.collect()
                await asyncio.sleep(0)
                message = await client.messages.create(**ask(say=f"call {number}"))
                assert message.text == f"call {number}"
            return open_connections(url, at_most)

    async def leave(client: AsyncBaseten) -> None:
        if in_runner:
            async for turn in client.messages.tool_runner(tools=[look], stream=True, **HELD):
                await anext(aiter(turn))
                break
        else:
            stream = await client.messages.create(stream=True, **HELD)
            await anext(aiter(stream))
            Owner(stream)

    left = asyncio.run(main())
    assert not stray
    return left


@pytest.mark.parametrize("in_runner", [False, True], ids=["stream", "runner"])
def test_a_dropped_async_stream_gives_its_place_in_the_pool_back(echo: str, in_runner: bool) -> None:
    at_most = counts(echo)["open"] + 5
    assert run_apart(drop_async_streams, echo, in_runner, at_most, seconds=30) <= at_most
