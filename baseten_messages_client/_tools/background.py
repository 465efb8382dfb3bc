"""The event loop in which async tools run under the sync runner.

All async tools share one loop, because what they share (sessions, locks) belongs to one loop. If a tool blocks the
loop, the next call gets a new one. A forked child process also gets a new one.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
from collections.abc import Awaitable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any

from .loop import Outcome, PreparedCall

_STALL = 1.0
"""Seconds in which a loop must begin a call. A loop that does not is blocked by a tool."""


def await_in_background(call: PreparedCall, value: Any) -> Outcome:
    """Return the outcome of a tool's return value, which is awaited in the shared event loop if it is awaitable.

    Args:
        call: The call that returned the value. Its `cancel` cancels the wait.
        value: What the tool returned.
    """
    if not inspect.isawaitable(value):
        return Outcome(value)
    loop = _shared_loop()
    while True:
        job = _Job(value)
        call.cancel = job.cancel
        loop.start(job)
        if job.begun.wait(_STALL) or not job.claim():
            return job.outcome.result()
        loop = _shared_loop(instead_of=loop)


class _Job:
    """One awaitable, to be awaited once."""

    def __init__(self, value: Awaitable[Any]) -> None:
        self.begun = threading.Event()
        self.outcome: Future[Outcome] = Future()
        self._value = value
        self._claim = threading.Lock()
        self._task: asyncio.Task[Any] | None = None

    def claim(self) -> bool:
        """Return whether this is the first claim. Only the first claimer may await the value."""
        return self._claim.acquire(blocking=False)

    async def run(self) -> None:
        if not self.claim():
            return
        self._task = asyncio.current_task()
        self.begun.set()
        try:
            self.finish(Outcome(await self._value))
        except BaseException as error:
            # Kept, not raised: SystemExit and KeyboardInterrupt would end the loop for all tools.
            self.finish(Outcome(error=error))

    def finish(self, outcome: Outcome) -> None:
        with suppress(InvalidStateError):  # The loop ended before the tool did.
            self.outcome.set_result(outcome)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)


class _Loop:
    """An event loop in its own thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # Kept until they are done, since a loop does not keep its tasks alive.
        self._jobs: dict[_Job, asyncio.Task[None]] = {}
        threading.Thread(target=self._run, name="async-tools", daemon=True).start()

    def start(self, job: _Job) -> None:
        def start() -> None:
            self._jobs[job] = self._loop.create_task(job.run())
            self._jobs[job].add_done_callback(lambda _: self._jobs.pop(job))

        self._loop.call_soon_threadsafe(start)

    def _run(self) -> None:
        while True:
            try:
                self._loop.run_forever()  # It returns if a tool stops the loop.
            except BaseException as error:
                # A callback or a task that a tool left behind raised SystemExit or KeyboardInterrupt. What it was to
                # finish may wait for it without end.
                for job in list(self._jobs):
                    job.finish(Outcome(error=error))


_current: _Loop | None = None
_lock = threading.Lock()


def _shared_loop(*, instead_of: _Loop | None = None) -> _Loop:
    """Return the loop that all async tools share; a new one if the current one is `instead_of`."""
    global _current
    with _lock:
        if _current is None or _current is instead_of:
            _current = _Loop()
        return _current


def _forget_loop() -> None:
    """Forget the loop in a forked child process, where its thread does not exist."""
    global _current, _lock
    _current, _lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_loop)
