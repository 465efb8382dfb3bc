# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict
from collections.abc import Mapping, Sequence
from baseten_messages_client._generated.model_aliases import (
    Base64ImageSourceModel,
    HostedToolModel,
    ImageBlockModel,
    InputMessageModel,
    MetadataModel,
    TextBlockModel,
    ThinkingBlockModel,
    ThinkingDisabledModel,
    ThinkingEnabledModel,
    ToolChoiceAnyModel,
    ToolChoiceAutoModel,
    ToolChoiceNoneModel,
    ToolChoiceToolModel,
    ToolDefinitionModel,
    ToolResultBlockModel,
    ToolUseBlockModel,
    UnknownBlockModel,
    UnknownImageSourceModel,
    UnknownOptionModel,
)


class Base64ImageSource(TypedDict):
    """The image itself, in Base64."""

    type: Literal["base64"]
    """Always `base64`."""
    media_type: str
    """Media type of the image, such as `image/png`."""
    data: str
    """Bytes of the image in Base64, without line breaks."""


class HostedTool(TypedDict):
    """A tool that the service runs itself, such as a web search."""

    type: str
    """Identifies the hosted tool, such as `baseten__exa__web_search_exa`."""


class ImageBlock(TypedDict):
    """An image in the user's turn, for models that see."""

    type: Literal["image"]
    """Always `image`."""
    source: Base64ImageSource | UnknownImageSource | Base64ImageSourceModel | UnknownImageSourceModel
    """Where the image comes from."""


class InputMessage(TypedDict):
    """One turn of the conversation."""

    role: Literal["user", "assistant"]
    """Who speaks. System instructions go into the request's `system` field instead."""
    content: (
        str
        | Sequence[
            TextBlock
            | ToolUseBlock
            | ToolResultBlock
            | ImageBlock
            | ThinkingBlock
            | UnknownBlock
            | TextBlockModel
            | ToolUseBlockModel
            | ToolResultBlockModel
            | ImageBlockModel
            | ThinkingBlockModel
            | UnknownBlockModel
        ]
    )
    """What is said, as plain text or as a list of content blocks."""


class MessagesRequest(TypedDict):
    """What to send to have a model produce its next turn."""

    model: str
    """Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`."""
    messages: Sequence[InputMessage | InputMessageModel]
    """The conversation so far, oldest turn first. Roles alternate and the last turn is the user's."""
    max_tokens: int
    """Upper limit on the tokens that the model may generate for this turn."""
    system: NotRequired[str | Sequence[TextBlock | TextBlockModel]]
    """Instructions that apply to the whole conversation, as one string or as text blocks."""
    temperature: NotRequired[float]
    """Randomness of the sampling; 0 is the most predictable."""
    top_p: NotRequired[float]
    """Sample only from the most likely tokens whose probabilities add up to this share."""
    top_k: NotRequired[int]
    """Sample only from this many of the most likely tokens."""
    stop_sequences: NotRequired[Sequence[str]]
    """Strings that end the turn when the model produces one of them."""
    tools: NotRequired[Sequence[ToolDefinition | HostedTool | ToolDefinitionModel | HostedToolModel]]
    """Tools that the model may call in this turn."""
    tool_choice: NotRequired[ToolChoice]
    """Whether the model may, must or must not call a tool."""
    metadata: NotRequired[Metadata | MetadataModel]
    """Facts about the request that do not reach the model."""
    thinking: NotRequired[
        ThinkingEnabled
        | ThinkingDisabled
        | UnknownOption
        | ThinkingEnabledModel
        | ThinkingDisabledModel
        | UnknownOptionModel
    ]
    """Whether and how much the model may reason before it answers."""
    baseten: NotRequired[Mapping[str, Any]]
    """Settings of the service itself, such as those of its hosted tools."""


class Metadata(TypedDict):
    """Facts about the request that do not reach the model."""

    user_id: NotRequired[str]
    """Your own opaque identifier of the end user, used to detect abuse."""


class ParseRequest(TypedDict):
    """What `messages.parse` takes, apart from its output type."""

    model: str
    """Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`."""
    messages: Sequence[InputMessage | InputMessageModel]
    """The conversation so far, oldest turn first. Roles alternate and the last turn is the user's."""
    max_tokens: int
    """Upper limit on the tokens that the model may generate for this turn."""
    system: NotRequired[str | Sequence[TextBlock | TextBlockModel]]
    """Instructions that apply to the whole conversation, as one string or as text blocks."""
    temperature: NotRequired[float]
    """Randomness of the sampling; 0 is the most predictable."""
    top_p: NotRequired[float]
    """Sample only from the most likely tokens whose probabilities add up to this share."""
    top_k: NotRequired[int]
    """Sample only from this many of the most likely tokens."""
    stop_sequences: NotRequired[Sequence[str]]
    """Strings that end the turn when the model produces one of them."""
    metadata: NotRequired[Metadata | MetadataModel]
    """Facts about the request that do not reach the model."""
    thinking: NotRequired[
        ThinkingEnabled
        | ThinkingDisabled
        | UnknownOption
        | ThinkingEnabledModel
        | ThinkingDisabledModel
        | UnknownOptionModel
    ]
    """Whether and how much the model may reason before it answers."""
    baseten: NotRequired[Mapping[str, Any]]
    """Settings of the service itself, such as those of its hosted tools."""


