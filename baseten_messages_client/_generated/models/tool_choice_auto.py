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
from ..types import UNSET, Unset

T = TypeVar("T", bound="ToolChoiceAuto")


@_attrs_define
class ToolChoiceAuto(ModelMethods):
    type: Literal["auto"]
    """ `auto` leaves it to the model whether to call a tool. """
    disable_parallel_tool_use: bool | Unset = UNSET
    """ Whether to limit the model to one call a turn. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        disable_parallel_tool_use = self.disable_parallel_tool_use

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
            }
        )
        if disable_parallel_tool_use is not UNSET:
            field_dict["disable_parallel_tool_use"] = disable_parallel_tool_use

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["auto"], d.pop("type"))
        if type != "auto":
            raise ValueError(f"type must match const 'auto', got '{type}'")

        disable_parallel_tool_use = d.pop("disable_parallel_tool_use", UNSET)

        tool_choice_auto = cls(
            type=type,
            disable_parallel_tool_use=disable_parallel_tool_use,
        )

        tool_choice_auto.additional_properties = d
        return tool_choice_auto

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
