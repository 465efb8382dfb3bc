"""A tool that has finished is not called again, whatever fails after it: here a tool that pays."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import anyio
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, InternalServerError, Tool, tool
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY
from .processes import run_apart

SCHEMA = {"type": "object", "properties": {}}


class Shop:
    """A tool that pays, and others beside it that fail; counts what was called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.paid = threading.Event()

    def tools(self, **others: Callable[[], Any]) -> list[Tool[..., Any]]:
        functions = {"pay": self.pay, **others}
        return [Tool(name=name, input_schema=SCHEMA, function=self._counted(name, f)) for name, f in functions.items()]

    def pay(self) -> str:
        self.paid.set()
        return "paid"

    def _counted(self, name: str, function: Callable[[], Any]) -> Callable[[], Any]:
        def call() -> Any:
            self.calls.append(name)
            return function()

        return call

    @property
    def payments(self) -> int:
        return self.calls.count("pay")


class InterruptedRunError(Exception):
    """A `KeyboardInterrupt`, in a form that does not end the tests."""


class Conversation:
    """A tool runner of either client.

    Args:
        runner: The runner.
        loop: What runs an async one.
    """

    def __init__(self, runner: Any, loop: asyncio.Runner | None = None) -> None:
        self.runner = runner
        self._loop = loop

    def go_on(self) -> None:
        """Iterate the runner to its end."""
        try:
            if self._loop is None:
                self.runner.until_done()
            else:
                self._loop.run(self.runner.until_done())
        except KeyboardInterrupt as error:
            raise InterruptedRunError from error


Converse = Callable[..., Conversation]


@pytest.fixture(params=[False, True], ids=["plain", "streaming"])
def converse(request: pytest.FixtureRequest, mode: str, server: LocalServer) -> Iterator[Converse]:
    """Begin a conversation with either client, plain or streaming; the model calls the tools in the order given."""

    def script(tools: list[Tool[..., Any]]) -> None:
        calls = [{"type": "tool_use", "id": f"t{n}", "name": item.name, "input": {}} for n, item in enumerate(tools)]
        server.enqueue({"content": calls, "stop_reason": "tool_use"})

    if mode == "sync":
        with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:

            def begin(tools: list[Tool[..., Any]], **options: Any) -> Conversation:
                script(tools)
                runner: Any = client.messages.tool_runner(tools=tools, stream=request.param, **HELLO, **options)
                return Conversation(runner)

            yield begin
        return

    with asyncio.Runner() as loop:
        async_client = AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0)

        def begin_async(tools: list[Tool[..., Any]], **options: Any) -> Conversation:
            script(tools)
            runner: Any = async_client.messages.tool_runner(tools=tools, stream=request.param, **HELLO, **options)
            return Conversation(runner, loop)

        yield begin_async
        loop.run(async_client.aclose())


