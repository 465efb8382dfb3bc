# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from typing import TypeAlias

from .models import (
    Base64ImageSource,
    CitationsDelta,
    ContentBlockDeltaEvent,
    ContentBlockStartEvent,
    ContentBlockStopEvent,
    HostedTool,
    ImageBlock,
    InputJsonDelta,
    KnownStopReason,
    MessageDeltaEvent,
    MessageStartEvent,
    MessageStopEvent,
    PingEvent,
    SignatureDelta,
    TextBlock,
    TextDelta,
    ThinkingBlock,
    ThinkingDelta,
    ThinkingDisabled,
    ThinkingEnabled,
    ToolChoiceAny,
    ToolChoiceAuto,
    ToolChoiceNone,
    ToolChoiceTool,
    ToolDefinition,
    ToolResultBlock,
    ToolUseBlock,
    UnknownBlock,
    UnknownDelta,
    UnknownEvent,
    UnknownImageSource,
    UnknownOption,
)
from .open_strings import OtherStopReason

__all__ = [
    "ContentBlock",
    "ContentBlockDelta",
    "ImageSource",
    "InputContentBlock",
    "RequestTool",
    "StopReason",
    "StreamEvent",
    "ThinkingConfig",
    "ToolChoice",
    "ToolResultContent",
]

ContentBlock: TypeAlias = TextBlock | ToolUseBlock | ThinkingBlock | ToolResultBlock | UnknownBlock
"""A piece of the turn that the model produced."""

ContentBlockDelta: TypeAlias = (
    TextDelta | InputJsonDelta | ThinkingDelta | SignatureDelta | CitationsDelta | UnknownDelta
)
"""What a content block grows by."""

ImageSource: TypeAlias = Base64ImageSource | UnknownImageSource
"""Where the image comes from."""

InputContentBlock: TypeAlias = TextBlock | ToolUseBlock | ToolResultBlock | ImageBlock | ThinkingBlock | UnknownBlock
"""A piece of a turn in a request."""

RequestTool: TypeAlias = ToolDefinition | HostedTool
"""A tool of the caller, or one that the service runs itself."""

StopReason: TypeAlias = KnownStopReason | OtherStopReason
"""Why a turn ended."""

StreamEvent: TypeAlias = (
    MessageStartEvent
    | ContentBlockStartEvent
    | ContentBlockDeltaEvent
    | ContentBlockStopEvent
    | MessageDeltaEvent
    | MessageStopEvent
    | PingEvent
    | UnknownEvent
)
"""One server-sent event of a streamed message. An `ErrorEvent` ends the stream as an exception instead."""

ThinkingConfig: TypeAlias = ThinkingEnabled | ThinkingDisabled | UnknownOption
"""Whether and how much the model may reason before it answers."""

ToolChoice: TypeAlias = ToolChoiceAuto | ToolChoiceAny | ToolChoiceTool | ToolChoiceNone
"""Whether the model may, must or must not call a tool."""

ToolResultContent: TypeAlias = TextBlock | ImageBlock | UnknownBlock
"""A piece of what a tool returned."""
