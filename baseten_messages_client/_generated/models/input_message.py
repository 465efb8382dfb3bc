# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..._model_methods import ModelMethods
from ..models.input_message_role import InputMessageRole, check_input_message_role

if TYPE_CHECKING:
    from ..models.image_block import ImageBlock
    from ..models.text_block import TextBlock
    from ..models.thinking_block import ThinkingBlock
    from ..models.tool_result_block import ToolResultBlock
    from ..models.tool_use_block import ToolUseBlock
    from ..models.unknown_block import UnknownBlock


if TYPE_CHECKING:
    from ..unions import InputContentBlock

T = TypeVar("T", bound="InputMessage")


@_attrs_define
class InputMessage(ModelMethods):
    """One turn of the conversation."""

    role: InputMessageRole
    """ Who speaks. System instructions go into the request's `system` field instead. """
    content: list[InputContentBlock] | str
    """ What is said, as plain text or as a list of content blocks. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.image_block import ImageBlock  # noqa: PLC0415
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_block import ThinkingBlock  # noqa: PLC0415
        from ..models.tool_result_block import ToolResultBlock  # noqa: PLC0415
        from ..models.tool_use_block import ToolUseBlock  # noqa: PLC0415

        role: str = self.role

        content: list[dict[str, Any]] | str
        if isinstance(self.content, list):
            content = []
            for content_type_1_item_data in self.content:
                content_type_1_item: dict[str, Any]
                if isinstance(content_type_1_item_data, TextBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                elif isinstance(content_type_1_item_data, ToolUseBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                elif isinstance(content_type_1_item_data, ToolResultBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                elif isinstance(content_type_1_item_data, ImageBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                elif isinstance(content_type_1_item_data, ThinkingBlock):
                    content_type_1_item = content_type_1_item_data.to_dict()
                else:
                    content_type_1_item = content_type_1_item_data.to_dict()

                content.append(content_type_1_item)

        else:
            content = self.content

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "role": role,
                "content": content,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.image_block import ImageBlock  # noqa: PLC0415
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_block import ThinkingBlock  # noqa: PLC0415
        from ..models.tool_result_block import ToolResultBlock  # noqa: PLC0415
        from ..models.tool_use_block import ToolUseBlock  # noqa: PLC0415
        from ..models.unknown_block import UnknownBlock  # noqa: PLC0415

        d = dict(src_dict)
        role = check_input_message_role(d.pop("role"))

        def _parse_content(
            data: object,
        ) -> list[ImageBlock | TextBlock | ThinkingBlock | ToolResultBlock | ToolUseBlock | UnknownBlock] | str:
            try:
                if not isinstance(data, list):
                    raise TypeError()
                content_type_1 = []
                _content_type_1 = data
                for content_type_1_item_data in _content_type_1:

                    def _parse_content_type_1_item(
                        data: object,
                    ) -> ImageBlock | TextBlock | ThinkingBlock | ToolResultBlock | ToolUseBlock | UnknownBlock:
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_input_content_block_type_0 = TextBlock.from_dict(data)

                            return componentsschemas_input_content_block_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_input_content_block_type_1 = ToolUseBlock.from_dict(data)

                            return componentsschemas_input_content_block_type_1
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_input_content_block_type_2 = ToolResultBlock.from_dict(data)

                            return componentsschemas_input_content_block_type_2
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_input_content_block_type_3 = ImageBlock.from_dict(data)

                            return componentsschemas_input_content_block_type_3
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_input_content_block_type_4 = ThinkingBlock.from_dict(data)

                            return componentsschemas_input_content_block_type_4
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        if not isinstance(data, dict):
                            raise TypeError()
                        componentsschemas_input_content_block_type_5 = UnknownBlock.from_dict(data)

                        return componentsschemas_input_content_block_type_5

                    content_type_1_item = _parse_content_type_1_item(content_type_1_item_data)

                    content_type_1.append(content_type_1_item)

                return content_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(
                list[ImageBlock | TextBlock | ThinkingBlock | ToolResultBlock | ToolUseBlock | UnknownBlock] | str, data
            )

        content = _parse_content(d.pop("content"))

        input_message = cls(
            role=role,
            content=content,
        )

        return input_message
