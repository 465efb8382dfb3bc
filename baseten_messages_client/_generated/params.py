# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypeAlias, TypedDict
from collections.abc import Mapping, Sequence
from .model_aliases import (
    Base64ImageSourceModel,
    CacheControlModel,
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
from .types import Unset


class Base64DocumentSource(TypedDict):
    """The document itself, in Base64. Source, the format's reference of content blocks."""

    type: Literal["base64"]
    """Always `base64`."""
    media_type: str
    """Media type of the document, such as `application/pdf`."""
    data: str
    """Bytes of the document in Base64, without line breaks."""


class Base64ImageSource(TypedDict):
    """The image itself, in Base64."""

    type: Literal["base64"]
    """Always `base64`."""
    media_type: str
    """Media type of the image, such as `image/png`."""
    data: str
    """Bytes of the image in Base64, without line breaks."""


class CacheControl(TypedDict):
    """Where the prompt cache may end. Source, the format's reference of prompt caching."""

    type: Literal["ephemeral"]
    """Always `ephemeral`."""
    ttl: NotRequired[Literal["5m", "1h"]]
    """How long the entry lives."""


AnyCacheControl: TypeAlias = CacheControl | CacheControlModel
"""`CacheControl` as a dict or as a model."""


class CitationsConfig(TypedDict):
    """Whether a document may be cited. Source, the format's reference of citations."""

    enabled: bool
    """Whether the answer may cite the document."""


class ContainerUploadBlock(TypedDict):
    """A file for a container of the service. Source, the format's reference of code execution."""

    type: Literal["container_upload"]
    """Always `container_upload`."""
    file_id: str
    """Identifies the file."""


class ContentDocumentSource(TypedDict):
    """The document as text and images. Source, the format's reference of content blocks."""

    type: Literal["content"]
    """Always `content`."""
    content: str | Sequence[TextBlock | ImageBlock | TextBlockModel | ImageBlockModel]
    """The text, or blocks of text and images."""


class DocumentBlock(TypedDict):
    """A document in the user's turn, such as a PDF. Source, the format's reference of content blocks."""

    type: Literal["document"]
    """Always `document`."""
    source: DocumentSource
    """Where the document comes from."""
    title: NotRequired[str]
    """Title of the document."""
    context: NotRequired[str]
    """What the model should know about the document. It is not cited."""
    citations: NotRequired[CitationsConfig]
    """Whether the answer may cite the document."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""


class FileSource(TypedDict):
    """A file that was uploaded before. Source, the format's reference of its files API."""

    type: Literal["file"]
    """Always `file`."""
    file_id: str
    """Identifies the file."""


class HostedTool(TypedDict):
    """A tool that the service runs itself, such as a web search."""

    type: str
    """Identifies the hosted tool, such as `baseten__exa__web_search_exa`."""
    name: NotRequired[str]
    """Name of the tool in the model's calls."""
    max_results: NotRequired[int]
    """Upper limit on the results of a search."""
    max_uses: NotRequired[int]
    """Upper limit on the calls in one request."""
    allowed_domains: NotRequired[list[str] | tuple[str, ...]]
    """The only domains that a search may use."""
    blocked_domains: NotRequired[list[str] | tuple[str, ...]]
    """Domains that a search may not use."""
    user_location: NotRequired[Mapping[str, object]]
    """Where the user is, so that a search can prefer what is near."""


class ImageBlock(TypedDict):
    """An image in the user's turn, for models that see."""

    type: Literal["image"]
    """Always `image`."""
    source: ImageSource
    """Where the image comes from."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""


class InputMessage(TypedDict):
    """One turn of the conversation."""

    role: Literal["user", "assistant"]
    """Who speaks. System instructions go into the request's `system` field instead."""
    content: str | Sequence[ContentBlock]
    """What is said, as plain text or as a list of content blocks."""


AnyInputMessage: TypeAlias = InputMessage | InputMessageModel
"""`InputMessage` as a dict or as a model."""


class MessagesRequest(TypedDict):
    """What to send to have a model produce its next turn."""

    model: str
    """Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`."""
    messages: Sequence[AnyInputMessage]
    """The conversation so far, oldest turn first. Roles alternate and the last turn is the user's."""
    max_tokens: int
    """Upper limit on the tokens that the model may generate for this turn."""
    system: NotRequired[str | Sequence[AnyTextBlock] | Unset | None]
    """Instructions that apply to the whole conversation, as one string or as text blocks."""
    temperature: NotRequired[float | Unset | None]
    """Randomness of the sampling; 0 is the most predictable."""
    top_p: NotRequired[float | Unset | None]
    """Sample only from the most likely tokens whose probabilities add up to this share."""
    top_k: NotRequired[int | Unset | None]
    """Sample only from this many of the most likely tokens."""
    stop_sequences: NotRequired[list[str] | tuple[str, ...] | Unset | None]
    """Strings that end the turn when the model produces one of them."""
    tools: NotRequired[Sequence[RequestTool] | Unset | None]
    """Tools that the model may call in this turn."""
    tool_choice: NotRequired[ToolChoice | Unset | None]
    """Whether the model may, must or must not call a tool."""
    metadata: NotRequired[AnyMetadata | Unset | None]
    """Facts about the request that do not reach the model."""
    thinking: NotRequired[ThinkingConfig | Unset | None]
    """Whether and how much the model may reason before it answers."""
    baseten: NotRequired[Mapping[str, object] | Unset | None]
    """Settings of the service itself, such as those of its hosted tools."""


class Metadata(TypedDict):
    """Facts about the request that do not reach the model."""

    user_id: NotRequired[str]
    """Your own opaque identifier of the end user, used to detect abuse."""


AnyMetadata: TypeAlias = Metadata | MetadataModel
"""`Metadata` as a dict or as a model."""


class ParseRequest(TypedDict):
    """What `messages.parse` takes, apart from its output type."""

    model: str
    """Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`."""
    messages: Sequence[AnyInputMessage]
    """The conversation so far, oldest turn first. Roles alternate and the last turn is the user's."""
    max_tokens: int
    """Upper limit on the tokens that the model may generate for this turn."""
    system: NotRequired[str | Sequence[AnyTextBlock] | Unset | None]
    """Instructions that apply to the whole conversation, as one string or as text blocks."""
    temperature: NotRequired[float | Unset | None]
    """Randomness of the sampling; 0 is the most predictable."""
    top_p: NotRequired[float | Unset | None]
    """Sample only from the most likely tokens whose probabilities add up to this share."""
    top_k: NotRequired[int | Unset | None]
    """Sample only from this many of the most likely tokens."""
    stop_sequences: NotRequired[list[str] | tuple[str, ...] | Unset | None]
    """Strings that end the turn when the model produces one of them."""
    metadata: NotRequired[AnyMetadata | Unset | None]
    """Facts about the request that do not reach the model."""
    thinking: NotRequired[ThinkingConfig | Unset | None]
    """Whether and how much the model may reason before it answers."""
    baseten: NotRequired[Mapping[str, object] | Unset | None]
    """Settings of the service itself, such as those of its hosted tools."""


class RedactedThinkingBlock(TypedDict):
    """Reasoning that only the service can read. Source, the format's reference of content blocks."""

    type: Literal["redacted_thinking"]
    """Always `redacted_thinking`."""
    data: str
    """Opaque; send it back unchanged."""


class SearchResultBlock(TypedDict):
    """A passage that the answer may cite. Source, the format's reference of content blocks."""

    type: Literal["search_result"]
    """Always `search_result`."""
    source: str
    """Where the passage comes from, such as an address."""
    title: str
    """Title of the source."""
    content: Sequence[AnyTextBlock]
    """The passage."""
    citations: NotRequired[CitationsConfig]
    """Whether the answer may cite the passage."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""


class ServerToolResultBlock(TypedDict):
    """The result of such a call, sent back. Source, the format's reference of server tools."""

    type: Literal[
        "web_search_tool_result",
        "web_fetch_tool_result",
        "code_execution_tool_result",
        "bash_code_execution_tool_result",
        "text_editor_code_execution_tool_result",
        "tool_search_tool_result",
        "mcp_tool_result",
    ]
    """Names the tool."""
    tool_use_id: str
    """The `id` of the call."""
    content: str | Mapping[str, object] | Sequence[Mapping[str, object]]
    """What the tool returned, as it came."""
    is_error: NotRequired[bool]
    """Whether the call failed."""


class ServerToolUseBlock(TypedDict):
    """A call that the service made itself, sent back. Source, the format's reference of server tools."""

    type: Literal["server_tool_use"]
    """Always `server_tool_use`."""
    id: str
    """Identifies the call."""
    name: str
    """Name of the tool."""
    input: Mapping[str, object]
    """Arguments of the call."""


class TextBlock(TypedDict):
    """A piece of text."""

    type: Literal["text"]
    """Always `text`."""
    text: str
    """The text itself."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""
    citations: NotRequired[Sequence[Mapping[str, object]]]
    """Sources of the text, as a response has them."""


AnyTextBlock: TypeAlias = TextBlock | TextBlockModel
"""`TextBlock` as a dict or as a model."""


class TextDocumentSource(TypedDict):
    """The document as plain text. Source, the format's reference of content blocks."""

    type: Literal["text"]
    """Always `text`."""
    media_type: Literal["text/plain"]
    """Always `text/plain`."""
    data: str
    """The text."""


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
    input_schema: Mapping[str, object]
    """JSON Schema of the arguments, of type object."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""


RequestTool: TypeAlias = ToolDefinition | HostedTool | ToolDefinitionModel | HostedToolModel
"""A tool of the caller, or one that the service runs itself."""


class ToolResultBlock(TypedDict):
    """What a tool call returned, sent back in the next user turn."""

    type: Literal["tool_result"]
    """Always `tool_result`."""
    tool_use_id: str
    """The `id` of the call that this result answers."""
    content: str | Sequence[ToolResultContent]
    """Output of the tool, as plain text or as a list of text blocks."""
    is_error: NotRequired[bool]
    """Whether the call failed; the content then says how."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""


class ToolRunnerRequest(TypedDict):
    """What `messages.tool_runner` takes, apart from its tools."""

    model: str
    """Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`."""
    messages: Sequence[AnyInputMessage]
    """The conversation so far, oldest turn first. Roles alternate and the last turn is the user's."""
    max_tokens: int
    """Upper limit on the tokens that the model may generate for this turn."""
    system: NotRequired[str | Sequence[AnyTextBlock] | Unset | None]
    """Instructions that apply to the whole conversation, as one string or as text blocks."""
    temperature: NotRequired[float | Unset | None]
    """Randomness of the sampling; 0 is the most predictable."""
    top_p: NotRequired[float | Unset | None]
    """Sample only from the most likely tokens whose probabilities add up to this share."""
    top_k: NotRequired[int | Unset | None]
    """Sample only from this many of the most likely tokens."""
    stop_sequences: NotRequired[list[str] | tuple[str, ...] | Unset | None]
    """Strings that end the turn when the model produces one of them."""
    tool_choice: NotRequired[ToolChoice | Unset | None]
    """Whether the model may, must or must not call a tool."""
    metadata: NotRequired[AnyMetadata | Unset | None]
    """Facts about the request that do not reach the model."""
    thinking: NotRequired[ThinkingConfig | Unset | None]
    """Whether and how much the model may reason before it answers."""
    baseten: NotRequired[Mapping[str, object] | Unset | None]
    """Settings of the service itself, such as those of its hosted tools."""


class ToolUseBlock(TypedDict):
    """A call that the model wants made."""

    type: Literal["tool_use"]
    """Always `tool_use`."""
    id: str
    """Identifies the call; its result carries the same value as `tool_use_id`."""
    name: str
    """Name of the tool to call."""
    input: Mapping[str, object]
    """Arguments of the call, an object that follows the tool's `input_schema`."""
    cache_control: NotRequired[AnyCacheControl]
    """Ends a prefix of the prompt that is kept in the cache."""


class UnknownBlock(TypedDict):
    """A content block of a type that this schema does not know, kept whole."""

    type: UnknownBlockType


ContentBlock: TypeAlias = (
    TextBlock
    | ToolUseBlock
    | ToolResultBlock
    | ImageBlock
    | ThinkingBlock
    | UnknownBlock
    | DocumentBlock
    | SearchResultBlock
    | RedactedThinkingBlock
    | ServerToolUseBlock
    | ServerToolResultBlock
    | ContainerUploadBlock
    | TextBlockModel
    | ToolUseBlockModel
    | ToolResultBlockModel
    | ImageBlockModel
    | ThinkingBlockModel
    | UnknownBlockModel
)
"""A piece of a turn in a request."""


ToolResultContent: TypeAlias = (
    TextBlock
    | ImageBlock
    | UnknownBlock
    | DocumentBlock
    | SearchResultBlock
    | TextBlockModel
    | ImageBlockModel
    | UnknownBlockModel
)
"""A piece of what a tool returned."""


if TYPE_CHECKING:
    UnknownBlockType: TypeAlias = Literal["tool_reference", "mcp_tool_use", "compaction", "unknown"]
else:
    UnknownBlockType: TypeAlias = str
"""Names the type of the block. The format's reference describes the listed types."""


class UnknownImageSource(TypedDict):
    """A kind of image source that this schema does not know."""

    type: UnknownImageSourceType


if TYPE_CHECKING:
    UnknownImageSourceType: TypeAlias = Literal["unknown"]
else:
    UnknownImageSourceType: TypeAlias = str
"""Names the kind of source. The format's reference also describes `url` and `file`."""


class UnknownOption(TypedDict):
    """A form of an option that this schema does not know."""

    type: UnknownOptionType


ThinkingConfig: TypeAlias = (
    ThinkingEnabled
    | ThinkingDisabled
    | UnknownOption
    | ThinkingEnabledModel
    | ThinkingDisabledModel
    | UnknownOptionModel
)
"""Whether and how much the model may reason before it answers."""


if TYPE_CHECKING:
    UnknownOptionType: TypeAlias = Literal["adaptive"]
else:
    UnknownOptionType: TypeAlias = str
"""Names the form. The service's gateway accepts `adaptive` and treats it as `enabled`."""


class UrlSource(TypedDict):
    """A file that the service fetches. Source, the format's reference of content blocks."""

    type: Literal["url"]
    """Always `url`."""
    url: str
    """Address of the file."""


DocumentSource: TypeAlias = Base64DocumentSource | TextDocumentSource | ContentDocumentSource | UrlSource | FileSource
"""Where the document comes from."""


ImageSource: TypeAlias = (
    Base64ImageSource | UnknownImageSource | UrlSource | FileSource | Base64ImageSourceModel | UnknownImageSourceModel
)
"""Where the image comes from."""

__all__ = [
    "AnyCacheControl",
    "AnyInputMessage",
    "AnyMetadata",
    "AnyTextBlock",
    "Base64DocumentSource",
    "Base64ImageSource",
    "CacheControl",
    "CitationsConfig",
    "ContainerUploadBlock",
    "ContentBlock",
    "ContentDocumentSource",
    "DocumentBlock",
    "DocumentSource",
    "FileSource",
    "HostedTool",
    "ImageBlock",
    "ImageSource",
    "InputMessage",
    "MessagesRequest",
    "Metadata",
    "ParseRequest",
    "RedactedThinkingBlock",
    "RequestTool",
    "SearchResultBlock",
    "ServerToolResultBlock",
    "ServerToolUseBlock",
    "TextBlock",
    "TextDocumentSource",
    "ThinkingBlock",
    "ThinkingConfig",
    "ThinkingDisabled",
    "ThinkingEnabled",
    "ToolChoice",
    "ToolChoiceAny",
    "ToolChoiceAuto",
    "ToolChoiceNone",
    "ToolChoiceTool",
    "ToolDefinition",
    "ToolResultBlock",
    "ToolResultContent",
    "ToolRunnerRequest",
    "ToolUseBlock",
    "UnknownBlock",
    "UnknownImageSource",
    "UnknownOption",
    "UrlSource",
]
