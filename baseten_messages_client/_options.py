"""The keyword arguments of each method of `client.messages`, as TypedDicts.

They are for type checkers and editors, not for run time. Each has the fields of the generated request and the options
that the client itself reads. A new field in the schema therefore needs no change here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from . import params
from ._generated.types import Unset
from ._tools.loop import AfterTool, BeforeTool
from ._transport.settings import Timeout


class CallOptions(TypedDict, total=False):
    """Options of every call."""

    extra_headers: Mapping[str, str] | None
    """Headers to add to this request."""
    extra_body: Mapping[str, Any] | None
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
    before_tool: BeforeTool | None
    """Called with each call before the call is made."""
    after_tool: AfterTool | None
    """Called with each call and its tool result block."""


class ParseOptions(CallOptions, total=False):
    """Options of `parse`."""

    max_repairs: int
    """How many times to tell the model what does not fit and ask again."""


class CreateFields(params.MessagesRequest, CallOptions):
    """The keyword arguments of `create`."""


class StreamFields(params.MessagesRequest, StreamOptions):
    """The keyword arguments of `create(stream=True)` and `stream`."""


class RunnerFields(params.ToolRunnerRequest, RunnerOptions):
    """The keyword arguments of `tool_runner`, except its tools."""


class ParseFields(params.ParseRequest, ParseOptions):
    """The keyword arguments of `parse`, except its output type."""
