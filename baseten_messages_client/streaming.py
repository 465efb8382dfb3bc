"""`MessageStream` and `AsyncMessageStream`: a message while it is being produced."""

from ._streaming.decode import StreamEvent
from ._streaming.streams import AsyncMessageStream, MessageStream

__all__ = ["AsyncMessageStream", "MessageStream", "StreamEvent"]
