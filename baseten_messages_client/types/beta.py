"""The types under the names that the official SDK has for `client.beta`."""

from __future__ import annotations

from typing import TypeAlias

from . import (
    Base64ImageSourceParam,
    CacheControlEphemeralParam,
    CitationsDelta,
    ContentBlock,
    ContentBlockParam,
    ImageBlockParam,
    InputJSONDelta,
    Message,
    MessageDeltaUsage,
    MessageParam,
    MessageStreamEvent,
    MetadataParam,
    RawContentBlockDelta,
    RawContentBlockDeltaEvent,
    RawContentBlockStartEvent,
    RawContentBlockStopEvent,
    RawMessageDeltaEvent,
    RawMessageStartEvent,
    RawMessageStopEvent,
    RawMessageStreamEvent,
    RedactedThinkingBlockParam,
    SearchResultBlockParam,
    ServerToolUseBlockParam,
    SignatureDelta,
    StopReason,
    TextBlock,
    TextBlockParam,
    TextDelta,
    ThinkingBlock,
    ThinkingBlockParam,
    ThinkingConfigDisabledParam,
    ThinkingConfigEnabledParam,
    ThinkingConfigParam,
    ThinkingDelta,
    ToolChoiceAnyParam,
    ToolChoiceAutoParam,
    ToolChoiceNoneParam,
    ToolChoiceParam,
    ToolChoiceToolParam,
    ToolParam,
    ToolResultBlockParam,
    ToolUnionParam,
    ToolUseBlock,
    ToolUseBlockParam,
    Usage,
)

__all__ = [
    "BetaBase64ImageSourceParam",
    "BetaCacheControlEphemeralParam",
    "BetaCitationsDelta",
    "BetaContentBlock",
    "BetaContentBlockParam",
    "BetaImageBlockParam",
    "BetaInputJSONDelta",
    "BetaMessage",
    "BetaMessageDeltaUsage",
    "BetaMessageParam",
    "BetaMessageStreamEvent",
    "BetaMetadataParam",
    "BetaRawContentBlockDelta",
    "BetaRawContentBlockDeltaEvent",
    "BetaRawContentBlockStartEvent",
    "BetaRawContentBlockStopEvent",
    "BetaRawMessageDeltaEvent",
    "BetaRawMessageStartEvent",
    "BetaRawMessageStopEvent",
    "BetaRawMessageStreamEvent",
    "BetaRedactedThinkingBlockParam",
    "BetaSearchResultBlockParam",
    "BetaServerToolUseBlockParam",
    "BetaSignatureDelta",
    "BetaStopReason",
    "BetaTextBlock",
    "BetaTextBlockParam",
    "BetaTextDelta",
    "BetaThinkingBlock",
    "BetaThinkingBlockParam",
    "BetaThinkingConfigDisabledParam",
    "BetaThinkingConfigEnabledParam",
    "BetaThinkingConfigParam",
    "BetaThinkingDelta",
    "BetaToolChoiceAnyParam",
    "BetaToolChoiceAutoParam",
    "BetaToolChoiceNoneParam",
    "BetaToolChoiceParam",
    "BetaToolChoiceToolParam",
    "BetaToolParam",
    "BetaToolResultBlockParam",
    "BetaToolUnionParam",
    "BetaToolUseBlock",
    "BetaToolUseBlockParam",
    "BetaUsage",
]

BetaBase64ImageSourceParam: TypeAlias = Base64ImageSourceParam
BetaCacheControlEphemeralParam: TypeAlias = CacheControlEphemeralParam
BetaCitationsDelta: TypeAlias = CitationsDelta
BetaContentBlock: TypeAlias = ContentBlock
BetaContentBlockParam: TypeAlias = ContentBlockParam
BetaImageBlockParam: TypeAlias = ImageBlockParam
BetaInputJSONDelta: TypeAlias = InputJSONDelta
BetaMessage: TypeAlias = Message
BetaMessageDeltaUsage: TypeAlias = MessageDeltaUsage
BetaMessageParam: TypeAlias = MessageParam
BetaMessageStreamEvent: TypeAlias = MessageStreamEvent
BetaMetadataParam: TypeAlias = MetadataParam
BetaRawContentBlockDelta: TypeAlias = RawContentBlockDelta
BetaRawContentBlockDeltaEvent: TypeAlias = RawContentBlockDeltaEvent
BetaRawContentBlockStartEvent: TypeAlias = RawContentBlockStartEvent
BetaRawContentBlockStopEvent: TypeAlias = RawContentBlockStopEvent
BetaRawMessageDeltaEvent: TypeAlias = RawMessageDeltaEvent
BetaRawMessageStartEvent: TypeAlias = RawMessageStartEvent
BetaRawMessageStopEvent: TypeAlias = RawMessageStopEvent
BetaRawMessageStreamEvent: TypeAlias = RawMessageStreamEvent
BetaRedactedThinkingBlockParam: TypeAlias = RedactedThinkingBlockParam
BetaSearchResultBlockParam: TypeAlias = SearchResultBlockParam
BetaServerToolUseBlockParam: TypeAlias = ServerToolUseBlockParam
BetaSignatureDelta: TypeAlias = SignatureDelta
BetaStopReason: TypeAlias = StopReason
BetaTextBlock: TypeAlias = TextBlock
BetaTextBlockParam: TypeAlias = TextBlockParam
BetaTextDelta: TypeAlias = TextDelta
BetaThinkingBlock: TypeAlias = ThinkingBlock
BetaThinkingBlockParam: TypeAlias = ThinkingBlockParam
BetaThinkingConfigDisabledParam: TypeAlias = ThinkingConfigDisabledParam
BetaThinkingConfigEnabledParam: TypeAlias = ThinkingConfigEnabledParam
BetaThinkingConfigParam: TypeAlias = ThinkingConfigParam
BetaThinkingDelta: TypeAlias = ThinkingDelta
BetaToolChoiceAnyParam: TypeAlias = ToolChoiceAnyParam
BetaToolChoiceAutoParam: TypeAlias = ToolChoiceAutoParam
BetaToolChoiceNoneParam: TypeAlias = ToolChoiceNoneParam
BetaToolChoiceParam: TypeAlias = ToolChoiceParam
BetaToolChoiceToolParam: TypeAlias = ToolChoiceToolParam
BetaToolParam: TypeAlias = ToolParam
BetaToolResultBlockParam: TypeAlias = ToolResultBlockParam
BetaToolUnionParam: TypeAlias = ToolUnionParam
BetaToolUseBlock: TypeAlias = ToolUseBlock
BetaToolUseBlockParam: TypeAlias = ToolUseBlockParam
BetaUsage: TypeAlias = Usage
