"""`ToolRunner` and `AsyncToolRunner`: a conversation in which the model calls tools until it is done."""

from ._tools.runner import AsyncToolRunner, ToolRunner

__all__ = ["AsyncToolRunner", "ToolRunner"]
