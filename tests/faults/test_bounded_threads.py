"""However many calls a turn holds, only some of them run at a time; the results keep their order.

The option `max_concurrency` of `tool_runner` says how many; 32 by default.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import anyio
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, tool
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY

DEFAULT = 32
MANY = 400

Run = Callable[..., list[Any]]


class Crowd:
    """Counts how many calls are inside at a time.

    Args:
        expected: The first so many calls wait for one another, which shows that so many run at a time. Then they stay
            for a while, so that more could come in.
    """

    STAY = 0.15

    def __init__(self, expected: int) -> None:
        self.most = 0
        self.most_threads = 0
        self._expected = expected
        self._inside = 0
        self._lock = threading.Lock()
        self._full = threading.Event()

    def enter(self) -> None:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
            self.most_threads = max(self.most_threads, threading.active_count())
            if self._inside >= self._expected:
                self._full.set()

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1

    def tools(self) -> list[Any]:
        """Return a sync and an async tool that meet here and answer with their number."""

        @tool
        def meet(number: int) -> int:
            self.enter()
            try:
                self._full.wait(5)
                time.sleep(self.STAY if number < self._expected else 0)
                return number
            finally:
                self.leave()

        @tool
        async def meet_async(number: int) -> int:
            self.enter()
            try:
                for _ in range(5000):
                    if self._full.is_set():
                        break
                    await asyncio.sleep(0.001)
                await asyncio.sleep(self.STAY if number < self._expected else 0)
                return number
            finally:
                self.leave()

        return [meet, meet_async]


@pytest.fixture(params=[False, True], ids=["plain", "streaming"])
def run(request: pytest.FixtureRequest, mode: str, server: LocalServer) -> Run:
    """Have the model make calls in one turn, with either runner, and return the content of the results."""

    def call(tools: list[Any], calls: list[tuple[str, dict[str, Any]]], **options: Any) -> list[Any]:
        content = [{"type": "tool_use", "id": f"t{n}", "name": name, "input": i} for n, (name, i) in enumerate(calls)]
        server.enqueue({"content": content, "stop_reason": "tool_use"})
        server.enqueue("Done.")
        arguments: dict[str, Any] = {**HELLO, "tools": tools, "stream": request.param, **options}

        async def main() -> list[Any]:
            async with AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
                runner: Any = client.messages.tool_runner(**arguments)
                await runner.until_done()
                messages: list[Any] = runner.messages
                return messages

        if mode == "async":
            messages = anyio.run(main)
        else:
            with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
                runner: Any = client.messages.tool_runner(**arguments)
                runner.until_done()
                messages = runner.messages
        assert [block["tool_use_id"] for block in messages[2]["content"]] == [f"t{n}" for n in range(len(calls))]
        return [block["content"] for block in messages[2]["content"]]

    return call


def test_hundreds_of_calls_run_32_at_a_time(run: Run) -> None:
    crowd = Crowd(DEFAULT)
    before = threading.active_count()
    answers = run(crowd.tools(), [("meet", {"number": n}) for n in range(MANY)])
    assert answers == [str(n) for n in range(MANY)]
    assert crowd.most == DEFAULT
    # A few more: the server's, and those that only wait or are ending.
    assert crowd.most_threads - before <= 2 * DEFAULT


def test_async_tools_need_no_more_threads(run: Run) -> None:
    crowd = Crowd(DEFAULT)
    before = threading.active_count()
    answers = run(crowd.tools(), [("meet_async", {"number": n}) for n in range(400)])
    assert answers == [str(n) for n in range(400)]
    assert crowd.most_threads - before <= 2 * DEFAULT


@pytest.mark.parametrize("name", ["meet", "meet_async"])
@pytest.mark.parametrize("limit", [1, 4, 40])
def test_the_limit_is_an_option(run: Run, name: str, limit: int) -> None:
    crowd = Crowd(limit)
    answers = run(crowd.tools(), [(name, {"number": n}) for n in range(60)], max_concurrency=limit)
    assert answers == [str(n) for n in range(60)]
    assert crowd.most == limit


@pytest.mark.parametrize("limit", [0, -1, 1.5, "4", True])
def test_an_impossible_limit_is_refused_at_once(mode: str, limit: Any) -> None:
    client: Any = Baseten(api_key=KEY) if mode == "sync" else AsyncBaseten(api_key=KEY)
    with pytest.raises((TypeError, ValueError), match="max_concurrency must be"):
        client.messages.tool_runner(tools=[], max_concurrency=limit, **HELLO)


def test_a_tools_timeout_counts_from_its_own_start(run: Run) -> None:
    @tool(timeout=0.5)
    def work() -> str:
        time.sleep(0.15)
        return "worked"

    assert run([work], [("work", {})] * 8, max_concurrency=1) == ["worked"] * 8


def test_a_tool_that_hangs_does_not_keep_its_place(run: Run) -> None:
    released = threading.Event()

    @tool(timeout=0.1)
    def hang() -> None:
        released.wait(20)

    @tool
    def work() -> str:
        return "worked"

    answers = run([hang, work], [("hang", {}), ("hang", {}), ("work", {}), ("work", {})], max_concurrency=2)
    released.set()
    assert answers == [*["hang did not finish within 0.1 seconds."] * 2, "worked", "worked"]


def test_threads_end_with_the_turn(run: Run) -> None:
    before = threading.active_count()
    crowd = Crowd(DEFAULT)
    run(crowd.tools(), [("meet", {"number": n}) for n in range(100)])
    gives_up = time.monotonic() + 5
    while threading.active_count() > before + 2 and time.monotonic() < gives_up:
        time.sleep(0.01)
    assert threading.active_count() <= before + 2
