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
authentication alone, for any other httpx client. `testing` is a local server that acts as the service.
"""

from typing import TYPE_CHECKING, Any

from . import auth, errors
from ._version import __version__
from .client import AsyncBaseten, Baseten
from .errors import *  # noqa: F403

if TYPE_CHECKING:
    from . import models, params
    from ._message import Message
    from ._tools.output import ParsedMessage
    from .streaming import AsyncMessageStream, MessageStream
    from .tool_runner import AsyncToolRunner, ToolRunner
    from .tools import StopRunner, Tool, tool, tool_result

__all__ = [
    "AsyncBaseten",
    "AsyncMessageStream",
    "AsyncToolRunner",
    "Baseten",
    "Message",
    "MessageStream",
    "ParsedMessage",
    "StopRunner",
    "Tool",
    "ToolRunner",
    "__version__",
    "auth",
    "errors",
    "models",
    "params",
    "tool",
    "tool_result",
]
__all__ += errors.__all__

# These names are imported on first use. The client needs none of them before its first request.
_LAZY = {
    "AsyncMessageStream": ".streaming",
    "AsyncToolRunner": ".tool_runner",
    "Message": "._message",
    "MessageStream": ".streaming",
    "ParsedMessage": "._tools.output",
    "StopRunner": ".tools",
    "Tool": ".tools",
    "ToolRunner": ".tool_runner",
    "tool": ".tools",
    "tool_result": ".tools",
    "models": "",
    "testing": "",
    "params": "",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if module := _LAZY[name]:
        return getattr(import_module(module, __name__), name)
    return import_module(f".{name}", __name__)


def __dir__() -> list[str]:
    return __all__
