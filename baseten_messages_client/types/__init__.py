"""The types under the names of the official SDK: other names of the classes in `models` and the dicts in `params`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .. import models, params
from .._message import Message
from .._streaming.helper_events import (
    CitationEvent,
    InputJsonEvent,
    SignatureEvent,
    StreamEvent,
    TextEvent,
    ThinkingEvent,
)
from .._tools.output import ParsedMessage

__all__ = [
    "AssistantMessageParam",
    "Base64ImageSource",
    "Base64ImageSourceParam",
    "CacheControlEphemeralParam",
    "CitationEvent",
    "CitationsConfigParam",
    "CitationsDelta",
    "ContainerUploadBlockParam",
    "ContentBlock",
    "ContentBlockDelta",
    "ContentBlockDeltaEvent",
    "ContentBlockParam",
    "ContentBlockStartEvent",
    "ContentBlockStopEvent",
    "DocumentBlockParam",
    "ErrorResponse",
    "ImageBlock",
    "ImageBlockParam",
    "InputJSONDelta",
    "InputJsonDelta",
    "InputJsonEvent",
    "Message",
    "MessageCreateParams",
    "MessageDeltaEvent",
    "MessageDeltaUsage",
    "MessageParam",
    "MessageStartEvent",
    "MessageStopEvent",
    "MessageStreamEvent",
    "MetadataParam",
    "Model",
    "ModelParam",
    "ParsedMessage",
    "RawContentBlockDelta",
    "RawContentBlockDeltaEvent",
    "RawContentBlockStartEvent",
    "RawContentBlockStopEvent",
    "RawMessageDeltaEvent",
    "RawMessageStartEvent",
    "RawMessageStopEvent",
    "RawMessageStreamEvent",
    "RedactedThinkingBlockParam",
    "SearchResultBlockParam",
    "ServerToolUseBlockParam",
    "SignatureDelta",
    "SignatureEvent",
    "StopReason",
    "TextBlock",
    "TextBlockParam",
    "TextDelta",
    "TextEvent",
    "ThinkingBlock",
    "ThinkingBlockParam",
    "ThinkingConfigDisabledParam",
    "ThinkingConfigEnabledParam",
    "ThinkingConfigParam",
    "ThinkingDelta",
    "ThinkingEvent",
    "ToolChoiceAnyParam",
    "ToolChoiceAutoParam",
    "ToolChoiceNoneParam",
    "ToolChoiceParam",
    "ToolChoiceToolParam",
    "ToolParam",
    "ToolResultBlock",
    "ToolResultBlockParam",
    "ToolUnionParam",
    "ToolUseBlock",
    "ToolUseBlockParam",
    "Usage",
    "UserMessageParam",
]

MessageStreamEvent: TypeAlias = StreamEvent
Model: TypeAlias = str
ModelParam: TypeAlias = str
AssistantMessageParam: TypeAlias = params.InputMessage
Base64ImageSource: TypeAlias = models.Base64ImageSource
Base64ImageSourceParam: TypeAlias = params.Base64ImageSource
CacheControlEphemeralParam: TypeAlias = params.CacheControl
CitationsConfigParam: TypeAlias = params.CitationsConfig
CitationsDelta: TypeAlias = models.CitationsDelta
ContainerUploadBlockParam: TypeAlias = params.ContainerUploadBlock
ContentBlock: TypeAlias = models.ContentBlock
ContentBlockDelta: TypeAlias = models.ContentBlockDelta
ContentBlockDeltaEvent: TypeAlias = models.ContentBlockDeltaEvent
ContentBlockParam: TypeAlias = params.ContentBlock
ContentBlockStartEvent: TypeAlias = models.ContentBlockStartEvent
ContentBlockStopEvent: TypeAlias = models.ContentBlockStopEvent
DocumentBlockParam: TypeAlias = params.DocumentBlock
ErrorResponse: TypeAlias = models.ErrorResponse
ImageBlock: TypeAlias = models.ImageBlock
ImageBlockParam: TypeAlias = params.ImageBlock
InputJSONDelta: TypeAlias = models.InputJsonDelta
InputJsonDelta: TypeAlias = models.InputJsonDelta
MessageCreateParams: TypeAlias = params.MessagesRequest
MessageDeltaEvent: TypeAlias = models.MessageDeltaEvent
MessageDeltaUsage: TypeAlias = models.Usage
MessageParam: TypeAlias = params.InputMessage
MessageStartEvent: TypeAlias = models.MessageStartEvent
MessageStopEvent: TypeAlias = models.MessageStopEvent
MetadataParam: TypeAlias = params.Metadata
RawContentBlockDelta: TypeAlias = models.ContentBlockDelta
RawContentBlockDeltaEvent: TypeAlias = models.ContentBlockDeltaEvent
RawContentBlockStartEvent: TypeAlias = models.ContentBlockStartEvent
RawContentBlockStopEvent: TypeAlias = models.ContentBlockStopEvent
RawMessageDeltaEvent: TypeAlias = models.MessageDeltaEvent
RawMessageStartEvent: TypeAlias = models.MessageStartEvent
RawMessageStopEvent: TypeAlias = models.MessageStopEvent
RawMessageStreamEvent: TypeAlias = models.StreamEvent
RedactedThinkingBlockParam: TypeAlias = params.RedactedThinkingBlock
SearchResultBlockParam: TypeAlias = params.SearchResultBlock
ServerToolUseBlockParam: TypeAlias = params.ServerToolUseBlock
SignatureDelta: TypeAlias = models.SignatureDelta
StopReason: TypeAlias = models.StopReason
TextBlock: TypeAlias = models.TextBlock
TextBlockParam: TypeAlias = params.TextBlock
TextDelta: TypeAlias = models.TextDelta
ThinkingBlock: TypeAlias = models.ThinkingBlock
ThinkingBlockParam: TypeAlias = params.ThinkingBlock
ThinkingConfigDisabledParam: TypeAlias = params.ThinkingDisabled
ThinkingConfigEnabledParam: TypeAlias = params.ThinkingEnabled
ThinkingConfigParam: TypeAlias = params.ThinkingConfig
ThinkingDelta: TypeAlias = models.ThinkingDelta
ToolChoiceAnyParam: TypeAlias = params.ToolChoiceAny
ToolChoiceAutoParam: TypeAlias = params.ToolChoiceAuto
ToolChoiceNoneParam: TypeAlias = params.ToolChoiceNone
ToolChoiceParam: TypeAlias = params.ToolChoice
ToolChoiceToolParam: TypeAlias = params.ToolChoiceTool
ToolParam: TypeAlias = params.ToolDefinition
ToolResultBlock: TypeAlias = models.ToolResultBlock
ToolResultBlockParam: TypeAlias = params.ToolResultBlock
ToolUnionParam: TypeAlias = params.RequestTool
ToolUseBlock: TypeAlias = models.ToolUseBlock
ToolUseBlockParam: TypeAlias = params.ToolUseBlock
Usage: TypeAlias = models.Usage
UserMessageParam: TypeAlias = params.InputMessage

# Type checkers must not see this function. It would make every misspelt name a valid one.
if not TYPE_CHECKING:

    def __getattr__(name):
        from ..compat.hints import TYPES_HINTS

        hint = f": {TYPES_HINTS[name]}" if name in TYPES_HINTS else ""
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")
