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
    from ..models.messages_response import MessagesResponse


T = TypeVar("T", bound="MessageStartEvent")


@_attrs_define
class MessageStartEvent(ModelMethods):
    """The message begins; its content is still empty."""

    type: Literal["message_start"]
    """ Always `message_start`. """
    message: MessagesResponse
    """ The turn that the model produced. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        message = self.message.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "message": message,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.messages_response import MessagesResponse  # noqa: PLC0415

        d = dict(src_dict)
        type = cast(Literal["message_start"], d.pop("type"))
        if type != "message_start":
            raise ValueError(f"type must match const 'message_start', got '{type}'")

        message = MessagesResponse.from_dict(d.pop("message"))

        message_start_event = cls(
            type=type,
            message=message,
        )

        message_start_event.additional_properties = d
        return message_start_event

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
