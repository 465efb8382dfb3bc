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
    from ..models.image_block import ImageBlock
    from ..models.text_block import TextBlock
    from ..models.unknown_block import UnknownBlock


if TYPE_CHECKING:
    from ..unions import ToolResultContent

T = TypeVar("T", bound="ToolResultBlock")


@_attrs_define
class ToolResultBlock(ModelMethods):
    """What a tool call returned, sent back in the next user turn."""

    type: Literal["tool_result"]
    """ Always `tool_result`. """
    tool_use_id: str
    """ The `id` of the call that this result answers. """
    content: list[ToolResultContent] | str
    """ Output of the tool, as plain text or as a list of text blocks. """
    is_error: bool | None = None
    """ Whether the call failed; the content then says how. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    _sent_empty: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.image_block import ImageBlock  # noqa: PLC0415
        from ..models.text_block import TextBlock  # noqa: PLC0415

        type = self.type

        tool_use_id = self.tool_use_id

        content: list[dict[str, Any]] | str
        if isinstance(self.content, list):
            content = []
            for content_type_1_item_data in self.content:
                content_type_1_item: dict[str, Any]
                if isinstance(content_type_1_item_data, TextBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                elif isinstance(content_type_1_item_data, ImageBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                else:
                    content_type_1_item = content_type_1_item_data.to_dict()

                content.append(content_type_1_item)

        else:
            content = self.content

        is_error = self.is_error

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(self._sent_empty)
        field_dict.update(
            {
                "type": type,
                "tool_use_id": tool_use_id,
                "content": content,
            }
        )
        if is_error is not None:
            field_dict["is_error"] = is_error

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.image_block import ImageBlock  # noqa: PLC0415
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.unknown_block import UnknownBlock  # noqa: PLC0415

        d = dict(src_dict)
        type = cast(Literal["tool_result"], d.pop("type"))
        if type != "tool_result":
            raise ValueError(f"type must match const 'tool_result', got '{type}'")

        tool_use_id = d.pop("tool_use_id")

        def _parse_content(data: object) -> list[ImageBlock | TextBlock | UnknownBlock] | str:
            try:
                if not isinstance(data, list):
                    raise TypeError()
                content_type_1 = []
                _content_type_1 = data
                for content_type_1_item_data in _content_type_1:

                    def _parse_content_type_1_item(data: object) -> ImageBlock | TextBlock | UnknownBlock:
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_tool_result_content_type_0 = TextBlock.from_dict(data)

                            return componentsschemas_tool_result_content_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_tool_result_content_type_1 = ImageBlock.from_dict(data)

                            return componentsschemas_tool_result_content_type_1
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        if not isinstance(data, dict):
                            raise TypeError()
                        componentsschemas_tool_result_content_type_2 = UnknownBlock.from_dict(data)

                        return componentsschemas_tool_result_content_type_2

                    content_type_1_item = _parse_content_type_1_item(content_type_1_item_data)

                    content_type_1.append(content_type_1_item)

                return content_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ImageBlock | TextBlock | UnknownBlock] | str, data)

        content = _parse_content(d.pop("content"))

        is_error = d.pop("is_error", None)

        tool_result_block = cls(
            type=type,
            tool_use_id=tool_use_id,
            content=content,
            is_error=is_error,
        )

        tool_result_block.additional_properties = d
        tool_result_block._sent_empty = {
            key: src_dict[key]
            for key, default in {"is_error": None}.items()
            if key in src_dict and src_dict[key] in (None, default)
        }
        return tool_result_block

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
