"""Making the calls of one turn side by side: timeouts, cancellation, and whatever a tool raises."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import anyio
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, models, tool
from baseten_messages_client._tools.calls import call_in_tasks, call_in_threads
from baseten_messages_client._tools.loop import Outcome, PreparedCall
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


def test_a_tool_that_takes_some_time_is_not_given_up_before_its_timeout(run: Run, server: LocalServer) -> None:
    @tool(timeout=30)
    def think(number: int) -> int:
        threading.Event().wait(0.05)
        return number

    server.enqueue(turn(use("t1", "think", {"number": 7})))
    assert run(think).results == [result("t1", "7")]


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


@pytest.mark.parametrize("limit", [1, 2])
def test_at_most_so_many_calls_are_made_at_a_time(run: Run, server: LocalServer, limit: int) -> None:
    lock, running, most = threading.Lock(), 0, 0
    never = threading.Event()

    @tool
    def occupy() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        never.wait(0.03)  # Long enough for another call to begin, if it could.
        with lock:
            running -= 1

    server.enqueue(turn(*(use(f"t{n}", "occupy", {}) for n in range(4))))
    server.enqueue("Done.")
    assert run(occupy, max_concurrency=limit).results == [result(f"t{n}", "null") for n in range(4)]
    assert most == limit


def test_a_call_begins_as_soon_as_another_ends(run: Run, server: LocalServer) -> None:
    began = threading.Event()

    @tool
    def wait_for_the_last() -> bool:
        return began.wait(5)

    @tool
    def last() -> None:
        began.set()

    names = ["wait_for_the_last", "double", "last"]
    server.enqueue(turn(*(use(name, name, {"number": 1} if name == "double" else {}) for name in names)))
    server.enqueue("Done.")
    assert run(wait_for_the_last, double, last, max_concurrency=2).results[0] == result("wait_for_the_last", "true")


def prepare(function: Callable[[], Any], **options: Any) -> PreparedCall:
    made = tool(function, name="f", **options)
    return PreparedCall(models.ToolUseBlock(type="tool_use", id="t1", name="f", input={}), made, function)


def value_of(call: PreparedCall) -> Any:
    assert call.outcome is not None
    assert call.outcome.error is None
    return call.outcome.value


def test_a_sync_tool_runs_in_a_thread_that_has_its_name_and_does_not_keep_the_program_alive(
    run: Run, server: LocalServer
) -> None:
    @tool
    def look() -> list[Any]:
        thread = threading.current_thread()
        return [thread.name, thread.daemon]

    server.enqueue(turn(use("t1", "look", {})))
    server.enqueue("Done.")
    assert run(look).results == [result("t1", '["tool-look",true]')]


def test_a_call_is_marked_as_running_while_a_thread_makes_it() -> None:
    call = prepare(lambda: call.running is not None)
    call_in_threads([call], 1)
    assert value_of(call) is True


def test_a_call_that_runs_already_is_waited_for_and_takes_a_place() -> None:
    order: list[str] = []
    began = threading.Event()

    def second() -> None:
        order.append("second")
        began.set()

    def end_the_first() -> None:
        began.wait(0.05)  # Long enough for the second call to begin, if it could.
        order.append("first")
        first_future.set_result(Outcome("first"))

    first_future: Future[Outcome] = Future()
    calls = [prepare(lambda: order.append("again")), prepare(second)]
    calls[0].running = first_future
    ending = threading.Thread(target=end_the_first)
    ending.start()
    call_in_threads(calls, 1)
    ending.join()
    assert order == ["first", "second"]
    assert value_of(calls[0]) == "first"


@pytest.mark.parametrize("ended", [False, True], ids=["running", "ended"])
def test_a_call_that_runs_already_is_not_made_again_in_a_task(ended: bool) -> None:
    made: list[str] = []
    call = prepare(lambda: made.append("again"))
    call.running = Future()

    async def main() -> None:
        future = call.running
        assert future is not None
        if ended:
            future.set_result(Outcome("first"))
        else:
            asyncio.get_running_loop().run_in_executor(None, future.set_result, Outcome("first"))
        await call_in_tasks([call], 1)

    asyncio.run(main())
    assert value_of(call) == "first"
    assert made == []


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_call_in_a_task_that_times_out_is_not_a_failure(backend: str) -> None:
    async def hang() -> None:
        await anyio.sleep(30)

    call = prepare(hang, timeout=0.02)
    anyio.run(call_in_tasks, [call], 1, backend=backend)
    assert call.outcome is not None
    assert (call.outcome.timed_out, call.outcome.error) == (True, None)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_call_in_a_task_has_what_the_function_returns_or_raises(backend: str) -> None:
    error = ValueError("no")

    def fail() -> None:
        raise error

    calls = [prepare(lambda: 5), prepare(fail)]
    anyio.run(call_in_tasks, calls, 2, backend=backend)
    assert value_of(calls[0]) == 5
    assert calls[1].outcome is not None
    assert calls[1].outcome.error is error


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
