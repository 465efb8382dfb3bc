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

T = TypeVar("T", bound="ToolUseBlock")


@_attrs_define
class ToolUseBlock(ModelMethods):
    """A call that the model wants made."""

    type: Literal["tool_use"]
    """ Always `tool_use`. """
    id: str
    """ Identifies the call; its result carries the same value as `tool_use_id`. """
    name: str
    """ Name of the tool to call. """
    input: Any
    """ Arguments of the call, an object that follows the tool's `input_schema`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        id = self.id

        name = self.name

        input = self.input

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "id": id,
                "name": name,
                "input": input,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["tool_use"], d.pop("type"))
        if type != "tool_use":
            raise ValueError(f"type must match const 'tool_use', got '{type}'")

        id = d.pop("id")

        name = d.pop("name")

        input = d.pop("input")

        tool_use_block = cls(
            type=type,
            id=id,
            name=name,
            input=input,
        )

        tool_use_block.additional_properties = d
        return tool_use_block

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
