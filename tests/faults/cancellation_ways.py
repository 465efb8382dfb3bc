"""The ways in which asyncio programs cancel a call. Each one awaits a call and cancels it after a time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any


async def cancel_task(call: Coroutine[Any, Any, None], seconds: float) -> None:
    task = asyncio.ensure_future(call)
    await asyncio.sleep(seconds)
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


async def cancel_twice(call: Coroutine[Any, Any, None], seconds: float) -> None:
    """Cancel again while the first cancellation is being handled."""
    task = asyncio.ensure_future(call)
    await asyncio.sleep(seconds)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


async def run_out_of_time(call: Coroutine[Any, Any, None], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await call
    except TimeoutError:
        pass


async def wait_for(call: Coroutine[Any, Any, None], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(call, seconds)


async def fail_beside(call: Coroutine[Any, Any, None], seconds: float) -> None:
    """Have a task group cancel the call, because another task of it fails."""

    async def fail() -> None:
        await asyncio.sleep(seconds)
        raise LookupError

    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(call)
            tasks.create_task(fail())
    except* LookupError:
        pass


WAYS = (cancel_task, cancel_twice, run_out_of_time, wait_for, fail_beside)
