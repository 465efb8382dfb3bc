"""`ToolRunner` and `AsyncToolRunner`: a conversation in which the model calls tools until it is done.

Both runners send requests and make calls. `loop` decides what to send and what to call.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Generator
from typing import Any, Generic, Self, TypeVar, cast

from .. import models, params
from .._message import Message
from .._streaming.streams import AsyncMessageStream, MessageStream
from .calls import call_in_tasks, call_in_threads
from .loop import Action, CallHook, ToolLoop

__all__ = ["AsyncToolRunner", "ToolRunner"]

Turn = TypeVar("Turn")


class _BaseRunner:
    """What both runners share: everything except sending requests and making calls."""

    def __init__(self, loop: ToolLoop) -> None:
        self._loop = loop

    @property
    def messages(self) -> list[params.InputMessage]:
        """A copy of the whole history so far, as the next request would send it."""
        return list(self._loop.messages)

    @property
    def usage(self) -> models.Usage:
        """The token usage of all turns so far, summed."""
        return self._loop.usage

    @property
    def last_message(self) -> Message | None:
        """The model's last turn, or None before the first."""
        return self._loop.last_message

    def _last(self) -> Message:
        assert self._loop.last_message is not None, "a runner has at least one turn"  # noqa: S101
        return self._loop.last_message


class ToolRunner(_BaseRunner, Generic[Turn]):
    """Iterates the model's turns and calls the tools between them. `client.messages.tool_runner` makes one.

    The tools of one turn run side by side in threads. Each tool has its own `timeout`. The results go back in the order
    of the calls. An unknown tool, arguments that do not fit, and an exception in a tool become error results that tell
    the model what to correct. `KeyboardInterrupt` passes through. `StopRunner` ends the iteration. After any other
    error, such as a failed request, you can iterate again: the runner repeats the step that failed and continues.

    Attributes:
        messages: The whole history so far.
        usage: The token usage of all turns so far.
        last_message: The model's last turn, or None before the first.

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
    ) -> None:
        super().__init__(loop)
        self._send = send
        # Not in a generator: one that is dropped is closed by the garbage collector, at a moment nobody chose.
        self._stream: MessageStream | None = None

    def __iter__(self) -> Self:
        """Iterate the turns that are left. After an error, this repeats the step that failed.

        Raises:
            MaxTurnsError: The model has taken all its turns, but it is not done.
            BasetenError: A request failed, as in `create` or `stream`.
        """
        return self

    def __next__(self) -> Turn:
        self._finish_stream()
        self._answer_calls()
        request = self._loop.next_request()
        if request is None:
            raise StopIteration
        turn = self._send(request)
        if isinstance(turn, MessageStream):
            self._stream = turn
        else:
            self._loop.add_turn(turn)
        return cast("Turn", turn)

    def until_done(self) -> Message:
        """Iterate to the end and return the model's last turn. It raises what the iteration raises."""
        for _ in self:
            pass
        return self._last()

    def _finish_stream(self) -> None:
        """Read the rest of the stream that the caller got last, and add its turn."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with stream:
                self._loop.add_turn(stream.get_final_message())

    def _answer_calls(self) -> None:
        round_of_calls = self._loop.answer_calls()
        action = next(round_of_calls, None)
        while action is not None:
            try:
                answer = self._perform(action)
            except BaseException as error:
                action = _throw(round_of_calls, error)
            else:
                action = _send(round_of_calls, answer)

    def _perform(self, action: Action) -> Any:
        if isinstance(action, CallHook):
            return _not_async(action.hook(*action.arguments))
        return call_in_threads(action.calls, self._loop.max_concurrency)


class AsyncToolRunner(_BaseRunner, Generic[Turn]):
    """`ToolRunner` for `AsyncBaseten`. Async tools run in tasks, sync tools in threads. Hooks may be async.

    Cancelling the task that iterates also cancels the async tools. A sync tool runs on, but its result is not used.
    """

    def __init__(
        self,
        loop: ToolLoop,
        send: Callable[[dict[str, Any]], Awaitable[Message | AsyncMessageStream]],
    ) -> None:
        super().__init__(loop)
        self._send = send
        self._stream: AsyncMessageStream | None = None

    def __aiter__(self) -> Self:
        """Iterate the turns that are left. It raises what iterating a `ToolRunner` raises."""
        return self

    async def __anext__(self) -> Turn:
        await self._finish_stream()
        await self._answer_calls()
        request = self._loop.next_request()
        if request is None:
            raise StopAsyncIteration
        turn = await self._send(request)
        if isinstance(turn, AsyncMessageStream):
            self._stream = turn
        else:
            self._loop.add_turn(turn)
        return cast("Turn", turn)

    async def until_done(self) -> Message:
        """Iterate to the end and return the model's last turn. It raises what the iteration raises."""
        async for _ in self:
            pass
        return self._last()

    async def _finish_stream(self) -> None:
        """Read the rest of the stream that the caller got last, and add its turn."""
        stream, self._stream = self._stream, None
        if stream is not None:
            async with stream:
                self._loop.add_turn(await stream.get_final_message())

    async def _answer_calls(self) -> None:
        round_of_calls = self._loop.answer_calls()
        action = next(round_of_calls, None)
        while action is not None:
            try:
                answer = await self._perform(action)
            except BaseException as error:
                action = _throw(round_of_calls, error)
            else:
                action = _send(round_of_calls, answer)

    async def _perform(self, action: Action) -> Any:
        if isinstance(action, CallHook):
            return await _awaited(action.hook(*action.arguments))
        return await call_in_tasks(action.calls, self._loop.max_concurrency)


def _send(round_of_calls: Generator[Action, Any, None], answer: Any) -> Action | None:
    """Send an action's value into the generator. Return the next action, or None after the last."""
    try:
        return round_of_calls.send(answer)
    except StopIteration:
        return None


def _throw(round_of_calls: Generator[Action, Any, None], error: BaseException) -> Action | None:
    """Throw what an action raised into the generator. Return the next action, or None after the last."""
    try:
        return round_of_calls.throw(error)
    except StopIteration:
        return None


async def _awaited(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


def _not_async(value: Any) -> Any:
    if inspect.iscoroutine(value):
        value.close()
        raise TypeError("a sync runner cannot await async hooks: use AsyncBaseten")
    return value