class TextBlock(TypedDict):
    """A piece of text."""

    type: Literal["text"]
    """Always `text`."""
    text: str
    """The text itself."""


class ThinkingBlock(TypedDict):
    """Reasoning that the model did before its answer."""

    type: Literal["thinking"]
    """Always `thinking`."""
    thinking: str
    """The reasoning, as text."""
    signature: NotRequired[str]
    """Opaque proof of origin; send it back unchanged."""


class ThinkingDisabled(TypedDict):
    """Makes the model answer without reasoning first."""

    type: Literal["disabled"]
    """Always `disabled`."""


class ThinkingEnabled(TypedDict):
    """Lets the model reason before it answers."""

    type: Literal["enabled"]
    """Always `enabled`."""
    budget_tokens: NotRequired[int]
    """Upper limit on the tokens spent on reasoning."""


class ToolChoiceAny(TypedDict):
    type: Literal["any"]
    """`any` makes the model call some tool of its choice."""


class ToolChoiceAuto(TypedDict):
    type: Literal["auto"]
    """`auto` leaves it to the model whether to call a tool."""
    disable_parallel_tool_use: NotRequired[bool]
    """Whether to limit the model to one call a turn."""


class ToolChoiceNone(TypedDict):
    type: Literal["none"]
    """`none` keeps the model from calling tools."""


class ToolChoiceTool(TypedDict):
    type: Literal["tool"]
    """`tool` makes the model call the named tool."""
    name: str
    """Name of the tool that must be called."""


ToolChoice: TypeAlias = (
    ToolChoiceAuto
    | ToolChoiceAny
    | ToolChoiceTool
    | ToolChoiceNone
    | ToolChoiceAutoModel
    | ToolChoiceAnyModel
    | ToolChoiceToolModel
    | ToolChoiceNoneModel
)
"""Whether the model may, must or must not call a tool."""


class ToolDefinition(TypedDict):
    """A tool that the caller offers to the model and runs itself."""

    name: str
    """Name of the tool, unique within the request."""
    description: NotRequired[str]
    """When and how to use the tool; the model reads this to decide on a call."""
    input_schema: Mapping[str, Any]
    """JSON Schema of the arguments, of type object."""


class ToolResultBlock(TypedDict):
    """What a tool call returned, sent back in the next user turn."""

    type: Literal["tool_result"]
    """Always `tool_result`."""
    tool_use_id: str
    """The `id` of the call that this result answers."""
    content: (
        str | Sequence[TextBlock | ImageBlock | UnknownBlock | TextBlockModel | ImageBlockModel | UnknownBlockModel]
    )
    """Output of the tool, as plain text or as a list of text blocks."""
    is_error: NotRequired[bool]
    """Whether the call failed; the content then says how."""


class ToolRunnerRequest(TypedDict):
    """What `messages.tool_runner` takes, apart from its tools."""

    model: str
    """Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`."""
    messages: Sequence[InputMessage | InputMessageModel]
    """The conversation so far, oldest turn first. Roles alternate and the last turn is the user's."""
    max_tokens: int
    """Upper limit on the tokens that the model may generate for this turn."""
    system: NotRequired[str | Sequence[TextBlock | TextBlockModel]]
    """Instructions that apply to the whole conversation, as one string or as text blocks."""
    temperature: NotRequired[float]
    """Randomness of the sampling; 0 is the most predictable."""
    top_p: NotRequired[float]
    """Sample only from the most likely tokens whose probabilities add up to this share."""
    top_k: NotRequired[int]
    """Sample only from this many of the most likely tokens."""
    stop_sequences: NotRequired[Sequence[str]]
    """Strings that end the turn when the model produces one of them."""
    tool_choice: NotRequired[ToolChoice]
    """Whether the model may, must or must not call a tool."""
    metadata: NotRequired[Metadata | MetadataModel]
    """Facts about the request that do not reach the model."""
    thinking: NotRequired[
        ThinkingEnabled
        | ThinkingDisabled
        | UnknownOption
        | ThinkingEnabledModel
        | ThinkingDisabledModel
        | UnknownOptionModel
    ]
    """Whether and how much the model may reason before it answers."""
    baseten: NotRequired[Mapping[str, Any]]
    """Settings of the service itself, such as those of its hosted tools."""


class ToolUseBlock(TypedDict):
    """A call that the model wants made."""

    type: Literal["tool_use"]
    """Always `tool_use`."""
    id: str
    """Identifies the call; its result carries the same value as `tool_use_id`."""
    name: str
    """Name of the tool to call."""
    input: Mapping[str, Any]
    """Arguments of the call, an object that follows the tool's `input_schema`."""


class UnknownBlock(TypedDict):
    """A content block of a type that this schema does not know, kept whole."""

    type: str
    """Names the type of the block."""


class UnknownImageSource(TypedDict):
    """A kind of image source that this schema does not know."""

    type: str
    """Names the kind of source."""


class UnknownOption(TypedDict):
    """A form of an option that this schema does not know."""

    type: str
    """Names the form."""
