"""The conversation of a tool runner, without I/O: its history, what to call next, and the words for what went wrong.

Source: rule "Hosted tools" of the wire: tools run only when a turn stopped for them, and only those calls that have no
result in the message already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .. import models, params
from .._checks import check_count
from .._message import Message
from .._wire import json as wire_json
from ..errors import MaxTurnsError, ToolInputError
from .decorator import BaseTool
from .results import result_content, tool_result

_MAX_ERROR_TEXT = 4000

BeforeTool = Callable[[models.ToolUseBlock], Any]
"""Called before a tool; what it returns, unless None, is the result in the tool's place."""
AfterTool = Callable[[models.ToolUseBlock, models.ToolResultBlock], Any]
"""Called with a call and its result; what it returns, unless None, replaces the result."""


AnyTool = BaseTool | models.ToolDefinition | models.HostedTool | params.ToolDefinition | params.HostedTool
"""A tool that the runner runs, or the definition of one that somebody else does."""


class ToolLoop:
    """The state of one runner.

    Args:
        tools: Tools to run, and definitions (dicts or models) of those that others run, such as hosted tools.
        max_turns: How many turns the model may take.
        fields: The fields of the request, `messages` among them.
    """

    def __init__(self, tools: Sequence[Any], max_turns: int, fields: Mapping[str, Any]) -> None:
        check_count("max_turns", max_turns, at_least=1)
        if not isinstance(tools, Sequence) or isinstance(tools, (str, bytes)):
            raise TypeError(f"tools must be a list of tools, not {type(tools).__name__}")
        self._tools: dict[str, BaseTool] = {}
        for tool in tools:
            if callable(tool) and not isinstance(tool, BaseTool):
                raise TypeError(f"{getattr(tool, '__name__', tool)!r} is a plain function: put @tool in front of it")
            if isinstance(tool, BaseTool):
                if tool._unbound:
                    raise TypeError(f"{tool.name!r} is a method without its object: pass it as object.{tool.name}")
                if tool.name in self._tools:
                    raise ValueError(f"two tools are named {tool.name!r}: a model could not tell them apart")
                self._tools[tool.name] = tool
        messages = fields.get("messages")
        if not isinstance(messages, (list, tuple)):
            raise TypeError(f"messages must be a list of messages, not {type(messages).__name__}")
        self._fields = {**fields, "tools": list(tools)}
        self._turns_left = max_turns
        self._done = False
        self.calls: list[models.ToolUseBlock] = []
        """The calls of the last turn that have no results yet."""
        self.messages: list[Any] = [wire_json.to_jsonable(m, f"messages[{n}]") for n, m in enumerate(messages)]
        self.last_message: Message | None = None
        self.usage = models.Usage(input_tokens=0, output_tokens=0)

    def next_request(self) -> dict[str, Any] | None:
        """Return the fields of the next request, or None when the conversation is over.

        Raises:
            MaxTurnsError: The model may take no further turn.
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
        """Take the model's turn, and with it the calls to make."""
        self._turns_left -= 1
        self.last_message = message
        self.messages.append(message.to_param())
        self._add_usage(message.usage.to_dict())
        self.calls = message.tool_calls if message.stop_reason == "tool_use" else []
        # A paused turn goes on when it is sent back as it is.
        self._done = not self.calls and message.stop_reason != "pause_turn"

    def add_results(self, results: list[models.ToolResultBlock], *, stop: bool) -> None:
        """Take the results, in the order of the calls; `stop` ends the conversation with them."""
        self.messages.append({"role": "user", "content": [result.to_dict() for result in results]})
        self.calls = []
        self._done = stop

    def prepare(self, call: models.ToolUseBlock) -> models.ToolResultBlock | PreparedCall:
        """Find the tool and check the arguments; a result right away means that there is nothing to call."""
        tool = self._tools.get(call.name)
        if tool is None:
            names = ", ".join(self._tools) or "none"
            return tool_result(
                call, f"There is no tool named {call.name[:100]!r}. The tools are: {names}.", is_error=True
            )
        try:
            return PreparedCall(call, tool, tool.bind_arguments(call.input))
        except Exception as error:
            return failure(call, error)

    def _add_usage(self, usage: dict[str, Any]) -> None:
        total = self.usage.to_dict()
        for key, value in usage.items():
            before = total.get(key, 0)
            if isinstance(value, int) and isinstance(before, int):
                total[key] = before + value
            elif value is not None:
                total[key] = value
        self.usage = models.Usage.from_dict(total)


class PreparedCall:
    """A call that is ready to be made."""

    def __init__(self, call: models.ToolUseBlock, tool: BaseTool, function: Callable[[], Any]) -> None:
        self.call = call
        self.tool = tool
        self.function = function

    def success(self, output: Any) -> models.ToolResultBlock:
        """Make the result of what the tool returned."""
        try:
            return replaced(self.call, output)
        except Exception as error:  # Also what a foreign object raises while it is turned into JSON.
            text = f"{self.tool.name} ran, but its result cannot be sent: {_error_text(error)}"
            return tool_result(self.call, text, is_error=True)

    def timed_out(self) -> models.ToolResultBlock:
        """Make the result of a call that took too long."""
        text = f"{self.tool.name} did not finish within {self.tool.timeout or 0:g} seconds."
        return tool_result(self.call, text, is_error=True)


def failure(call: models.ToolUseBlock, error: BaseException) -> models.ToolResultBlock:
    """Make the result of a call that failed: what happened, without a traceback."""
    if isinstance(error, ToolInputError):
        return tool_result(call, _error_text(error), is_error=True)
    text = f"{call.name} failed: {type(error).__name__}"
    error_text = _error_text(error)
    return tool_result(call, f"{text}: {error_text}" if error_text else text, is_error=True)


def stopped(call: models.ToolUseBlock) -> models.ToolResultBlock:
    """Make the result of a call that the runner was stopped at, or before."""
    return tool_result(call, "The conversation was stopped at this call.", is_error=True)


def replaced(call: models.ToolUseBlock, output: Any) -> models.ToolResultBlock:
    """Make the result of what a tool or a hook gave, which may be a whole block; it answers this call in any case.

    Raises:
        TypeError: JSON cannot hold it, and the next request would fail.
        ValueError: The same.
    """
    if not isinstance(output, models.ToolResultBlock):
        output = models.ToolResultBlock(type="tool_result", tool_use_id="", content=result_content(output))
    plain: dict[str, Any] = wire_json.to_jsonable(output, "the output")
    return models.ToolResultBlock.from_dict({**plain, "tool_use_id": call.id})


def _error_text(error: BaseException) -> str:
    """Return an exception's text as it may be sent, at most as long as a model can use."""
    try:
        text = str(error)
    except Exception:
        return ""
    # Half a surrogate pair must not stop the conversation.
    text = text.encode("utf-8", "replace").decode().strip()
    return text if len(text) <= _MAX_ERROR_TEXT else text[:_MAX_ERROR_TEXT] + "…"
