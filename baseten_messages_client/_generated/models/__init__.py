# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
"""Contains all the data models used in inputs/outputs"""

from .base_64_image_source import Base64ImageSource
from .cache_control import CacheControl
from .cache_control_ttl import CacheControlTtl
from .citations_delta import CitationsDelta
from .content_block_delta_event import ContentBlockDeltaEvent
from .content_block_start_event import ContentBlockStartEvent
from .content_block_stop_event import ContentBlockStopEvent
from .error_detail import ErrorDetail
from .error_event import ErrorEvent
from .error_response import ErrorResponse
from .hosted_tool import HostedTool
from .image_block import ImageBlock
from .input_json_delta import InputJsonDelta
from .input_message import InputMessage
from .input_message_role import InputMessageRole
from .known_stop_reason import KnownStopReason
from .message_delta import MessageDelta
from .message_delta_event import MessageDeltaEvent
from .message_start_event import MessageStartEvent
from .message_stop_event import MessageStopEvent
from .messages_request import MessagesRequest
from .messages_response import MessagesResponse
from .metadata import Metadata
from .ping_event import PingEvent
from .signature_delta import SignatureDelta
from .text_block import TextBlock
from .text_delta import TextDelta
from .thinking_block import ThinkingBlock
from .thinking_delta import ThinkingDelta
from .thinking_disabled import ThinkingDisabled
from .thinking_enabled import ThinkingEnabled
from .tool_choice_any import ToolChoiceAny
from .tool_choice_auto import ToolChoiceAuto
from .tool_choice_none import ToolChoiceNone
from .tool_choice_tool import ToolChoiceTool
from .tool_definition import ToolDefinition
from .tool_result_block import ToolResultBlock
from .tool_use_block import ToolUseBlock
from .unknown_block import UnknownBlock
from .unknown_delta import UnknownDelta
from .unknown_event import UnknownEvent
from .unknown_image_source import UnknownImageSource
from .unknown_option import UnknownOption
from .usage import Usage

__all__ = (
    "Base64ImageSource",
    "CacheControl",
    "CacheControlTtl",
    "CitationsDelta",
    "ContentBlockDeltaEvent",
    "ContentBlockStartEvent",
    "ContentBlockStopEvent",
    "ErrorDetail",
    "ErrorEvent",
    "ErrorResponse",
    "HostedTool",
    "ImageBlock",
    "InputJsonDelta",
    "InputMessage",
    "InputMessageRole",
    "KnownStopReason",
    "MessageDelta",
    "MessageDeltaEvent",
    "MessagesRequest",
    "MessagesResponse",
    "MessageStartEvent",
    "MessageStopEvent",
    "Metadata",
    "PingEvent",
    "SignatureDelta",
    "TextBlock",
    "TextDelta",
    "ThinkingBlock",
    "ThinkingDelta",
    "ThinkingDisabled",
    "ThinkingEnabled",
    "ToolChoiceAny",
    "ToolChoiceAuto",
    "ToolChoiceNone",
    "ToolChoiceTool",
    "ToolDefinition",
    "ToolResultBlock",
    "ToolUseBlock",
    "UnknownBlock",
    "UnknownDelta",
    "UnknownEvent",
    "UnknownImageSource",
    "UnknownOption",
    "Usage",
)
