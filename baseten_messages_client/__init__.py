"""A small, typed client for Baseten's Messages API.

    from baseten_messages_client import Baseten

    client = Baseten()  # reads BASETEN_API_KEY
    message = client.messages.create(
        model="deepseek-ai/DeepSeek-V4-Pro",
        max_tokens=1024,
        messages=[{"role": "user", "content": "Hello!"}],
    )
    print(message.text)

This module holds the names that most callers need. `models` holds the generated classes, and `params` holds TypedDicts
of the same names for plain dicts. `errors` holds the exceptions, which can also be imported from here. `auth` is the
authentication alone, for any other client of httpx or httpx2. `testing` is a local server that acts as the service.
"""

from typing import TYPE_CHECKING

from . import auth, errors
from ._version import __version__
from .client import AsyncBaseten, Baseten
from .errors import *  # noqa: F403

if TYPE_CHECKING:
    from . import models, params, types
    from . import testing as testing  # Not in `__all__`: it needs the extra of the same name.
    from ._message import Message
    from ._options import CreateParams, ParseParams, StreamParams, ToolRunnerParams
    from ._tools.loop import AfterTool, AnyTool, BeforeTool
    from ._tools.output import ParsedMessage
    from ._transport.settings import Timeout
    from .compat.http_clients import DefaultAsyncHttpxClient, DefaultHttpxClient
    from .compat.names import (
        DEFAULT_MAX_RETRIES,
        NOT_GIVEN,
        AsyncClient,
        AsyncStream,
        Client,
        ContentTooLargeError,
        NotGiven,
        Omit,
        Stream,
        beta_async_tool,
        beta_tool,
        not_given,
        omit,
    )
    from .streaming import AsyncMessageStream, MessageStream, StreamEvent
    from .tool_runner import AsyncToolRunner, ToolRunner
    from .tools import BaseTool, StopRunner, Tool, tool, tool_result

__all__ = [
    "DEFAULT_MAX_RETRIES",
    "NOT_GIVEN",
    "AfterTool",
    "AnyTool",
    "AsyncBaseten",
    "AsyncClient",
    "AsyncMessageStream",
    "AsyncStream",
    "AsyncToolRunner",
    "BaseTool",
    "Baseten",
    "BeforeTool",
    "Client",
    "ContentTooLargeError",
    "CreateParams",
    "DefaultAsyncHttpxClient",
    "DefaultHttpxClient",
    "Message",
    "MessageStream",
    "NotGiven",
    "Omit",
    "ParseParams",
    "ParsedMessage",
    "StopRunner",
    "Stream",
    "StreamEvent",
    "StreamParams",
    "Timeout",
    "Tool",
    "ToolRunner",
    "ToolRunnerParams",
    "__version__",
    "auth",
    "beta_async_tool",
    "beta_tool",
    "errors",
    "models",
    "not_given",
    "omit",
    "params",
    "tool",
    "tool_result",
    "types",
]
__all__ += errors.__all__

# These names are imported on first use. The client needs none of them before its first request.
_LAZY = {
    "AfterTool": "._tools.loop",
    "AnyTool": "._tools.loop",
    "AsyncMessageStream": ".streaming",
    "AsyncToolRunner": ".tool_runner",
    "BaseTool": ".tools",
    "BeforeTool": "._tools.loop",
    "CreateParams": "._options",
    "Message": "._message",
    "MessageStream": ".streaming",
    "ParseParams": "._options",
    "ParsedMessage": "._tools.output",
    "StopRunner": ".tools",
    "StreamEvent": ".streaming",
    "StreamParams": "._options",
    "Timeout": "._transport.settings",
    "Tool": ".tools",
    "ToolRunner": ".tool_runner",
    "ToolRunnerParams": "._options",
    "tool": ".tools",
    "tool_result": ".tools",
    "AsyncClient": ".compat.names",
    "AsyncStream": ".compat.names",
    "Client": ".compat.names",
    "ContentTooLargeError": ".compat.names",
    "DEFAULT_MAX_RETRIES": ".compat.names",
    "DefaultAsyncHttpxClient": ".compat.http_clients",
    "DefaultHttpxClient": ".compat.http_clients",
    "NOT_GIVEN": ".compat.names",
    "NotGiven": ".compat.names",
    "Omit": ".compat.names",
    "Stream": ".compat.names",
    "beta_async_tool": ".compat.names",
    "beta_tool": ".compat.names",
    "not_given": ".compat.names",
    "omit": ".compat.names",
    "types": "",
    "models": "",
    "params": "",
    "testing": "",
}

# Type checkers must not see this function. It would make every misspelt name a valid one.
if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _LAZY:
            from .compat.hints import MODULE_HINTS

            hint = f": {MODULE_HINTS[name]}" if name in MODULE_HINTS else ""
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")
        from importlib import import_module

        if module := _LAZY[name]:
            return getattr(import_module(module, __name__), name)
        return import_module(f".{name}", __name__)


def __dir__() -> list[str]:
    return __all__
