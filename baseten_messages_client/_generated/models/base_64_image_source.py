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

T = TypeVar("T", bound="Base64ImageSource")


@_attrs_define
class Base64ImageSource(ModelMethods):
    """The image itself, in Base64."""

    type: Literal["base64"]
    """ Always `base64`. """
    media_type: str
    """ Media type of the image, such as `image/png`. """
    data: str
    """ Bytes of the image in Base64, without line breaks. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type = self.type

        media_type = self.media_type

        data = self.data

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "media_type": media_type,
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type = cast(Literal["base64"], d.pop("type"))
        if type != "base64":
            raise ValueError(f"type must match const 'base64', got '{type}'")

        media_type = d.pop("media_type")

        data = d.pop("data")

        base_64_image_source = cls(
            type=type,
            media_type=media_type,
            data=data,
        )

        base_64_image_source.additional_properties = d
        return base_64_image_source

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
