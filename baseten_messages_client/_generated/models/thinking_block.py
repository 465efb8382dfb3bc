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

T = TypeVar("T", bound="ThinkingBlock")


@_attrs_define
class ThinkingBlock(ModelMethods):
    """Reasoning that the model did before its answer."""

    type: Literal["thinking"]
    """ Always `thinking`. """
    thinking: str
    """ The reasoning, as text. """
    signature: str | None = None
    """ Opaque proof of origin; send it back unchanged. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    _sent_empty: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        thinking = self.thinking

        signature = self.signature

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(self._sent_empty)
        field_dict.update(
            {
                "type": type,
                "thinking": thinking,
            }
        )
        if signature is not None:
            field_dict["signature"] = signature

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["thinking"], d.pop("type"))
        if type != "thinking":
            raise ValueError(f"type must match const 'thinking', got '{type}'")

        thinking = d.pop("thinking")

        signature = d.pop("signature", None)

        thinking_block = cls(
            type=type,
            thinking=thinking,
            signature=signature,
        )

        thinking_block.additional_properties = d
        thinking_block._sent_empty = {
            key: src_dict[key]
            for key, default in {"signature": None}.items()
            if key in src_dict and src_dict[key] in (None, default)
        }
        return thinking_block

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