def once(error: BaseException | None = None, value: Any = None) -> Callable[..., Any]:
    """Return a function that fails, or returns a value, at its first call, and returns None later."""
    calls: list[int] = []

    def function(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            return None
        if error is not None:
            raise error
        return value

    return function


def check_history(conversation: Conversation, results: list[str]) -> None:
    """Check that the calls of the first turn were answered, once, and in order."""
    answers = conversation.runner.messages[2]["content"]
    assert [answer["tool_use_id"] for answer in answers] == [f"t{n}" for n in range(len(results))]
    assert [answer["content"] for answer in answers] == results


def test_a_hook_that_fails_afterwards(converse: Converse) -> None:
    shop = Shop()
    conversation = converse(shop.tools(), after_tool=once(RuntimeError("the log is full")))
    with pytest.raises(RuntimeError, match="the log is full"):
        conversation.go_on()
    conversation.go_on()
    assert shop.payments == 1
    check_history(conversation, ["paid"])


def test_a_hook_that_fails_after_the_last_of_several_tools(converse: Converse) -> None:
    shop = Shop()
    seen: list[str] = []

    def after_tool(call: Any, result: Any) -> None:
        seen.append(call.name)
        if seen == ["pay", "look"]:
            raise RuntimeError("the log is full")

    conversation = converse(shop.tools(look=lambda: "seen"), after_tool=after_tool)
    with pytest.raises(RuntimeError, match="the log is full"):
        conversation.go_on()
    conversation.go_on()
    assert sorted(shop.calls) == ["look", "pay"]
    assert seen == ["pay", "look", "look"]  # The hook that returned is not repeated either.
    check_history(conversation, ["paid", "seen"])


@pytest.mark.parametrize("value", [object(), "\ud800", float("nan")], ids=["object", "surrogate", "nan"])
def test_a_replacement_that_cannot_be_sent(converse: Converse, value: Any) -> None:
    shop = Shop()
    conversation = converse(shop.tools(), after_tool=once(value=value))
    # It may be the caller's error or the model's error result. Either way the next attempt must not pay again.
    try:
        conversation.go_on()
    except (TypeError, ValueError):
        conversation.go_on()
    assert shop.payments == 1
    assert len(conversation.runner.messages[2]["content"]) == 1


def test_a_result_that_cannot_be_sent(converse: Converse) -> None:
    class Unwilling:
        to_dict = staticmethod(once(KeyboardInterrupt()))

    shop = Shop()
    conversation = converse(shop.tools(give=Unwilling))
    try:
        conversation.go_on()
    except InterruptedRunError:
        conversation.go_on()
    assert shop.payments == 1
    assert shop.calls.count("give") == 1
    assert conversation.runner.messages[2]["content"][0]["content"] == "paid"


@pytest.mark.parametrize("first", ["pay", "interrupt"])
def test_a_sibling_that_is_interrupted(converse: Converse, first: str) -> None:
    shop = Shop()
    interrupted = once(KeyboardInterrupt())

    def interrupt() -> str:
        assert shop.paid.wait(10)
        interrupted()
        return "not interrupted"

    tools = shop.tools(interrupt=interrupt)
    conversation = converse(tools if first == "pay" else tools[::-1])
    with pytest.raises(InterruptedRunError):
        conversation.go_on()
    conversation.go_on()
    assert shop.payments == 1
    assert "paid" in [answer["content"] for answer in conversation.runner.messages[2]["content"]]
    assert len(conversation.runner.messages[2]["content"]) == 2


def test_a_sibling_that_fails_to_be_checked(converse: Converse) -> None:
    shop = Shop()
    conversation = converse(shop.tools(leave=once(SystemExit(2))))
    conversation.go_on()
    assert sorted(shop.calls) == ["leave", "pay"]
    assert conversation.runner.messages[2]["content"][0]["content"] == "paid"


def test_a_request_that_fails_in_between(converse: Converse, server: LocalServer) -> None:
    shop = Shop()
    conversation = converse(shop.tools())
    server.enqueue(status=500, repeat=2)
    for _ in range(2):
        with pytest.raises(InternalServerError):
            conversation.go_on()
    conversation.go_on()
    assert shop.payments == 1
    check_history(conversation, ["paid"])


# ---- Ctrl-C while tools run -----------------------------------------------------------------------------------------


def press_ctrl_c(in_async_client: bool) -> list[Any]:
    """Interrupt the main thread while it waits for a slow tool, and go on; return the payments and the results."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # A shell has its background jobs ignore Ctrl-C.
    shop = Shop()
    released = threading.Event()

    def press() -> str:
        shop.paid.wait(10)
        if not released.is_set():
            os.kill(os.getpid(), signal.SIGINT)
            released.wait(20)
        return "pressed"

    tools = shop.tools(press=press)
    calls = [{"type": "tool_use", "id": f"t{n}", "name": item.name, "input": {}} for n, item in enumerate(tools)]
    with LocalServer() as server:
        server.enqueue({"content": calls, "stop_reason": "tool_use"})
        client: Any = (AsyncBaseten if in_async_client else Baseten)(api_key=KEY, base_url=server.url)
        runner = client.messages.tool_runner(tools=tools, **HELLO)
        conversation = Conversation(runner, asyncio.Runner() if in_async_client else None)
        try:
            conversation.go_on()
        except InterruptedRunError:
            released.set()
            conversation.go_on()
        return [shop.payments, [answer["content"] for answer in conversation.runner.messages[2]["content"]]]


@pytest.mark.parametrize("in_async_client", [False, True], ids=["sync", "async"])
def test_ctrl_c_while_another_tool_runs(in_async_client: bool) -> None:
    payments, (first, _) = run_apart(press_ctrl_c, in_async_client, seconds=20)
    assert payments == 1
    assert first == "paid"


# ---- Cancellation ---------------------------------------------------------------------------------------------------


async def cancel_task(run: Callable[[], Awaitable[Any]], ready: asyncio.Event) -> None:
    task = asyncio.ensure_future(run())
    await ready.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def cancel_scope(run: Callable[[], Awaitable[Any]], ready: asyncio.Event) -> None:
    async with anyio.create_task_group() as tasks:

        async def cancel() -> None:
            await ready.wait()
            tasks.cancel_scope.cancel()

        tasks.start_soon(cancel)
        await run()


async def run_out_of_time(run: Callable[[], Awaitable[Any]], ready: asyncio.Event) -> None:
    limit = asyncio.timeout(None)

    async def expire() -> None:
        await ready.wait()
        limit.reschedule(0)

    async def run_with_limit() -> None:
        async with limit:
            await run()

    expiring = asyncio.ensure_future(expire())
    with pytest.raises(TimeoutError):
        await run_with_limit()
    await expiring


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streaming"])
@pytest.mark.parametrize("pays", ["sync", "async"])
@pytest.mark.parametrize("cancel", [cancel_task, cancel_scope, run_out_of_time])
def test_a_cancelled_runner_goes_on_without_paying_again(
    server: LocalServer, cancel: Callable[..., Awaitable[None]], pays: str, stream: bool
) -> None:
    payments: list[int] = []

    async def main() -> list[Any]:
        ready, waited = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def pay_now() -> str:
            payments.append(1)
            # Only after the runner has seen this call end. Two passes of the loop are not enough for a thread's result.
            loop.call_soon_threadsafe(loop.call_later, 0.05, ready.set)
            return "paid"

        async def pay_in_task() -> str:
            return pay_now()

        @tool
        async def wait() -> str:
            """Wait, the first time until it is cancelled."""
            if not waited.is_set():
                waited.set()
                await asyncio.sleep(30)
            return "waited"

        pay = Tool(name="pay", input_schema=SCHEMA, function=pay_now if pays == "sync" else pay_in_task)
        async with AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner: Any = client.messages.tool_runner(tools=[pay, wait], stream=stream, **HELLO)
            await cancel(runner.until_done, ready)
            await runner.until_done()
            content: list[Any] = runner.messages[2]["content"]
            return content

    calls: list[Any] = [{"type": "tool_use", "id": name, "name": name, "input": {}} for name in ("pay", "wait")]
    server.enqueue({"content": calls, "stop_reason": "tool_use"})
    answers = asyncio.run(main())
    assert len(payments) == 1
    assert [answer["tool_use_id"] for answer in answers] == ["pay", "wait"]
    assert answers[0]["content"] == "paid"
