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
    from ..models.citations_delta import CitationsDelta
    from ..models.input_json_delta import InputJsonDelta
    from ..models.signature_delta import SignatureDelta
    from ..models.text_delta import TextDelta
    from ..models.thinking_delta import ThinkingDelta
    from ..models.unknown_delta import UnknownDelta


if TYPE_CHECKING:
    from ..unions import ContentBlockDelta

T = TypeVar("T", bound="ContentBlockDeltaEvent")


@_attrs_define
class ContentBlockDeltaEvent(ModelMethods):
    """A content block grows."""

    type: Literal["content_block_delta"]
    """ Always `content_block_delta`. """
    index: int
    """ Place of the block in the message. """
    delta: ContentBlockDelta
    """ What a content block grows by. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.citations_delta import CitationsDelta  # noqa: PLC0415
        from ..models.input_json_delta import InputJsonDelta  # noqa: PLC0415
        from ..models.signature_delta import SignatureDelta  # noqa: PLC0415
        from ..models.text_delta import TextDelta  # noqa: PLC0415
        from ..models.thinking_delta import ThinkingDelta  # noqa: PLC0415

        type = self.type

        index = self.index

        delta: dict[str, Any]
        if isinstance(self.delta, TextDelta):
            delta = self.delta.to_dict()
        elif isinstance(self.delta, InputJsonDelta):
            delta = self.delta.to_dict()
        elif isinstance(self.delta, ThinkingDelta):
            delta = self.delta.to_dict()
        elif isinstance(self.delta, SignatureDelta):
            delta = self.delta.to_dict()
        elif isinstance(self.delta, CitationsDelta):
            delta = self.delta.to_dict()
        else:
            delta = self.delta.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type,
                "index": index,
                "delta": delta,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citations_delta import CitationsDelta  # noqa: PLC0415
        from ..models.input_json_delta import InputJsonDelta  # noqa: PLC0415
        from ..models.signature_delta import SignatureDelta  # noqa: PLC0415
        from ..models.text_delta import TextDelta  # noqa: PLC0415
        from ..models.thinking_delta import ThinkingDelta  # noqa: PLC0415
        from ..models.unknown_delta import UnknownDelta  # noqa: PLC0415

        d = dict(src_dict)
        type = cast(Literal["content_block_delta"], d.pop("type"))
        if type != "content_block_delta":
            raise ValueError(f"type must match const 'content_block_delta', got '{type}'")

        index = d.pop("index")

        def _parse_delta(
            data: object,
        ) -> CitationsDelta | InputJsonDelta | SignatureDelta | TextDelta | ThinkingDelta | UnknownDelta:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_delta_type_0 = TextDelta.from_dict(data)

                return componentsschemas_content_block_delta_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_delta_type_1 = InputJsonDelta.from_dict(data)

                return componentsschemas_content_block_delta_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_delta_type_2 = ThinkingDelta.from_dict(data)

                return componentsschemas_content_block_delta_type_2
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_delta_type_3 = SignatureDelta.from_dict(data)

                return componentsschemas_content_block_delta_type_3
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_content_block_delta_type_4 = CitationsDelta.from_dict(data)

                return componentsschemas_content_block_delta_type_4
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_content_block_delta_type_5 = UnknownDelta.from_dict(data)

            return componentsschemas_content_block_delta_type_5

        delta = _parse_delta(d.pop("delta"))

        content_block_delta_event = cls(
            type=type,
            index=index,
            delta=delta,
        )

        content_block_delta_event.additional_properties = d
        return content_block_delta_event

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
