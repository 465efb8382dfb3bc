"""The public path of streams: `MessageStream`, `AsyncMessageStream` and the types of their events.

`models.StreamEvent` is an event of the service. `StreamEvent` is that or a helper event, which `messages.stream` adds.
"""

from ._streaming.helper_events import (
    CitationEvent,
    HelperEvent,
    InputJsonEvent,
    SignatureEvent,
    StreamEvent,
    TextEvent,
    ThinkingEvent,
)
from ._streaming.streams import AsyncMessageStream, MessageStream

__all__ = [
    "AsyncMessageStream",
    "CitationEvent",
    "HelperEvent",
    "InputJsonEvent",
    "MessageStream",
    "SignatureEvent",
    "StreamEvent",
    "TextEvent",
    "ThinkingEvent",
]
