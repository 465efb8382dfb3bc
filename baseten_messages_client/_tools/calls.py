"""Makes the calls of one turn side by side: in threads for the sync runner, in tasks for the async runner.

Each call keeps its outcome as soon as it has one. If the runner is interrupted, finished calls are not made again, and
calls that still run in their threads are waited for.
"""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from itertools import islice
from math import inf
from time import monotonic
from typing import Any

import anyio
import anyio.from_thread
import anyio.lowlevel

from .background import await_in_background
from .loop import Outcome, PreparedCall


def call_in_threads(calls: list[PreparedCall], max_concurrency: int) -> None:
    """Make the calls, each in its own thread, and give each its outcome. Async tools share one event loop.

    Args:
        calls: The calls. Those that run already are not made again.
        max_concurrency: How many calls to make at a time. A call that timed out no longer counts.
    """
    running = {call.running: call for call in calls if call.running is not None}
    waiting = iter([call for call in calls if call.running is None])
    while True:
        for call in islice(waiting, max(0, max_concurrency - len(running))):
            running[_start(call, await_in_background)] = call
        if not running:
            return
        seconds = min(call.expires_at for call in running.values()) - monotonic()
        wait(running, None if seconds == inf else max(0.0, seconds), FIRST_COMPLETED)
        for future, call in list(running.items()):
            if future.done():
                call.outcome = future.result()
                del running[future]
            elif call.expires_at <= monotonic():
                call.outcome = Outcome(timed_out=True)
                call.cancel()
                del running[future]


async def call_in_tasks(calls: list[PreparedCall], max_concurrency: int) -> None:
    """Make the calls, each in its own task, and give each its outcome; arguments are those of `call_in_threads`.

    Sync tools run in threads, so that they do not block the event loop.
    """
    places = anyio.Semaphore(max_concurrency)

    async def make(call: PreparedCall) -> None:
        async with places:
            with anyio.move_on_after(call.tool.timeout):
                try:
                    value = call.function() if call.tool.is_async else await _in_thread(call)
                    call.outcome = Outcome(await value if inspect.isawaitable(value) else value)
                except BaseException as error:
                    if _is_cancellation(error):
                        raise
                    call.outcome = Outcome(error=error)
            if call.outcome is None:
                call.outcome = Outcome(timed_out=True)

    async with anyio.create_task_group() as tasks:
        for call in calls:
            tasks.start_soon(make, call)


def _start(call: PreparedCall, finish: Callable[[PreparedCall, Any], Outcome]) -> Future[Outcome]:
    """Make a call in its own thread. `finish` turns what the function returns into the outcome."""
    future: Future[Outcome] = Future()

    def run() -> None:
        try:
            future.set_result(finish(call, call.function()))
        except BaseException as error:
            future.set_result(Outcome(error=error))

    call.running = future
    call.expires_at = inf if call.tool.timeout is None else monotonic() + call.tool.timeout
    # A daemon thread, not a thread pool: a pool waits for a hanging tool, at the latest when the program ends.
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name=f"tool-{call.tool.name}", daemon=True).start()
    return future


async def _in_thread(call: PreparedCall) -> Any:
    """Make the call of a sync tool in a thread, or wait for the thread if the call runs already."""
    future = _start(call, lambda _, value: Outcome(value)) if call.running is None else call.running
    finished, token, loop_thread = anyio.Event(), anyio.lowlevel.current_token(), threading.get_ident()

    def wake(_: Future[Outcome]) -> None:
        if threading.get_ident() == loop_thread:  # It had finished before this waited for it.
            finished.set()
            return
        with suppress(RuntimeError):  # The event loop may have ended by now.
            anyio.from_thread.run_sync(finished.set, token=token)

    future.add_done_callback(wake)
    await finished.wait()
    outcome = future.result()
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


def _is_cancellation(error: BaseException) -> bool:
    """Return whether the runner was cancelled or the call timed out.

    Something that the tool waited for may also have been cancelled. Such an error is a failure of the tool.
    """
    if not isinstance(error, anyio.get_cancelled_exc_class()):
        return False
    try:
        task = asyncio.current_task()
    except RuntimeError:  # Under trio, nothing else raises this class.
        return True
    return task is None or task.cancelling() > 0
