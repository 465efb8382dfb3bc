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

from ..._model_methods import MessageMethods
from ..models.known_stop_reason import KnownStopReason, check_known_stop_reason
from ..open_strings import OtherStopReason

if TYPE_CHECKING:
    from ..models.text_block import TextBlock
    from ..models.thinking_block import ThinkingBlock
    from ..models.tool_result_block import ToolResultBlock
    from ..models.tool_use_block import ToolUseBlock
    from ..models.unknown_block import UnknownBlock
    from ..models.usage import Usage


if TYPE_CHECKING:
    from ..unions import ContentBlock, StopReason

T = TypeVar("T", bound="MessagesResponse")


@_attrs_define
class MessagesResponse(MessageMethods):
    """The turn that the model produced."""

    id: str
    """ Identifies the message. """
    type: Literal["message"]
    """ Always `message`. """
    role: Literal["assistant"]
    """ Always `assistant`. """
    content: list[ContentBlock]
    """ What the model produced, block by block. """
    model: str
    """ Slug of the model that answered. """
    stop_reason: StopReason | None
    """ Why the turn ended, such as `end_turn` when the model was done. """
    usage: Usage
    """ Token counts of a request. """
    stop_sequence: None | str = None
    """ The stop sequence that ended the turn, or null when none did. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    _sent_empty: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_block import ThinkingBlock  # noqa: PLC0415
        from ..models.tool_result_block import ToolResultBlock  # noqa: PLC0415
        from ..models.tool_use_block import ToolUseBlock  # noqa: PLC0415

        id = self.id

        type = self.type

        role = self.role

        content = []
        for content_item_data in self.content:
            content_item: dict[str, Any]
            if isinstance(content_item_data, TextBlock):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ToolUseBlock):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ThinkingBlock):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ToolResultBlock):
                content_item = content_item_data.to_dict()
            else:
                content_item = content_item_data.to_dict()

            content.append(content_item)

        model = self.model

        stop_reason: None | str
        if isinstance(self.stop_reason, str):
            stop_reason = self.stop_reason
        else:
            stop_reason = self.stop_reason

        usage = self.usage.to_dict()

        stop_sequence: None | str
        if self.stop_sequence is None:
            stop_sequence = None
        else:
            stop_sequence = self.stop_sequence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(self._sent_empty)
        field_dict.update(
            {
                "id": id,
                "type": type,
                "role": role,
                "content": content,
                "model": model,
                "stop_reason": stop_reason,
                "usage": usage,
            }
        )
        if stop_sequence is not None:
            field_dict["stop_sequence"] = stop_sequence

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_block import ThinkingBlock  # noqa: PLC0415
        from ..models.tool_result_block import ToolResultBlock  # noqa: PLC0415
        from ..models.tool_use_block import ToolUseBlock  # noqa: PLC0415
        from ..models.unknown_block import UnknownBlock  # noqa: PLC0415
        from ..models.usage import Usage  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        type = cast(Literal["message"], d.pop("type"))
        if type != "message":
            raise ValueError(f"type must match const 'message', got '{type}'")

        role = cast(Literal["assistant"], d.pop("role"))
        if role != "assistant":
            raise ValueError(f"role must match const 'assistant', got '{role}'")

        content = []
        _content = d.pop("content")
        for content_item_data in _content:

            def _parse_content_item(
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

            content_item = _parse_content_item(content_item_data)

            content.append(content_item)

        model = d.pop("model")

        def _parse_stop_reason(data: object) -> KnownStopReason | None | OtherStopReason:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                componentsschemas_stop_reason_type_0 = check_known_stop_reason(data)

                return componentsschemas_stop_reason_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KnownStopReason | None | OtherStopReason, data)

        stop_reason = _parse_stop_reason(d.pop("stop_reason"))

        usage = Usage.from_dict(d.pop("usage"))

        def _parse_stop_sequence(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stop_sequence = _parse_stop_sequence(d.pop("stop_sequence", None))

        messages_response = cls(
            id=id,
            type=type,
            role=role,
            content=content,
            model=model,
            stop_reason=stop_reason,
            usage=usage,
            stop_sequence=stop_sequence,
        )

        messages_response.additional_properties = d
        messages_response._sent_empty = {
            key: src_dict[key]
            for key, default in {"stop_sequence": None}.items()
            if key in src_dict and src_dict[key] in (None, default)
        }
        return messages_response

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
