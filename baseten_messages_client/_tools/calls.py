"""Making the calls of one turn side by side: in threads for the sync runner, in tasks for the async one."""

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
    """Make the calls, each in its own thread; async tools run in one loop that all of them share."""
    started = monotonic()
    calls = [_ThreadCall(item, started) for item in prepared]
    # The first to run out of time is waited for first. Otherwise waiting for one call would give more time to another.
    outcomes = {call: call.outcome() for call in sorted(calls, key=lambda call: call.expires_at)}
    return [outcomes[call] for call in calls]


class _ThreadCall:
    """One call in its own thread.

    Args:
        prepared: The call. It begins at once.
        started: The time from which the tool's timeout counts.
    """

    def __init__(self, prepared: PreparedCall, started: float) -> None:
        timeout = prepared.tool.timeout
        self.expires_at = inf if timeout is None else started + timeout
        self._function = prepared.function
        self._outcome: Future[Outcome] = Future()
        self._task: Future[Any] | None = None
        """The task of an async tool, in the shared loop."""
        run = partial(contextvars.copy_context().run, self._run)
        # A daemon, not a pool: a pool would wait for a tool that hangs, at the latest when the program ends.
        threading.Thread(target=run, name=f"tool-{prepared.tool.name}", daemon=True).start()

    def outcome(self) -> Outcome:
        """Wait until the call is over, or out of time."""
        left = None if self.expires_at == inf else max(0.0, self.expires_at - monotonic())
        try:
            return self._outcome.result(left)
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
