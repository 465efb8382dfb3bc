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

from ..._model_methods import ContentBlockStopMethods

T = TypeVar("T", bound="ContentBlockStopEvent")


@_attrs_define
class ContentBlockStopEvent(ContentBlockStopMethods):
    """A content block is complete."""

    type: Literal["content_block_stop"]
    """ Always `content_block_stop`. """
    index: int
    """ Place of the block in the message. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        index = self.index

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "index": index,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["content_block_stop"], d.pop("type"))
        if type != "content_block_stop":
            raise ValueError(f"type must match const 'content_block_stop', got '{type}'")

        index = d.pop("index")

        content_block_stop_event = cls(
            type=type,
            index=index,
        )

        content_block_stop_event.additional_properties = d
        return content_block_stop_event

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
