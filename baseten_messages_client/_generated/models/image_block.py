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
    from ..models.base_64_image_source import Base64ImageSource
    from ..models.unknown_image_source import UnknownImageSource


if TYPE_CHECKING:
    from ..unions import ImageSource

T = TypeVar("T", bound="ImageBlock")


@_attrs_define
class ImageBlock(ModelMethods):
    """An image in the user's turn, for models that see."""

    type: Literal["image"]
    """ Always `image`. """
    source: ImageSource
    """ Where the image comes from. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.base_64_image_source import Base64ImageSource  # noqa: PLC0415

        type = self.type

        source: dict[str, Any]
        if isinstance(self.source, Base64ImageSource):
            source = self.source.to_dict()
        else:
            source = self.source.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "source": source,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.base_64_image_source import Base64ImageSource  # noqa: PLC0415
        from ..models.unknown_image_source import UnknownImageSource  # noqa: PLC0415

        d = dict(src_dict)
        type = cast(Literal["image"], d.pop("type"))
        if type != "image":
            raise ValueError(f"type must match const 'image', got '{type}'")

        def _parse_source(data: object) -> Base64ImageSource | UnknownImageSource:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_image_source_type_0 = Base64ImageSource.from_dict(data)

                return componentsschemas_image_source_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_image_source_type_1 = UnknownImageSource.from_dict(data)

            return componentsschemas_image_source_type_1

        source = _parse_source(d.pop("source"))

        image_block = cls(
            type=type,
            source=source,
        )

        image_block.additional_properties = d
        return image_block

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
