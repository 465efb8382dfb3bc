# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    OtherStopReason: TypeAlias = Literal["pause_turn", "refusal", "model_context_window_exceeded", "compaction"]
else:
    OtherStopReason: TypeAlias = str
"""A stop reason beyond the vendor's list. The format's reference describes the listed ones."""

if TYPE_CHECKING:
    UnknownBlockType: TypeAlias = Literal[
        "redacted_thinking",
        "server_tool_use",
        "web_search_tool_result",
        "web_fetch_tool_result",
        "code_execution_tool_result",
        "bash_code_execution_tool_result",
        "text_editor_code_execution_tool_result",
        "tool_search_tool_result",
        "tool_reference",
        "mcp_tool_use",
        "mcp_tool_result",
        "container_upload",
        "compaction",
        "document",
        "search_result",
        "unknown",
    ]
else:
    UnknownBlockType: TypeAlias = str
"""Names the type of the block. The format's reference describes the listed types."""

if TYPE_CHECKING:
    UnknownDeltaType: TypeAlias = Literal["compaction_delta", "unknown"]
else:
    UnknownDeltaType: TypeAlias = str
"""Names the type of the delta. The format's reference describes the listed ones."""

if TYPE_CHECKING:
    UnknownEventType: TypeAlias = Literal["unknown"]
else:
    UnknownEventType: TypeAlias = str
"""Names the type of the event. It is `unknown` for an event that does not say."""

if TYPE_CHECKING:
    UnknownImageSourceType: TypeAlias = Literal["url", "file"]
else:
    UnknownImageSourceType: TypeAlias = str
"""Names the kind of source. The format's reference also describes `url` and `file`."""

if TYPE_CHECKING:
    UnknownOptionType: TypeAlias = Literal["adaptive"]
else:
    UnknownOptionType: TypeAlias = str
"""Names the form. The service's gateway accepts `adaptive` and treats it as `enabled`."""
