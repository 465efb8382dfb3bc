"""What each method of `client.messages` takes, as TypedDicts: for type checkers and editors, not for run time.

They join the generated request, which grows with the schema, and the options that the client itself reads.
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
    """Fields that the schema does not know yet, sent as they are."""
    timeout: Timeout | Unset
    """Seconds to wait for each piece of the answer, in place of the client's own setting."""


class StreamOptions(CallOptions, total=False):
    """Options of a streaming call."""

    idle_timeout: float | None
    """Seconds that may pass without an event; pings do not count."""
    deadline: float | None
    """Seconds that the whole stream may take."""


class RunnerOptions(CallOptions, total=False):
    """Options of the tool runner."""

    max_turns: int
    """How many turns the model may take."""
    before_tool: BeforeTool | None
    """Called with every call before it is made."""
    after_tool: AfterTool | None
    """Called with every call and its result block."""


class ParseOptions(CallOptions, total=False):
    """Options of `parse`."""

    max_repairs: int
    """How often to tell the model what does not fit and ask again."""


class CreateFields(params.MessagesRequest, CallOptions):
    """What `create` takes."""


class StreamFields(params.MessagesRequest, StreamOptions):
    """What `create(stream=True)` and `stream` take."""


class RunnerFields(params.ToolRunnerRequest, RunnerOptions):
    """What `tool_runner` takes besides its tools."""


class ParseFields(params.ParseRequest, ParseOptions):
    """What `parse` takes besides its output type."""
