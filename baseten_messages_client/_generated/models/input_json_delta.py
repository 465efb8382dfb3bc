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

T = TypeVar("T", bound="InputJsonDelta")


@_attrs_define
class InputJsonDelta(ModelMethods):
    """More of a tool call's arguments."""

    type: Literal["input_json_delta"]
    """ Always `input_json_delta`. """
    partial_json: str
    """ JSON text to append; only the whole parses. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        partial_json = self.partial_json

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "partial_json": partial_json,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["input_json_delta"], d.pop("type"))
        if type != "input_json_delta":
            raise ValueError(f"type must match const 'input_json_delta', got '{type}'")

        partial_json = d.pop("partial_json")

        input_json_delta = cls(
            type=type,
            partial_json=partial_json,
        )

        input_json_delta.additional_properties = d
        return input_json_delta

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
