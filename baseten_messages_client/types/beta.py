"""The types under the names that the official SDK has for `client.beta`."""

from __future__ import annotations

from typing import TypeAlias

from . import (
    ContentBlock,
    ContentBlockParam,
    ImageBlockParam,
    InputJSONDelta,
    Message,
    MessageParam,
    MessageStreamEvent,
    RawContentBlockDeltaEvent,
    RawContentBlockStartEvent,
    RawContentBlockStopEvent,
    RawMessageDeltaEvent,
    RawMessageStartEvent,
    RawMessageStopEvent,
    RawMessageStreamEvent,
    StopReason,
    TextBlock,
    TextBlockParam,
    TextDelta,
    ThinkingBlock,
    ThinkingDelta,
    ToolChoiceParam,
    ToolParam,
    ToolResultBlockParam,
    ToolUnionParam,
    ToolUseBlock,
    ToolUseBlockParam,
    Usage,
)

__all__ = [
    "BetaContentBlock",
    "BetaContentBlockParam",
    "BetaImageBlockParam",
    "BetaInputJSONDelta",
    "BetaMessage",
    "BetaMessageParam",
    "BetaMessageStreamEvent",
    "BetaRawContentBlockDeltaEvent",
    "BetaRawContentBlockStartEvent",
    "BetaRawContentBlockStopEvent",
    "BetaRawMessageDeltaEvent",
    "BetaRawMessageStartEvent",
    "BetaRawMessageStopEvent",
    "BetaRawMessageStreamEvent",
    "BetaStopReason",
    "BetaTextBlock",
    "BetaTextBlockParam",
    "BetaTextDelta",
    "BetaThinkingBlock",
    "BetaThinkingDelta",
    "BetaToolChoiceParam",
    "BetaToolParam",
    "BetaToolResultBlockParam",
    "BetaToolUnionParam",
    "BetaToolUseBlock",
    "BetaToolUseBlockParam",
    "BetaUsage",
]

BetaContentBlock: TypeAlias = ContentBlock
BetaContentBlockParam: TypeAlias = ContentBlockParam
BetaImageBlockParam: TypeAlias = ImageBlockParam
BetaInputJSONDelta: TypeAlias = InputJSONDelta
BetaMessage: TypeAlias = Message
BetaMessageParam: TypeAlias = MessageParam
BetaMessageStreamEvent: TypeAlias = MessageStreamEvent
BetaRawContentBlockDeltaEvent: TypeAlias = RawContentBlockDeltaEvent
BetaRawContentBlockStartEvent: TypeAlias = RawContentBlockStartEvent
BetaRawContentBlockStopEvent: TypeAlias = RawContentBlockStopEvent
BetaRawMessageDeltaEvent: TypeAlias = RawMessageDeltaEvent
BetaRawMessageStartEvent: TypeAlias = RawMessageStartEvent
BetaRawMessageStopEvent: TypeAlias = RawMessageStopEvent
BetaRawMessageStreamEvent: TypeAlias = RawMessageStreamEvent
BetaStopReason: TypeAlias = StopReason
BetaTextBlock: TypeAlias = TextBlock
BetaTextBlockParam: TypeAlias = TextBlockParam
BetaTextDelta: TypeAlias = TextDelta
BetaThinkingBlock: TypeAlias = ThinkingBlock
BetaThinkingDelta: TypeAlias = ThinkingDelta
BetaToolChoiceParam: TypeAlias = ToolChoiceParam
BetaToolParam: TypeAlias = ToolParam
BetaToolResultBlockParam: TypeAlias = ToolResultBlockParam
BetaToolUnionParam: TypeAlias = ToolUnionParam
BetaToolUseBlock: TypeAlias = ToolUseBlock
BetaToolUseBlockParam: TypeAlias = ToolUseBlockParam
BetaUsage: TypeAlias = Usage
