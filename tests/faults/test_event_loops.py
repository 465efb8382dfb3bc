"""One `AsyncBaseten` in several event loops: one after another, and at the same time."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import trio

from baseten_messages_client import AsyncBaseten, BasetenError

from .processes import ask, counts, open_connections

pytestmark = pytest.mark.usefixtures("library")

LOOPS = 6

Call = Callable[[AsyncBaseten, str], Coroutine[Any, Any, str]]

# What an event loop leaves open has a test by itself.
quiet = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


async def create(client: AsyncBaseten, text: str) -> str:
    return (await client.messages.create(**ask(say=text))).text


async def stream(client: AsyncBaseten, text: str) -> str:
    async with client.messages.stream(**ask(say=text)) as opened:
        return await opened.get_final_text()


async def run_tools(client: AsyncBaseten, text: str) -> str:
    return (await client.messages.tool_runner(tools=[], **ask(say=text)).until_done()).text


CALLS: list[Call] = [create, stream, run_tools]


@quiet
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", [1, 3], ids=["one call", "three at once"])
def test_one_client_works_in_one_loop_after_another(echo: str, call: Call, number: int) -> None:
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)
    before = counts(echo)

    async def main(loop: int) -> list[str]:
        return await asyncio.gather(*(call(client, f"loop {loop} call {n}") for n in range(number)))

    for loop in range(LOOPS):
        assert asyncio.run(main(loop)) == [f"loop {loop} call {n}" for n in range(number)]
    assert counts(echo)["requests"] - before["requests"] == LOOPS * number
    # Those of earlier loops are closed: what is left are those of the last loop, and none if it closed them.
    assert open_connections(echo, before["open"] + number) <= before["open"] + number


@quiet
def test_a_client_made_by_with_options_works_in_one_loop_after_another(echo: str) -> None:
    base = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)
    for loop in range(LOOPS):
        client = base if loop % 2 else base.with_options(timeout=5)
        assert asyncio.run(create(client, f"loop {loop}")) == f"loop {loop}"


@quiet
def test_a_callers_own_http_client_works_or_is_refused_before_anything_is_sent(library: Any, echo: str) -> None:
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0, http_client=library.AsyncClient())

    for loop in range(LOOPS):
        before = counts(echo)["requests"]
        try:
            assert asyncio.run(create(client, f"loop {loop}")) == f"loop {loop}"
        except BasetenError:
            assert counts(echo)["requests"] == before, "it was sent, and then failed"


@quiet
def test_a_stream_that_is_left_open_does_not_spoil_the_next_loop(echo: str) -> None:
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)
    kept: list[Any] = []

    async def leave(loop: int) -> None:
        opened = await client.messages.create(stream=True, **ask(say="never ends", hold=True))
        await anext(aiter(opened))
        kept.append(opened)
        assert await create(client, f"loop {loop}") == f"loop {loop}"

    for loop in range(LOOPS):
        asyncio.run(leave(loop))


@quiet
@pytest.mark.parametrize("call", CALLS)
def test_one_client_works_in_two_loops_at_once(echo: str, call: Call) -> None:
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)
    barrier = threading.Barrier(2, timeout=10)
    found: dict[str, list[str]] = {}
    failures: list[BaseException] = []

    async def main(name: str) -> list[str]:
        answers = []
        for number in range(20):
            # Both threads make each call at the same time, and a few calls at once in each loop.
            barrier.wait()
            texts = [f"{name} {number} {n}" for n in range(3)]
            answers += await asyncio.gather(*(call(client, text) for text in texts))
        return answers

    def run(name: str) -> None:
        try:
            found[name] = asyncio.run(main(name))
        except BaseException as error:
            barrier.abort()
            failures.append(error)

    threads = [threading.Thread(target=run, args=(name,), daemon=True) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not failures
    for name, answers in found.items():
        assert answers == [f"{name} {number} {n}" for number in range(20) for n in range(3)]


@quiet
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("first", ["trio", "asyncio"])
def test_one_client_works_in_loops_of_two_libraries(echo: str, call: Call, first: str) -> None:
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)

    async def main(text: str) -> str:
        return await call(client, text)

    runs: list[Callable[[str], str]] = [lambda text: trio.run(main, text), lambda text: asyncio.run(main(text))]
    for number, run in enumerate((runs if first == "trio" else runs[::-1]) * 3):
        assert run(f"run {number}") == f"run {number}"


@quiet
def test_closing_in_another_loop_does_no_harm(echo: str) -> None:
    client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)
    assert asyncio.run(create(client, "one")) == "one"
    asyncio.run(client.aclose())
    asyncio.run(client.aclose())


def test_nothing_of_a_loop_is_left_open_when_it_ends(echo: str) -> None:
    def use_loops() -> None:
        client = AsyncBaseten(api_key="any", base_url=echo, max_retries=0)
        for loop in range(3):
            assert asyncio.run(create(client, f"loop {loop}")) == f"loop {loop}"

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Of what earlier tests left.
        gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        use_loops()
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
