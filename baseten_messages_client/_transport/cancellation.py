"""Cancellation that loses no connection.

asyncio's own cancellation interrupts the HTTP library while it cleans up. The connection's place in the pool is then
lost for good. Here, what must not be interrupted runs in a separate task. Under trio this is not needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio

T = TypeVar("T")


async def cancel_cleanly(function: Callable[[], Awaitable[T]], clean_up: Callable[[T | None], Awaitable[object]]) -> T:
    """Await a function. If this task is cancelled, the function is cancelled too, but ends undisturbed.

    Args:
        function: What to await.
        clean_up: Called after a cancellation, with the result if there was one in the same moment.
    """
    if not _on_asyncio():
        return await function()
    scope = anyio.CancelScope()

    async def run() -> T:
        with scope:
            return await function()
        raise asyncio.CancelledError

    task = asyncio.ensure_future(run())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        scope.cancel()
        await _end(task)
        result = None if task.cancelled() or task.exception() else task.result()
        await _end(asyncio.ensure_future(_awaited(clean_up(result))))
        raise


async def finish(function: Callable[[], Awaitable[object]]) -> None:
    """Await a function to its end. If this task is cancelled meanwhile, it is cancelled after that."""
    if not _on_asyncio():
        await function()
        return
    task = asyncio.ensure_future(_awaited(function()))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await _end(task)
        raise


async def _end(task: asyncio.Future[T]) -> None:
    """Wait until a task has ended, whatever is thrown at this one."""
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue  # The caller raises its own.


async def _awaited(value: Awaitable[T]) -> T:
    return await value


def _on_asyncio() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
