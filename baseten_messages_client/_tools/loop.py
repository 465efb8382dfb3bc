"""The conversation of a tool runner, without I/O: its history, its next request, and the calls between two turns.

Source: the wire rule "Hosted tools". Calls are made only if the turn's stop reason is `tool_use`. A call is not made if
its result is already in the message.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future
from math import inf
from typing import Any

import attrs

from .. import models, params
from .._checks import check_count
from .._message import Message
from .._wire import json as wire_json
from ..errors import MaxTurnsError
from .decorator import BaseTool, StopRunner, Tool
from .results import failure_result, output_result, stopped_result, timeout_result, tool_result, unsendable_result

BeforeTool = Callable[[models.ToolUseBlock], Any]
"""Called before a tool. If it returns a value other than None, the value is the result and the tool is not called."""
AfterTool = Callable[[models.ToolUseBlock, models.ToolResultBlock], Any]
"""Called with a call and its result. If it returns a value other than None, the value replaces the result."""

AnyTool = BaseTool | params.RequestTool
"""A tool made by `@tool` or `Tool`, or the definition of a tool as a dict or a model."""


class Outcome:
    """What happened to a call: it returned a value, raised an error, or timed out."""

    def __init__(self, value: Any = None, error: BaseException | None = None, *, timed_out: bool = False) -> None:
        self.value = value
        self.error = error
        self.timed_out = timed_out

    @property
    def stops(self) -> bool:
        """Whether the tool asked the runner to stop."""
        return isinstance(self.error, StopRunner)


class PreparedCall:
    """A call whose tool is known and whose arguments were checked.

    Attributes:
        outcome: What happened, or None as long as the call is not finished.
        running: The future of the thread that makes the call, or None if no thread was started.
        expires_at: The `monotonic` time, in seconds, at which the call times out.
        cancel: Cancels what an async tool waits for.
    """

    def __init__(self, call: models.ToolUseBlock, tool: BaseTool, function: Callable[[], Any]) -> None:
        self.call = call
        self.tool = tool
        self.function = function
        self.outcome: Outcome | None = None
        self.running: Future[Outcome] | None = None
        self.expires_at = inf
        self.cancel: Callable[[], None] = _nothing

    def result(self, outcome: Outcome) -> models.ToolResultBlock:
        """Return the tool result block for an outcome."""
        if outcome.timed_out:
            return timeout_result(self.call, self.tool.timeout or 0)
        if outcome.stops:
            return stopped_result(self.call)
        if outcome.error is not None:
            return failure_result(self.call, outcome.error)
        try:
            return output_result(self.call, outcome.value)
        except Exception as error:  # Also what a caller's object raises while it is turned into JSON.
            return unsendable_result(self.call, error)


def _nothing() -> None:
    pass


class _PendingCall:
    """A call of the last turn, on its way to its result. It keeps what was done, so that nothing is done twice."""

    def __init__(self, call: models.ToolUseBlock) -> None:
        self.call = call
        self.prepared: PreparedCall | None = None
        self.result: models.ToolResultBlock | None = None
        self.after_hook_done = False

    @property
    def to_be_checked(self) -> bool:
        return self.prepared is None and self.result is None

    @property
    def to_be_made(self) -> bool:
        return self.prepared is not None and self.prepared.outcome is None

    def read_outcome(self) -> KeyboardInterrupt | None:
        """Turn the outcome into the result. Return the interrupt if the user interrupted the tool."""
        if self.prepared is None or self.prepared.outcome is None or self.result is not None:
            return None
        if isinstance(self.prepared.outcome.error, KeyboardInterrupt):
            interrupt = self.prepared.outcome.error
            self.prepared.outcome = self.prepared.running = None  # It did not finish, so it may be made again.
            return interrupt
        self.result = self.prepared.result(self.prepared.outcome)
        return None

    @property
    def stops(self) -> bool:
        """Whether the tool asked the runner to stop."""
        return self.prepared is not None and self.prepared.outcome is not None and self.prepared.outcome.stops


@attrs.frozen
class CallHook:
    """An action for the runner: call the hook and send back its return value."""

    hook: Callable[..., Any]
    arguments: tuple[Any, ...]


@attrs.frozen
class MakeCalls:
    """An action for the runner: make the calls side by side and give each its outcome as soon as it has one."""

    calls: list[PreparedCall]


Action = CallHook | MakeCalls


class ToolLoop:
    """The state of one tool runner: the history, the calls without results, and the token usage.

    Args:
        tools: Tools to call, and definitions (dicts or models) of tools that run elsewhere, such as hosted tools.
        max_turns: How many turns the model may take.
        fields: The fields of the request, including `messages`.
        before_tool: Hook to call before each tool.
        after_tool: Hook to call after each tool.
        max_concurrency: How many calls of one turn to make at a time.

    Raises:
        TypeError: An argument has the wrong type, or something in `tools` cannot be a tool.
        ValueError: `max_turns` is not a whole number of at least 1, or two tools have the same name.
    """

    def __init__(
        self,
        tools: Sequence[Any],
        max_turns: int,
        fields: Mapping[str, Any],
        *,
        before_tool: BeforeTool | None,
        after_tool: AfterTool | None,
        max_concurrency: int,
    ) -> None:
        messages = fields.get("messages")
        if not isinstance(messages, Sequence) or isinstance(messages, (str, bytes)):
            raise TypeError(f"messages must be a list of messages, not {type(messages).__name__}")
        self._tools = _tools_by_name(tools)
        self._turns_left = check_count("max_turns", max_turns, at_least=1)
        self.max_concurrency: int = check_count("max_concurrency", max_concurrency, at_least=1)
        self._fields = {**fields, "tools": list(tools)}
        self._before_tool = before_tool
        self._after_tool = after_tool
        self._done = False
        self._pending: list[_PendingCall] = []
        """The calls of the last turn, until all of them have results."""
        self.messages: list[Any] = [wire_json.to_jsonable(m, f"messages[{n}]") for n, m in enumerate(messages)]
        self.last_message: Message | None = None
        self.usage: models.Usage = models.Usage()

    def next_request(self) -> dict[str, Any] | None:
        """Return the fields of the next request, or None when the conversation is over.

        Raises:
            MaxTurnsError: The model has taken all its turns, but the conversation is not over.
        """
        if self._done:
            return None
        if self._turns_left == 0:
            raise MaxTurnsError(
                "max_turns is reached, but the model is not done: increase max_turns, or continue with error.messages",
                messages=self.messages,
                last_message=self.last_message,
            )
        return {**self._fields, "messages": list(self.messages)}

    def add_turn(self, message: Message) -> None:
        """Add the model's turn to the history and remember its calls."""
        self._turns_left -= 1
        self.last_message = message
        self.messages.append(message.to_param())
        self._add_usage(message.usage.to_dict())
        calls = message.tool_calls if message.stop_reason == "tool_use" else []
        self._pending = [_PendingCall(call) for call in calls]
        # The model continues a paused turn when the turn is sent back unchanged.
        self._done = not calls and message.stop_reason != "pause_turn"

    def answer_calls(self) -> Generator[Action, Any, None]:
        """Answer the calls of the last turn.

        This yields actions. The runner performs each action and sends back its value, or throws what it raised. After
        an error, a new generator continues: hooks that returned and calls that finished are not repeated.
        """
        if not self._pending:
            return
        try:
            for pending in self._pending:
                if pending.to_be_checked:
                    replacement = (yield CallHook(self._before_tool, (pending.call,))) if self._before_tool else None
                    if replacement is None:
                        self._prepare(pending)
                    else:
                        pending.result = output_result(pending.call, replacement)
        except StopRunner:
            for pending in self._pending:
                pending.result = pending.result or stopped_result(pending.call)
            self._add_results(stop=True)
            return
        calls = [pending.prepared for pending in self._pending if pending.prepared and pending.to_be_made]
        try:
            if calls:
                yield MakeCalls(calls)
        finally:
            interrupts = [pending.read_outcome() for pending in self._pending]
        for interrupt in filter(None, interrupts):
            raise interrupt
        stop = any(pending.stops for pending in self._pending)
        for pending in self._pending:
            if self._after_tool and not pending.after_hook_done:
                try:
                    replacement = yield CallHook(self._after_tool, (pending.call, pending.result))
                except StopRunner:
                    stop = True
                else:
                    if replacement is not None:
                        pending.result = output_result(pending.call, replacement)
                pending.after_hook_done = True
        self._add_results(stop=stop)

    def _add_results(self, *, stop: bool) -> None:
        """Add the results to the history, in the order of the calls. `stop` ends the conversation after them."""
        results = [pending.result.to_dict() for pending in self._pending if pending.result is not None]
        self.messages.append({"role": "user", "content": results})
        self._pending = []
        self._done = stop

    def _prepare(self, pending: _PendingCall) -> None:
        """Find the tool and check the arguments. If the call cannot be made, its result is an error."""
        call = pending.call
        tool = self._tools.get(call.name)
        if tool is None:
            names = ", ".join(self._tools) or "none"
            text = f"There is no tool named {call.name[:100]!r}. The tools are: {names}."
            pending.result = tool_result(call, text, is_error=True)
            return
        try:
            pending.prepared = PreparedCall(call, tool, tool.bind_arguments(call.input))
        except Exception as error:
            pending.result = failure_result(call, error)

    def _add_usage(self, usage: dict[str, Any]) -> None:
        total = self.usage.to_dict()
        for key, value in usage.items():
            before = total.get(key, 0)
            if isinstance(value, int) and isinstance(before, int):
                total[key] = before + value
            elif value is not None:
                total[key] = value
        self.usage = models.Usage.from_dict(total)


