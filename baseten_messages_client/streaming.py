"""The public path of streams: `MessageStream`, `AsyncMessageStream` and the type of their events."""

from ._streaming.decode import StreamEvent
from ._streaming.streams import AsyncMessageStream, MessageStream

__all__ = ["AsyncMessageStream", "MessageStream", "StreamEvent"]
