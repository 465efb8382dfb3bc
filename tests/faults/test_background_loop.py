"""Async tools under the sync runner: what one of them does to its event loop must not reach the others."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from typing import Any

import pytest

from baseten_messages_client import Baseten, tool

from .processes import ask, run_apart

RELEASED = threading.Event()
BLOCKING = threading.Event()
"""Set when a test is over, for tools that block until then."""


@tool
async def quick() -> str:
    """Answer at once."""
    await asyncio.sleep(0)
    return "quick"


@tool
async def leave() -> None:
    """Try to end the process."""
    raise SystemExit(3)


@tool
async def leave_later() -> None:
    """Try to end the process from a callback, so that this call itself never ends."""
    asyncio.get_running_loop().call_soon(_leave)
    await asyncio.Event().wait()


@tool
async def interrupt() -> None:
    """Do what Ctrl-C does."""
    raise KeyboardInterrupt


@tool
async def stop_loop() -> str:
    """Stop the loop that runs this call."""
    asyncio.get_running_loop().stop()
    await asyncio.sleep(0.01)
    return "stopped"


@tool(timeout=0.3)
async def block() -> None:
    """Block the loop, as a tool does that forgot to await."""
    RELEASED.wait(30)


@tool
async def block_without_limit() -> None:
    """Block the loop."""
    BLOCKING.set()
    RELEASED.wait(30)


def _leave() -> None:
    raise SystemExit(3)


TOOLS: list[Any] = [quick, leave, leave_later, interrupt, stop_loop, block, block_without_limit]


def results(client: Baseten, *names: str) -> list[Any]:
    """Have the model call tools in one turn; return the content of each result."""
    runner = client.messages.tool_runner(tools=TOOLS, **ask(calls=[[name, {}] for name in names]))
    found: list[Any] = json.loads(runner.until_done().text)
    return found


def break_and_go_on(url: str, *names: str) -> list[Any]:
    """Make calls in one turn, then others in later turns; return the results of each turn."""
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:
        return [results(client, *names), results(client, "quick"), results(client, "quick", "quick")]


AFTERWARDS = [["quick"], ["quick", "quick"]]


@pytest.mark.parametrize("name", ["leave", "leave_later"])
def test_a_tool_that_exits_is_an_error_result_and_later_tools_run(echo: str, name: str) -> None:
    (failed,), *later = run_apart(break_and_go_on, echo, name, seconds=10)
    assert failed.startswith(f"{name} failed")
    assert later == AFTERWARDS


@pytest.mark.parametrize("name", ["leave", "leave_later", "stop_loop"])
def test_a_tool_that_ends_its_loop_is_answered_beside_one_that_does_not(echo: str, name: str) -> None:
    first, *later = run_apart(break_and_go_on, echo, "quick", name, seconds=10)
    assert len(first) == 2
    assert later == AFTERWARDS


def interrupt_and_go_on(url: str) -> list[Any]:
    """Interrupt a tool; return how the runner ended, and a later result."""
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:
        ended = "as usual"
        try:
            results(client, "interrupt")
        except KeyboardInterrupt:
            ended = "interrupted"
        return [ended, *results(client, "quick")]


def test_an_interrupt_in_an_async_tool_passes_through_and_later_tools_run(echo: str) -> None:
    assert run_apart(interrupt_and_go_on, echo, seconds=10) == ["interrupted", "quick"]


def block_and_go_on(url: str) -> list[Any]:
    """Block the loop until the timeout; return the result, a later one, and the seconds that the later one took."""
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:
        (blocked,) = results(client, "block")
        began = time.monotonic()
        later = results(client, "quick")
        seconds = time.monotonic() - began
        RELEASED.set()
        return [blocked, *later, seconds]


def test_a_tool_that_blocks_its_loop_does_not_delay_later_tools(echo: str) -> None:
    blocked, later, seconds = run_apart(block_and_go_on, echo, seconds=15)
    assert blocked == "block did not finish within 0.3 seconds."
    assert later == "quick"
    assert seconds < 5


def block_beside(url: str) -> list[Any]:
    """Block the loop in one thread's runner; return another runner's result, and the seconds that it took."""
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:
        results(client, "quick")
        thread = threading.Thread(target=results, args=(client, "block_without_limit"))
        thread.start()
        # What has begun in a loop cannot leave it, so the second call comes when the loop is blocked.
        BLOCKING.wait(10)
        began = time.monotonic()
        found = results(client, "quick")
        seconds = time.monotonic() - began
        RELEASED.set()
        thread.join()
        return [*found, seconds]


def test_a_tool_that_blocks_its_loop_does_not_block_another_runner(echo: str) -> None:
    found, seconds = run_apart(block_beside, echo, seconds=15)
    assert found == "quick"
    assert seconds < 8


def call_in_child(url: str) -> list[Any]:
    """Use an async tool, fork, and use it again in the child; return the child's exit status and a result after it."""
    with Baseten(api_key="any", base_url=url, max_retries=0) as client:
        assert results(client, "quick") == ["quick"]
        child = os.fork()
        if child == 0:
            signal.alarm(5)
            with Baseten(api_key="any", base_url=url, max_retries=0) as own:
                os._exit(0 if results(own, "quick", "quick") == ["quick", "quick"] else 1)
        _, status = os.waitpid(child, 0)
        return [status, *results(client, "quick")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_async_tools_run_in_a_forked_child(echo: str) -> None:
    assert run_apart(call_in_child, echo, seconds=15) == [0, "quick"]