def _tools_by_name(tools: Sequence[Any]) -> dict[str, BaseTool]:
    """Return the tools that the runner calls, by name.

    Raises:
        TypeError: Something in the list cannot be a tool.
        ValueError: Two tools have the same name.
    """
    if not isinstance(tools, Sequence) or isinstance(tools, (str, bytes)):
        raise TypeError(f"tools must be a list of tools, not {type(tools).__name__}")
    by_name: dict[str, BaseTool] = {}
    for tool in map(_unwrap, tools):
        if callable(tool) and not isinstance(tool, BaseTool):
            raise TypeError(f"{getattr(tool, '__name__', tool)!r} is a plain function: decorate it with @tool")
        if isinstance(tool, BaseTool):
            if tool._unbound:
                raise TypeError(f"{tool.name!r} is a method that is not bound to an object: pass object.{tool.name}")
            if tool.name in by_name:
                raise ValueError(f"two tools are named {tool.name!r}: give each tool its own name")
            by_name[tool.name] = tool
    return by_name


def _unwrap(tool: Any) -> Any:
    """Return the tool of a class method. Since Python 3.13, `@classmethod` above `@tool` makes a bound method of it."""
    function = getattr(tool, "__func__", None)
    return function.__get__(tool.__self__) if isinstance(function, Tool) else tool
