# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..._model_methods import ModelMethods

if TYPE_CHECKING:
    from ..models.text_block import TextBlock
    from ..models.thinking_block import ThinkingBlock
    from ..models.tool_result_block import ToolResultBlock
    from ..models.tool_use_block import ToolUseBlock
    from ..models.unknown_block import UnknownBlock


if TYPE_CHECKING:
    from ..unions import ContentBlock

T = TypeVar("T", bound="ContentBlockStartEvent")


@_attrs_define
class ContentBlockStartEvent(ModelMethods):
    """A content block begins."""

    type: Literal["content_block_start"]
    """ Always `content_block_start`. """
    index: int
    """ Place of the block in the message. """
    content_block: ContentBlock
    """ A piece of the turn that the model produced. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_block import ThinkingBlock  # noqa: PLC0415
        from ..models.tool_result_block import ToolResultBlock  # noqa: PLC0415
        from ..models.tool_use_block import ToolUseBlock  # noqa: PLC0415

        type = self.type

        index = self.index

        content_block: dict[str, Any]
        if isinstance(self.content_block, TextBlock):
            content_block = self.content_block.to_dict()
        elif isinstance(self.content_block, ToolUseBlock):
            content_block = self.content_block.to_dict()
        elif isinstance(self.content_block, ThinkingBlock):
            content_block = self.content_block.to_dict()
        elif isinstance(self.content_block, ToolResultBlock):
            content_block = self.content_block.to_dict()
        else:
            content_block = self.content_block.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "index": index,
                "content_block": content_block,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_block import ThinkingBlock  # noqa: PLC0415
        from ..models.tool_result_block import ToolResultBlock  # noqa: PLC0415
        from ..models.tool_use_block import ToolUseBlock  # noqa: PLC0415
        from ..models.unknown_block import UnknownBlock  # noqa: PLC0415

        d = dict(src_dict)
        type = cast(Literal["content_block_start"], d.pop("type"))
        if type != "content_block_start":
            raise ValueError(f"type must match const 'content_block_start', got '{type}'")

        index = d.pop("index")

        def _parse_content_block(
            data: object,
        ) -> TextBlock | ThinkingBlock | ToolResultBlock | ToolUseBlock | UnknownBlock:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_type_0 = TextBlock.from_dict(data)

                return componentsschemas_content_block_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_type_1 = ToolUseBlock.from_dict(data)

                return componentsschemas_content_block_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_type_2 = ThinkingBlock.from_dict(data)

                return componentsschemas_content_block_type_2
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_type_3 = ToolResultBlock.from_dict(data)

                return componentsschemas_content_block_type_3
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_content_block_type_4 = UnknownBlock.from_dict(data)

            return componentsschemas_content_block_type_4

        content_block = _parse_content_block(d.pop("content_block"))

        content_block_start_event = cls(
            type=type,
            index=index,
            content_block=content_block,
        )

        content_block_start_event.additional_properties = d
        return content_block_start_event

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    if not TYPE_CHECKING:

        def __getitem__(self, key: str) -> Any:
            return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    if not TYPE_CHECKING:

        def __contains__(self, key: str) -> bool:
            return key in self.additional_properties
