"""Making the calls of one turn side by side: in threads for the sync runner, in tasks for the async one."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import cache
from math import inf
from time import monotonic
from typing import Any

import anyio
import anyio.from_thread
import anyio.lowlevel

from .loop import Outcome, PreparedCall


def call_in_threads(prepared: list[PreparedCall]) -> list[Outcome]:
    """Make the calls, each in a thread of its own; async tools run in one loop that all of them share."""
    started = monotonic()
    futures: list[Future[Any]] = []
    tasks: list[list[Future[Any]]] = []
    for item in prepared:
        future: Future[Any] = Future()
        task: list[Future[Any]] = []
        arguments = (contextvars.copy_context().run, _finish, item.function, future, task)
        # Daemons, not a pool: a pool would wait for a tool that hangs, at the latest when the program ends.
        threading.Thread(target=_apply, args=arguments, name=f"tool-{item.tool.name}", daemon=True).start()
        futures.append(future)
        tasks.append(task)

    def deadline(number: int) -> float:
        timeout = prepared[number].tool.timeout
        return inf if timeout is None else started + timeout

    outcomes = [Outcome(timed_out=True)] * len(prepared)
    # The first to run out of time is looked at first, so that waiting for one gives no other more time.
    for number in sorted(range(len(prepared)), key=deadline):
        left = deadline(number) - monotonic()
        done, _ = wait([futures[number]], None if left == inf else max(0.0, left))
        if done:
            outcomes[number] = futures[number].result()
        else:
            for inner in tasks[number]:
                inner.cancel()
    return outcomes


def _apply(run: Callable[..., Any], *arguments: Any) -> None:
    run(*arguments)


def _finish(function: Callable[[], Any], future: Future[Any], task: list[Future[Any]]) -> None:
    try:
        value = function()
        if inspect.isawaitable(value):
            task.append(asyncio.run_coroutine_threadsafe(_awaited(value), _background_loop()))
            value = task[0].result()
        future.set_result(Outcome(value))
    except BaseException as error:
        future.set_result(Outcome(error=error))


_one_at_a_time = threading.Lock()


def _background_loop() -> asyncio.AbstractEventLoop:
    """Return the loop for async tools under the sync runner: one, since what they share belongs to one loop."""
    with _one_at_a_time:
        return _start_loop()


@cache
def _start_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="async-tools", daemon=True).start()
    return loop


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


async def call_in_tasks(prepared: list[PreparedCall]) -> list[Outcome]:
    """Make the calls, each in a task; sync tools run in threads, so that they do not block the loop."""
    outcomes = [Outcome(timed_out=True)] * len(prepared)

    async def call(number: int, item: PreparedCall) -> None:
        with anyio.move_on_after(item.tool.timeout):
            try:
                value = item.function() if item.tool.is_async else await _in_thread(item.function)
                outcomes[number] = Outcome(await value if inspect.isawaitable(value) else value)
            except BaseException as error:
                if _is_cancellation(error):
                    raise
                outcomes[number] = Outcome(error=error)

    async with anyio.create_task_group() as tasks:
        for number, item in enumerate(prepared):
            tasks.start_soon(call, number, item)
    return outcomes


def _is_cancellation(error: BaseException) -> bool:
    """Whether the runner itself is cancelled or out of time, and not just something that the tool waited for."""
    if not isinstance(error, anyio.get_cancelled_exc_class()):
        return False
    try:
        task = asyncio.current_task()
    except RuntimeError:  # Under trio, where nothing else is cancelled this way.
        return True
    return task is None or task.cancelling() > 0


async def _in_thread(function: Callable[[], Any]) -> Any:
    """Call a sync tool in a daemon thread, for the reason given above."""
    outcome: list[Outcome] = []
    finished, token = anyio.Event(), anyio.lowlevel.current_token()

    def work() -> None:
        try:
            outcome.append(Outcome(function()))
        except BaseException as error:
            outcome.append(Outcome(error=error))
        with suppress(RuntimeError):  # The loop may be over by now.
            anyio.from_thread.run_sync(finished.set, token=token)

    threading.Thread(target=contextvars.copy_context().run, args=(work,), name="tool", daemon=True).start()
    await finished.wait()
    if outcome[0].error is not None:
        raise outcome[0].error
    return outcome[0].value
