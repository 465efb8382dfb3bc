"""Making the calls of one turn side by side: timeouts, cancellation, and whatever a tool raises."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import Any

import anyio
import pytest

from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    tool,
)
from baseten_messages_client.testing import LocalServer

from ..support import KEY
from .support import ASK, Run, double, result, turn, use


def test_calls_of_one_turn_run_side_by_side(run: Run, server: LocalServer) -> None:
    barrier = threading.Barrier(4, timeout=10)

    @tool
    def meet(number: int) -> int:
        barrier.wait()  # Each call waits for the other three. One after another, they would never get past it.
        return number

    server.enqueue(turn(*(use(f"t{n}", "meet", {"number": n}) for n in range(4))))
    server.enqueue("Done.")
    assert run(meet).results == [result(f"t{n}", str(n)) for n in range(4)]


def test_async_calls_of_one_turn_run_side_by_side(run: Run, server: LocalServer) -> None:
    barrier = threading.Barrier(3, timeout=10)

    @tool
    async def meet() -> str:
        await asyncio.to_thread(barrier.wait)
        return str(barrier.parties)

    server.enqueue(turn(*(use(f"t{n}", "meet", {}) for n in range(3))))
    server.enqueue("Done.")
    assert run(meet).results == [result(f"t{n}", "3") for n in range(3)]


def test_a_tool_that_hangs_is_given_up_after_its_timeout(run: Run, server: LocalServer) -> None:
    released = threading.Event()

    @tool(timeout=0.05)
    def hang() -> None:
        released.wait(30)

    @tool(timeout=0.05)
    async def hang_too() -> None:
        await asyncio.sleep(30)

    server.enqueue(turn(use("t1", "hang", {}), use("t2", "double", {"number": 1}), use("t3", "hang_too", {})))
    server.enqueue("Done.")
    assert run(hang, double, hang_too).results == [
        result("t1", "hang did not finish within 0.05 seconds.", is_error=True),
        result("t2", "2"),
        result("t3", "hang_too did not finish within 0.05 seconds.", is_error=True),
    ]
    released.set()


def test_waiting_for_one_call_gives_another_no_more_time(run: Run, server: LocalServer) -> None:
    released = threading.Event()

    @tool
    def patient() -> str:
        released.wait(0.3)
        return "done"

    @tool(timeout=0.05)
    def hurried() -> str:
        released.wait(0.2)
        return "too late"

    server.enqueue(turn(use("t1", "patient", {}), use("t2", "hurried", {})))
    server.enqueue("Done.")
    results = run(patient, hurried).results
    assert results[0] == result("t1", "done")
    assert results[1]["is_error"] is True


def test_sync_tools_do_not_block_the_event_loop(server: LocalServer) -> None:
    ticked = threading.Event()

    @tool
    def wait_for_tick() -> bool:
        return ticked.wait(10)

    answers: list[str] = []

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client, anyio.create_task_group() as tasks:

            async def tick() -> None:
                await asyncio.to_thread(server.wait_until, lambda: bool(server.requests))
                ticked.set()

            tasks.start_soon(tick)
            done = await client.messages.tool_runner(tools=[wait_for_tick], **ASK).until_done()
            answers.append(done.text)

    server.enqueue(turn(use("t1", "wait_for_tick", {})))
    anyio.run(main)
    assert 'returned "true"' in answers[0]


def test_async_tools_share_one_event_loop(run: Run, server: LocalServer) -> None:
    lock = asyncio.Lock()
    loops: set[int] = set()

    @tool(timeout=10)
    async def f() -> None:
        async with lock:
            loops.add(id(asyncio.get_running_loop()))
            await asyncio.sleep(0)

    server.enqueue(turn(use("t1", "f", {}), use("t2", "f", {})), repeat=2)
    server.enqueue("Done.")
    run(f)
    assert len(loops) == 1


def test_an_async_function_behind_a_sync_wrapper_is_awaited(run: Run, server: LocalServer) -> None:
    async def inner(number: int) -> int:
        return number

    @tool
    def wrapper(number: int) -> Any:
        return inner(number)

    server.enqueue(turn(use("t1", "wrapper", {"number": 1})))
    server.enqueue("Done.")
    assert run(wrapper).results == [result("t1", "1")]


def test_tools_see_the_callers_context(run: Run, server: LocalServer) -> None:
    variable = contextvars.ContextVar("variable", default="lost")
    variable.set("kept")

    @tool
    def look() -> str:
        return variable.get()

    server.enqueue(turn(use("t1", "look", {}), use("t2", "look", {})))
    server.enqueue("Done.")
    assert run(look).results == [result("t1", "kept"), result("t2", "kept")]


def test_cancelling_the_runner_cancels_its_tools(server: LocalServer) -> None:
    ended: list[str] = []

    @tool
    async def hang() -> None:
        started.set()
        try:
            await asyncio.sleep(30)
        finally:
            ended.append("cancelled")

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            task = asyncio.create_task(client.messages.tool_runner(tools=[hang], **ASK).until_done())
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    server.enqueue(turn(use("t1", "hang", {}), use("t2", "hang", {})))
    started = asyncio.Event()
    asyncio.run(main())
    assert ended == ["cancelled", "cancelled"]


class Unprintable(Exception):
    def __str__(self) -> str:
        raise ValueError("no text")


def cancel() -> None:
    raise asyncio.CancelledError


def leave() -> None:
    raise SystemExit(2)


def unprintable() -> None:
    raise Unprintable


def lengthy() -> None:
    raise ValueError("x" * 100_000)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (cancel, "f failed: CancelledError"),
        (leave, "f failed: SystemExit: 2"),
        (unprintable, "f failed: Unprintable"),
        (lengthy, "f failed: ValueError: xxx"),
    ],
)
def test_whatever_a_tool_raises_becomes_a_result(
    run: Run, server: LocalServer, function: Callable[[], None], told: str
) -> None:
    server.enqueue(turn(use("t1", "f", {})))
    server.enqueue("I see.")
    (block,) = run(tool(function, name="f")).results
    assert block["content"].startswith(told)
    assert len(block["content"]) < 5000


def test_a_cancelled_future_within_a_tool_becomes_a_result(run: Run, server: LocalServer) -> None:
    @tool(timeout=30)
    async def f() -> None:
        waited = asyncio.ensure_future(asyncio.sleep(30))
        waited.cancel()
        await waited

    server.enqueue(turn(use("t1", "f", {})))
    server.enqueue("I see.")
    assert run(f).results[0]["content"] == "f failed: CancelledError"


def test_a_keyboard_interrupt_passes_through_the_sync_runner(server: LocalServer) -> None:
    @tool
    def interrupt() -> None:
        raise KeyboardInterrupt

    for calls in (1, 2):
        server.enqueue(turn(*(use(f"t{n}", "interrupt", {}) for n in range(calls))))
        with Baseten(api_key=KEY, base_url=server.url) as client, pytest.raises(KeyboardInterrupt):
            client.messages.tool_runner(tools=[interrupt], **ASK).until_done()
