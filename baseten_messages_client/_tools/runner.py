"""`ToolRunner` and `AsyncToolRunner`: a conversation in which the model calls tools until it is done."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from typing import Any, Generic, Self, TypeVar, cast

from .. import models
from .._message import Message
from .._streaming.streams import AsyncMessageStream, MessageStream
from .calls import call_in_tasks, call_in_threads
from .loop import Action, CallHook, ToolLoop

__all__ = ["AsyncToolRunner", "ToolRunner"]

Turn = TypeVar("Turn")


class _BaseRunner:
    """What both runners have in common: everything but sending and calling."""

    def __init__(self, loop: ToolLoop) -> None:
        self._loop = loop

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
    ) -> None:
        super().__init__(loop)
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
        return call_in_threads(action.calls)


class AsyncToolRunner(_BaseRunner, Generic[Turn]):
    """`ToolRunner` for `AsyncBaseten`: async tools are tasks, sync ones threads, and hooks may be async.

    Cancelling the task that iterates cancels the tools.
    """

    def __init__(
        self,
        loop: ToolLoop,
        send: Callable[[dict[str, Any]], Awaitable[Message | AsyncMessageStream]],
    ) -> None:
        super().__init__(loop)
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
        return await call_in_tasks(action.calls)


def _send(round_of_calls: Generator[Action, Any, None], answer: Any) -> Action | None:
    """Send back what an action gave. Returns the next action, or None after the last."""
    try:
        return round_of_calls.send(answer)
    except StopIteration:
        return None


def _throw(round_of_calls: Generator[Action, Any, None], error: BaseException) -> Action | None:
    """Send back what an action raised, as `_send` does."""
    try:
        return round_of_calls.throw(error)
    except StopIteration:
        return None


async def _awaited(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


def _not_async(value: Any) -> Any:
    if inspect.iscoroutine(value):
        value.close()
        raise TypeError("async hooks need AsyncBaseten: this runner cannot await them")
    return value
