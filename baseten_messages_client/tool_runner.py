"""`ToolRunner` and `AsyncToolRunner`: a conversation in which the model calls tools until it is done."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, Generic, Self, TypeVar, cast

import anyio
import anyio.from_thread
import anyio.lowlevel

from . import models
from ._message import Message
from ._tool_loop import AfterTool, BeforeTool, PreparedCall, ToolLoop, failure, replaced
from .streaming import AsyncMessageStream, MessageStream
from .tools import StopRunner

__all__ = ["AsyncToolRunner", "ToolRunner"]

Turn = TypeVar("Turn")


class _BaseRunner:
    """What both runners have in common: everything but the sending and the calling."""

    def __init__(self, loop: ToolLoop, before_tool: BeforeTool | None, after_tool: AfterTool | None) -> None:
        self._loop = loop
        self._before_tool = before_tool
        self._after_tool = after_tool

    @property
    def messages(self) -> list[Any]:
        """The whole history so far, as it would be sent: a copy."""
        return list(self._loop.messages)

    @property
    def usage(self) -> models.Usage:
        """The tokens of all turns so far, summed."""
        return self._loop.usage

    @property
    def last_message(self) -> Message | None:
        """The model's last turn, or None before the first."""
        return self._loop.last_message

    def _last(self) -> Message:
        assert self._loop.last_message is not None, "a runner has at least one turn"  # noqa: S101
        return self._loop.last_message


class ToolRunner(_BaseRunner, Generic[Turn]):
    """Iterates the model's turns, and calls the tools between them.

    Tools of one turn run side by side in threads, each within its own `timeout`; their results go back in the order of
    the calls. What a tool raises, a call that does not fit and an unknown tool become error results that tell the model
    what to mend. `KeyboardInterrupt` passes through; `StopRunner` ends the iteration.

    Attributes:
        messages: The whole history so far.
        usage: The tokens of all turns so far.

    Example:
        >>> from baseten_messages_client import Baseten, tool
        >>> from baseten_messages_client.testing import LocalServer
        >>> @tool
        ... def add(a: int, b: int) -> int:
        ...     '''Add two numbers.'''
        ...     return a + b
        >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
        ...     runner = client.messages.tool_runner(
        ...         tools=[add],
        ...         model="zai-org/GLM-5.2",
        ...         max_tokens=256,
        ...         messages=[{"role": "user", "content": "Add 17 and 25."}],
        ...     )
        ...     message = runner.until_done()
        >>> "42" in message.text, len(runner.messages)
        (True, 4)
    """

    def __init__(
        self,
        loop: ToolLoop,
        send: Callable[[dict[str, Any]], Message | MessageStream],
        before_tool: BeforeTool | None,
        after_tool: AfterTool | None,
    ) -> None:
        super().__init__(loop, before_tool, after_tool)
        self._send = send
        self._turns = self._run()

    def __iter__(self) -> Iterator[Turn]:
        """Iterate the turns from where the runner stands.

        Raises:
            MaxTurnsError: The model wants more turns than it may take.
            BasetenError: A request failed, as in `create` or `stream`.
        """
        return self._turns

    def __next__(self) -> Turn:
        return next(self._turns)

    def until_done(self) -> Message:
        """Go on to the end and return the model's last turn; raises as the iteration does."""
        for _ in self._turns:
            pass
        return self._last()

    def _run(self) -> Iterator[Turn]:
        while (request := self._loop.next_request()) is not None:
            turn = self._send(request)
            if isinstance(turn, MessageStream):
                with turn:
                    yield cast("Turn", turn)
                    calls = self._loop.take(turn.get_final_message())
            else:
                calls = self._loop.take(turn)
                yield cast("Turn", turn)
            if calls:
                try:
                    self._loop.answer(self._call_tools(calls))
                except StopRunner:
                    self._loop.stop()

    def _call_tools(self, calls: list[models.ToolUseBlock]) -> list[models.ToolResultBlock]:
        prepared = [self._prepare(call) for call in calls]
        waiting = [item for item in prepared if isinstance(item, PreparedCall)]
        outcomes = dict(zip(waiting, _call_in_threads(waiting), strict=True))
        results = [outcomes[item] if isinstance(item, PreparedCall) else item for item in prepared]
        return [self._look_at(call, result) for call, result in zip(calls, results, strict=True)]

    def _prepare(self, call: models.ToolUseBlock) -> models.ToolResultBlock | PreparedCall:
        replacement = self._before_tool(call) if self._before_tool else None
        return self._loop.prepare(call) if replacement is None else replaced(call, replacement)

    def _look_at(self, call: models.ToolUseBlock, result: models.ToolResultBlock) -> models.ToolResultBlock:
        replacement = self._after_tool(call, result) if self._after_tool else None
        return result if replacement is None else replaced(call, replacement)


