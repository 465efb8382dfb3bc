"""The keyword arguments of each method of `client.messages`, as TypedDicts.

A function that passes its keywords on can be typed with them: `def ask(**fields: Unpack[CreateParams]) -> Message`.
They are for type checkers and editors, not for run time. Each has the fields of the generated request and the options
that the client itself reads. A new field in the schema therefore needs no change here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from . import params
from ._generated.types import Unset
from ._tools.loop import AfterTool, AnyTool, BeforeTool
from ._transport.settings import Timeout


class CallOptions(TypedDict, total=False):
    """Options of every call."""

    extra_headers: Mapping[str, str] | None
    """Headers to add to this request."""
    extra_body: Mapping[str, object] | None
    """Fields that the schema does not know yet. They are sent unchanged."""
    timeout: Timeout | Unset
    """Seconds to wait for each piece of the response. It replaces the client's timeout for this call."""


class StreamOptions(CallOptions, total=False):
    """Options of a streaming call."""

    idle_timeout: float | None
    """Seconds that may pass without an event. Pings do not count as events."""
    deadline: float | None
    """Seconds that the whole stream may take."""


class RunnerOptions(CallOptions, total=False):
    """Options of the tool runner."""

    max_turns: int
    """How many turns the model may take."""
    max_concurrency: int
    """How many tool calls of one turn run at a time."""
    before_tool: BeforeTool | None
    """Called with each call before the call is made."""
    after_tool: AfterTool | None
    """Called with each call and its tool result block."""


class ParseOptions(CallOptions, total=False):
    """Options of `parse`."""

    max_repairs: int
    """How many times to tell the model what does not fit and ask again."""


class OfferedTools(TypedDict, total=False):
    """The tools that a request offers to the model."""

    tools: Sequence[AnyTool] | Unset | None
    """Tools made by `@tool` or `Tool`, and definitions of tools."""


class CreateParams(params.ToolRunnerRequest, OfferedTools, CallOptions):
    """The keyword arguments of `create`, without `stream`."""


class StreamParams(params.ToolRunnerRequest, OfferedTools, StreamOptions):
    """The keyword arguments of `stream`, and of `create` with `stream=True`."""


class ToolRunnerParams(params.ToolRunnerRequest, RunnerOptions):
    """The keyword arguments of `tool_runner`, without `tools` and `stream`."""


class ParseParams(params.ParseRequest, ParseOptions):
    """The keyword arguments of `parse`, without `output_type`."""
