# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..._model_methods import ModelMethods
from ..models.known_stop_reason import KnownStopReason, check_known_stop_reason
from ..open_strings import OtherStopReason

if TYPE_CHECKING:
    from ..unions import StopReason

T = TypeVar("T", bound="MessageDelta")


@_attrs_define
class MessageDelta(ModelMethods):
    """Fields of the message that became known."""

    stop_reason: StopReason | None = None
    """ Why the turn ended. """
    stop_sequence: None | str = None
    """ The stop sequence that ended the turn. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    _sent_empty: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        stop_reason: None | str
        if self.stop_reason is None:
            stop_reason = None
        elif isinstance(self.stop_reason, str):
            stop_reason = self.stop_reason
        else:
            stop_reason = self.stop_reason

        stop_sequence: None | str
        if self.stop_sequence is None:
            stop_sequence = None
        else:
            stop_sequence = self.stop_sequence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(self._sent_empty)
        field_dict.update({})
        if stop_reason is not None:
            field_dict["stop_reason"] = stop_reason
        if stop_sequence is not None:
            field_dict["stop_sequence"] = stop_sequence

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_stop_reason(data: object) -> KnownStopReason | None | OtherStopReason:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                componentsschemas_stop_reason_type_0 = check_known_stop_reason(data)

                return componentsschemas_stop_reason_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KnownStopReason | None | OtherStopReason, data)

        stop_reason = _parse_stop_reason(d.pop("stop_reason", None))

        def _parse_stop_sequence(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stop_sequence = _parse_stop_sequence(d.pop("stop_sequence", None))

        message_delta = cls(
            stop_reason=stop_reason,
            stop_sequence=stop_sequence,
        )

        message_delta.additional_properties = d
        message_delta._sent_empty = {
            key: src_dict[key]
            for key, default in {"stop_reason": None, "stop_sequence": None}.items()
            if key in src_dict and src_dict[key] in (None, default)
        }
        return message_delta

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
