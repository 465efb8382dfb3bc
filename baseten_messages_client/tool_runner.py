"""`ToolRunner` and `AsyncToolRunner`: a conversation in which the model calls tools until it is done.

This is the public path of both. `client.messages.tool_runner` makes them.
"""

from ._tools.runner import AsyncToolRunner, ToolRunner

__all__ = ["AsyncToolRunner", "ToolRunner"]
