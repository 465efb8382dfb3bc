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

T = TypeVar("T", bound="ThinkingEnabled")


@_attrs_define
class ThinkingEnabled(ModelMethods):
    """Lets the model reason before it answers."""

    type: Literal["enabled"]
    """ Always `enabled`. """
    budget_tokens: int | Unset = UNSET
    """ Upper limit on the tokens spent on reasoning. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        budget_tokens = self.budget_tokens

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
            }
        )
        if budget_tokens is not UNSET:
            field_dict["budget_tokens"] = budget_tokens

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["enabled"], d.pop("type"))
        if type != "enabled":
            raise ValueError(f"type must match const 'enabled', got '{type}'")

        budget_tokens = d.pop("budget_tokens", UNSET)

        thinking_enabled = cls(
            type=type,
            budget_tokens=budget_tokens,
        )

        thinking_enabled.additional_properties = d
        return thinking_enabled

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
