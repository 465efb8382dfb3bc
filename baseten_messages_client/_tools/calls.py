"""Makes the calls of one turn side by side: in threads for the sync runner, in tasks for the async runner."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import cache, partial
from math import inf
from time import monotonic
from typing import Any

import anyio
import anyio.from_thread
import anyio.lowlevel

from .loop import Outcome, PreparedCall


def call_in_threads(prepared: list[PreparedCall]) -> list[Outcome]:
    """Make the calls, each in its own thread. Return the outcomes in the same order.

    Async tools share one event loop.
    """
    started = monotonic()
    calls = [_ThreadCall(item, started) for item in prepared]
    # Wait first for the call whose time runs out first. Otherwise, while waiting for one call, another call would get
    # more time than its timeout.
    outcomes = {call: call.outcome() for call in sorted(calls, key=lambda call: call.expires_at)}
    return [outcomes[call] for call in calls]


class _ThreadCall:
    """One call in its own thread.

    Args:
        prepared: The call. It begins at once.
        started: The `monotonic` time, in seconds, at which the tool's timeout begins.
    """

    def __init__(self, prepared: PreparedCall, started: float) -> None:
        timeout = prepared.tool.timeout
        self.expires_at = inf if timeout is None else started + timeout
        self._function = prepared.function
        self._outcome: Future[Outcome] = Future()
        self._task: Future[Any] | None = None
        """The task of an async tool in the shared event loop. None for a sync tool."""
        run = partial(contextvars.copy_context().run, self._run)
        # A daemon thread, not a thread pool: a pool waits for a hanging tool, at the latest when the program ends.
        threading.Thread(target=run, name=f"tool-{prepared.tool.name}", daemon=True).start()

    def outcome(self) -> Outcome:
        """Wait until the call ends or its time runs out."""
        seconds_left = None if self.expires_at == inf else max(0.0, self.expires_at - monotonic())
        try:
            return self._outcome.result(seconds_left)
        except TimeoutError:
            if self._task is not None:
                self._task.cancel()
            return Outcome(timed_out=True)

    def _run(self) -> None:
        try:
            value = self._function()
            if inspect.isawaitable(value):
                self._task = asyncio.run_coroutine_threadsafe(_awaited(value), _background_loop())
                value = self._task.result()
            self._outcome.set_result(Outcome(value))
        except BaseException as error:
            self._outcome.set_result(Outcome(error=error))


_loop_lock = threading.Lock()


def _background_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop for async tools under the sync runner.

    All async tools run in this one loop, because objects that they share may be bound to a loop.
    """
    with _loop_lock:
        return _start_loop()


@cache
def _start_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="async-tools", daemon=True).start()
    return loop


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


async def call_in_tasks(prepared: list[PreparedCall]) -> list[Outcome]:
    """Make the calls, each in its own task. Return the outcomes in the same order.

    Sync tools run in threads, so that they do not block the event loop.
    """
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


async def _in_thread(function: Callable[[], Any]) -> Any:
    """Call a sync tool in a daemon thread, not in a thread pool. `_ThreadCall` explains why."""
    outcome: list[Outcome] = []
    finished, token = anyio.Event(), anyio.lowlevel.current_token()

    def work() -> None:
        try:
            outcome.append(Outcome(function()))
        except BaseException as error:
            outcome.append(Outcome(error=error))
        with suppress(RuntimeError):  # The event loop may have ended by now.
            anyio.from_thread.run_sync(finished.set, token=token)

    threading.Thread(target=contextvars.copy_context().run, args=(work,), name="tool", daemon=True).start()
    await finished.wait()
    if outcome[0].error is not None:
        raise outcome[0].error
    return outcome[0].value