class AsyncToolRunner(_BaseRunner, Generic[Turn]):
    """`ToolRunner` for `AsyncBaseten`: async tools are tasks, sync ones threads, and hooks may be async.

    Cancelling the task that iterates cancels the tools.
    """

    def __init__(
        self,
        loop: ToolLoop,
        send: Callable[[dict[str, Any]], Awaitable[Message | AsyncMessageStream]],
        before_tool: BeforeTool | None,
        after_tool: AfterTool | None,
    ) -> None:
        super().__init__(loop, before_tool, after_tool)
        self._send = send
        self._turns = self._run()

    def __aiter__(self) -> Self:
        """Iterate the turns from where the runner stands; raises as `ToolRunner` does."""
        return self

    async def __anext__(self) -> Turn:
        return await anext(self._turns)

    async def until_done(self) -> Message:
        """Go on to the end and return the model's last turn; raises as the iteration does."""
        async for _ in self._turns:
            pass
        return self._last()

    async def _run(self) -> AsyncIterator[Turn]:
        while (request := self._loop.next_request()) is not None:
            turn = await self._send(request)
            if isinstance(turn, AsyncMessageStream):
                async with turn:
                    yield cast("Turn", turn)
                    calls = self._loop.take(await turn.get_final_message())
            else:
                calls = self._loop.take(turn)
                yield cast("Turn", turn)
            if calls:
                try:
                    self._loop.answer(await self._call_tools(calls))
                except StopRunner:
                    self._loop.stop()

    async def _call_tools(self, calls: list[models.ToolUseBlock]) -> list[models.ToolResultBlock]:
        prepared = [await self._prepare(call) for call in calls]
        waiting = [item for item in prepared if isinstance(item, PreparedCall)]
        outcomes = dict(zip(waiting, await _call_in_tasks(waiting), strict=True))
        results = [outcomes[item] if isinstance(item, PreparedCall) else item for item in prepared]
        return [await self._look_at(call, result) for call, result in zip(calls, results, strict=True)]

    async def _prepare(self, call: models.ToolUseBlock) -> models.ToolResultBlock | PreparedCall:
        replacement = await _awaited(self._before_tool(call)) if self._before_tool else None
        return self._loop.prepare(call) if replacement is None else replaced(call, replacement)

    async def _look_at(self, call: models.ToolUseBlock, result: models.ToolResultBlock) -> models.ToolResultBlock:
        replacement = await _awaited(self._after_tool(call, result)) if self._after_tool else None
        return result if replacement is None else replaced(call, replacement)


async def _awaited(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


class _Outcome:
    """What became of a call: `done` once there is a value or an error."""

    def __init__(self) -> None:
        self.done = False
        self.value: Any = None
        self.error: BaseException | None = None

    def keep(self, function: Callable[[], Any]) -> None:
        try:
            self.value = function()
        except BaseException as error:
            self.error = error
        self.done = True

    def result(self, prepared: PreparedCall) -> models.ToolResultBlock:
        """Make the result block; what is no tool's failure is raised."""
        if not self.done:
            return prepared.timed_out()
        if self.error is None:
            return prepared.success(self.value)
        if isinstance(self.error, StopRunner) or not isinstance(self.error, Exception):
            raise self.error
        return failure(prepared.call, self.error)


def _call_in_threads(prepared: list[PreparedCall]) -> list[models.ToolResultBlock]:
    outcomes = [_Outcome() for _ in prepared]
    if len(prepared) == 1 and prepared[0].tool.timeout is None and not prepared[0].tool.is_async:
        outcomes[0].keep(prepared[0].function)  # Nothing to wait for beside it, so it may stay in this thread.
    else:
        # Daemons, not a pool: a pool would wait for a tool that hangs, at the latest when the program ends.
        started = monotonic()
        threads = []
        for item, outcome in zip(prepared, outcomes, strict=True):
            work = contextvars.copy_context().run
            arguments = (outcome.keep, lambda item=item: _finish(item.function()))
            thread = threading.Thread(target=work, args=arguments, name=f"tool-{item.tool.name}", daemon=True)
            thread.start()
            threads.append(thread)
        for item, thread in zip(prepared, threads, strict=True):
            timeout = item.tool.timeout
            thread.join(None if timeout is None else max(0.0, timeout - (monotonic() - started)))
    return [outcome.result(item) for item, outcome in zip(prepared, outcomes, strict=True)]


def _finish(value: Any) -> Any:
    """Run an async tool to its end, in a loop of its own."""
    return asyncio.run(_awaited(value)) if inspect.isawaitable(value) else value


async def _call_in_tasks(prepared: list[PreparedCall]) -> list[models.ToolResultBlock]:
    outcomes = [_Outcome() for _ in prepared]

    async def call(item: PreparedCall, outcome: _Outcome) -> None:
        with anyio.move_on_after(item.tool.timeout):
            try:
                outcome.value = await _awaited(
                    item.function() if item.tool.is_async else await _in_thread(item.function)
                )
            except (Exception, KeyboardInterrupt) as error:
                outcome.error = error
            outcome.done = True

    async with anyio.create_task_group() as tasks:
        for item, outcome in zip(prepared, outcomes, strict=True):
            tasks.start_soon(call, item, outcome)
    return [outcome.result(item) for item, outcome in zip(prepared, outcomes, strict=True)]


async def _in_thread(function: Callable[[], Any]) -> Any:
    """Call a sync tool without blocking the loop, in a daemon thread for the reason given above."""
    outcome, finished, token = _Outcome(), anyio.Event(), anyio.lowlevel.current_token()
    context = contextvars.copy_context()

    def work() -> None:
        context.run(outcome.keep, function)
        with suppress(RuntimeError):  # The loop may be over by now.
            anyio.from_thread.run_sync(finished.set, token=token)

    threading.Thread(target=work, name="tool", daemon=True).start()
    await finished.wait()
    if outcome.error is not None:
        raise outcome.error
    return outcome.value
