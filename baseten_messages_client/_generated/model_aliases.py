# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from .models.input_message import InputMessage as InputMessageModel
from .models.text_block import TextBlock as TextBlockModel
from .models.tool_use_block import ToolUseBlock as ToolUseBlockModel
from .models.tool_result_block import ToolResultBlock as ToolResultBlockModel
from .models.tool_definition import ToolDefinition as ToolDefinitionModel
from .models.thinking_enabled import ThinkingEnabled as ThinkingEnabledModel
from .models.thinking_disabled import ThinkingDisabled as ThinkingDisabledModel
from .models.unknown_option import UnknownOption as UnknownOptionModel
from .models.metadata import Metadata as MetadataModel
from .models.hosted_tool import HostedTool as HostedToolModel
from .models.cache_control import CacheControl as CacheControlModel
from .models.tool_choice_auto import ToolChoiceAuto as ToolChoiceAutoModel
from .models.tool_choice_any import ToolChoiceAny as ToolChoiceAnyModel
from .models.tool_choice_tool import ToolChoiceTool as ToolChoiceToolModel
from .models.tool_choice_none import ToolChoiceNone as ToolChoiceNoneModel
from .models.thinking_block import ThinkingBlock as ThinkingBlockModel
from .models.image_block import ImageBlock as ImageBlockModel
from .models.base_64_image_source import Base64ImageSource as Base64ImageSourceModel
from .models.unknown_image_source import UnknownImageSource as UnknownImageSourceModel
from .models.unknown_block import UnknownBlock as UnknownBlockModel

__all__ = [
    "InputMessageModel",
    "TextBlockModel",
    "ToolUseBlockModel",
    "ToolResultBlockModel",
    "ToolDefinitionModel",
    "ThinkingEnabledModel",
    "ThinkingDisabledModel",
    "UnknownOptionModel",
    "MetadataModel",
    "HostedToolModel",
    "CacheControlModel",
    "ToolChoiceAutoModel",
    "ToolChoiceAnyModel",
    "ToolChoiceToolModel",
    "ToolChoiceNoneModel",
    "ThinkingBlockModel",
    "ImageBlockModel",
    "Base64ImageSourceModel",
    "UnknownImageSourceModel",
    "UnknownBlockModel",
]
