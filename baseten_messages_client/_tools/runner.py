"""`ToolRunner` and `AsyncToolRunner`: a conversation in which the model calls tools until it is done."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, Self, TypeVar, cast

from .. import models
from .._message import Message
from .._streaming.streams import AsyncMessageStream, MessageStream
from .calls import call_in_tasks, call_in_threads
from .decorator import StopRunner
from .loop import AfterTool, BeforeTool, PreparedCall, ToolLoop, replaced, stopped

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
    what to mend. `KeyboardInterrupt` passes through; `StopRunner` ends the iteration. After any other error, such as a
    failed request, iterating again goes on where it stopped.

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

    def __iter__(self) -> Self:
        """Iterate the turns from where the runner stands; after an error, this tries again what failed.

        Raises:
            MaxTurnsError: The model wants more turns than it may take.
            BasetenError: A request failed, as in `create` or `stream`.
        """
        return self

    def __next__(self) -> Turn:
        try:
            return next(self._turns)
        except StopIteration:
            raise
        except BaseException:
            self._turns = self._run()  # A generator is over once it raised; the conversation is not.
            raise

    def until_done(self) -> Message:
        """Go on to the end and return the model's last turn; raises as the iteration does."""
        for _ in self:
            pass
        return self._last()

    def _run(self) -> Iterator[Turn]:
        self._answer_calls()
        while (request := self._loop.next_request()) is not None:
            turn = self._send(request)
            if isinstance(turn, MessageStream):
                with turn:
                    yield cast("Turn", turn)
                    self._loop.add_turn(turn.get_final_message())
            else:
                self._loop.add_turn(turn)
                yield cast("Turn", turn)
            self._answer_calls()

    def _answer_calls(self) -> None:
        calls = self._loop.calls
        if not calls:
            return
        try:
            prepared = [self._prepare(call) for call in calls]
        except StopRunner:
            self._loop.add_results([stopped(call) for call in calls], stop=True)
            return
        waiting = [item for item in prepared if isinstance(item, PreparedCall)]
        outcomes = dict(zip(waiting, call_in_threads(waiting), strict=True))
        results = [outcomes[item].result(item) if isinstance(item, PreparedCall) else item for item in prepared]
        stop = any(outcome.stops for outcome in outcomes.values())
        for number, call in enumerate(calls):
            try:
                results[number] = self._apply_after_hook(call, results[number])
            except StopRunner:
                stop = True
        self._loop.add_results(results, stop=stop)

    def _prepare(self, call: models.ToolUseBlock) -> models.ToolResultBlock | PreparedCall:
        replacement = _not_async(self._before_tool(call)) if self._before_tool else None
        return self._loop.prepare(call) if replacement is None else replaced(call, replacement)

    def _apply_after_hook(self, call: models.ToolUseBlock, result: models.ToolResultBlock) -> models.ToolResultBlock:
        replacement = _not_async(self._after_tool(call, result)) if self._after_tool else None
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
        try:
            return await anext(self._turns)
        except StopAsyncIteration:
            raise
        except BaseException:
            self._turns = self._run()  # A generator is over once it raised; the conversation is not.
            raise

    async def until_done(self) -> Message:
        """Go on to the end and return the model's last turn; raises as the iteration does."""
        async for _ in self:
            pass
        return self._last()

    async def _run(self) -> AsyncIterator[Turn]:
        await self._answer_calls()
        while (request := self._loop.next_request()) is not None:
            turn = await self._send(request)
            if isinstance(turn, AsyncMessageStream):
                async with turn:
                    yield cast("Turn", turn)
                    self._loop.add_turn(await turn.get_final_message())
            else:
                self._loop.add_turn(turn)
                yield cast("Turn", turn)
            await self._answer_calls()

    async def _answer_calls(self) -> None:
        calls = self._loop.calls
        if not calls:
            return
        try:
            prepared = [await self._prepare(call) for call in calls]
        except StopRunner:
            self._loop.add_results([stopped(call) for call in calls], stop=True)
            return
        waiting = [item for item in prepared if isinstance(item, PreparedCall)]
        outcomes = dict(zip(waiting, await call_in_tasks(waiting), strict=True))
        results = [outcomes[item].result(item) if isinstance(item, PreparedCall) else item for item in prepared]
        stop = any(outcome.stops for outcome in outcomes.values())
        for number, call in enumerate(calls):
            try:
                results[number] = await self._apply_after_hook(call, results[number])
            except StopRunner:
                stop = True
        self._loop.add_results(results, stop=stop)

    async def _prepare(self, call: models.ToolUseBlock) -> models.ToolResultBlock | PreparedCall:
        replacement = await _awaited(self._before_tool(call)) if self._before_tool else None
        return self._loop.prepare(call) if replacement is None else replaced(call, replacement)

    async def _apply_after_hook(
        self, call: models.ToolUseBlock, result: models.ToolResultBlock
    ) -> models.ToolResultBlock:
        replacement = await _awaited(self._after_tool(call, result)) if self._after_tool else None
        return result if replacement is None else replaced(call, replacement)


async def _awaited(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


def _not_async(value: Any) -> Any:
    if inspect.iscoroutine(value):
        value.close()
        raise TypeError("async hooks need AsyncBaseten: this runner cannot await them")
    return value
