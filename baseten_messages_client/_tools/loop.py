"""The conversation of a tool runner, without I/O: its history, its next request, and the calls between two turns.

Source: the wire rule "Hosted tools". Calls are made only if the turn's stop reason is `tool_use`. A call is not made if
its result is already in the message.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

import attrs

from .. import models, params
from .._checks import check_count
from .._message import Message
from .._wire import json as wire_json
from ..errors import MaxTurnsError
from .decorator import BaseTool, StopRunner
from .results import failure_result, output_result, stopped_result, timeout_result, tool_result, unsendable_result

BeforeTool = Callable[[models.ToolUseBlock], Any]
"""Called before a tool. If it returns a value other than None, the value is the result and the tool is not called."""
AfterTool = Callable[[models.ToolUseBlock, models.ToolResultBlock], Any]
"""Called with a call and its result. If it returns a value other than None, the value replaces the result."""

AnyTool = BaseTool | models.ToolDefinition | models.HostedTool | params.ToolDefinition | params.HostedTool
"""A tool that the runner calls, or the definition of a tool that runs elsewhere."""


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
    """A call whose tool is known and whose arguments were checked."""

    def __init__(self, call: models.ToolUseBlock, tool: BaseTool, function: Callable[[], Any]) -> None:
        self.call = call
        self.tool = tool
        self.function = function

    def result(self, outcome: Outcome) -> models.ToolResultBlock:
        """Return the tool result block for an outcome.

        Raises:
            KeyboardInterrupt: The user interrupted the program while the tool ran.
        """
        if outcome.timed_out:
            return timeout_result(self.call, self.tool.timeout or 0)
        if isinstance(outcome.error, KeyboardInterrupt):
            raise outcome.error
        if outcome.stops:
            return stopped_result(self.call)
        if outcome.error is not None:
            return failure_result(self.call, outcome.error)
        try:
            return output_result(self.call, outcome.value)
        except Exception as error:  # A caller's object may raise anything while it is turned into JSON.
            return unsendable_result(self.call, error)


@attrs.frozen
class CallHook:
    """An action for the runner: call the hook and send back its return value."""

    hook: Callable[..., Any]
    arguments: tuple[Any, ...]


@attrs.frozen
class MakeCalls:
    """An action for the runner: make the calls side by side and send back their outcomes in the same order."""

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

    Raises:
        TypeError: An argument has the wrong type, or something in `tools` cannot be a tool.
        ValueError: `max_turns` is not a whole number of at least 1, or two tools have the same name.
    """

    def __init__(
        self,
        tools: Sequence[Any],
        max_turns: int,
        fields: Mapping[str, Any],
        before_tool: BeforeTool | None = None,
        after_tool: AfterTool | None = None,
    ) -> None:
        messages = fields.get("messages")
        if not isinstance(messages, (list, tuple)):
            raise TypeError(f"messages must be a list of messages, not {type(messages).__name__}")
        self._tools = _tools_by_name(tools)
        self._turns_left = check_count("max_turns", max_turns, at_least=1)
        self._fields = {**fields, "tools": list(tools)}
        self._before_tool = before_tool
        self._after_tool = after_tool
        self._done = False
        self._calls: list[models.ToolUseBlock] = []
        """The calls of the last turn that have no results yet."""
        self.messages: list[Any] = [wire_json.to_jsonable(m, f"messages[{n}]") for n, m in enumerate(messages)]
        self.last_message: Message | None = None
        self.usage = models.Usage(input_tokens=0, output_tokens=0)

    def next_request(self) -> dict[str, Any] | None:
        """Return the fields of the next request, or None when the conversation is over.

        Raises:
            MaxTurnsError: The model has taken all its turns, but the conversation is not over.
        """
        if self._done:
            return None
        if self._turns_left == 0:
            raise MaxTurnsError(
                "the model still wants to go on, but max_turns is reached: raise it, or go on with error.messages",
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
        self._calls = message.tool_calls if message.stop_reason == "tool_use" else []
        # The model continues a paused turn when the turn is sent back unchanged.
        self._done = not self._calls and message.stop_reason != "pause_turn"

    def answer_calls(self) -> Generator[Action, Any, None]:
        """Answer the calls of the last turn.

        This yields actions. The runner performs each action and sends back its value, or throws what it raised.
        """
        if not self._calls:
            return
        results: list[models.ToolResultBlock | PreparedCall] = []
        try:
            for call in self._calls:
                replacement = (yield CallHook(self._before_tool, (call,))) if self._before_tool else None
                results.append(self._prepare(call) if replacement is None else output_result(call, replacement))
        except StopRunner:
            self._add_results([stopped_result(call) for call in self._calls], stop=True)
            return
        outcomes: list[Outcome] = yield MakeCalls([result for result in results if isinstance(result, PreparedCall)])
        stop = any(outcome.stops for outcome in outcomes)
        remaining = iter(outcomes)
        blocks = [result.result(next(remaining)) if isinstance(result, PreparedCall) else result for result in results]
        if self._after_tool:
            for number, call in enumerate(self._calls):
                try:
                    replacement = yield CallHook(self._after_tool, (call, blocks[number]))
                except StopRunner:
                    stop = True
                else:
                    if replacement is not None:
                        blocks[number] = output_result(call, replacement)
        self._add_results(blocks, stop=stop)

    def _add_results(self, results: list[models.ToolResultBlock], *, stop: bool) -> None:
        """Add the results to the history, in the order of the calls. `stop` ends the conversation after them."""
        self.messages.append({"role": "user", "content": [result.to_dict() for result in results]})
        self._calls = []
        self._done = stop

    def _prepare(self, call: models.ToolUseBlock) -> models.ToolResultBlock | PreparedCall:
        """Find the tool and check the arguments. Return an error result if the call cannot be made."""
        tool = self._tools.get(call.name)
        if tool is None:
            names = ", ".join(self._tools) or "none"
            text = f"There is no tool named {call.name[:100]!r}. The tools are: {names}."
            return tool_result(call, text, is_error=True)
        try:
            return PreparedCall(call, tool, tool.bind_arguments(call.input))
        except Exception as error:
            return failure_result(call, error)

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
    for tool in tools:
        if callable(tool) and not isinstance(tool, BaseTool):
            raise TypeError(f"{getattr(tool, '__name__', tool)!r} is a plain function: put @tool in front of it")
        if isinstance(tool, BaseTool):
            if tool._unbound:
                raise TypeError(f"{tool.name!r} is a method without its object: pass it as object.{tool.name}")
            if tool.name in by_name:
                raise ValueError(f"two tools are named {tool.name!r}: a model could not distinguish them")
            by_name[tool.name] = tool
    return by_name
