# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..._model_methods import ModelMethods

T = TypeVar("T", bound="Usage")


@_attrs_define
class Usage(ModelMethods):
    """Token counts of a request."""

    input_tokens: int = 0
    """ Tokens in the prompt. """
    output_tokens: int = 0
    """ Tokens that the model generated. """
    cache_creation_input_tokens: int | None = None
    """ Prompt tokens written to the cache. """
    cache_read_input_tokens: int | None = None
    """ Prompt tokens read from the cache. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    _sent_empty: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        input_tokens = self.input_tokens

        output_tokens = self.output_tokens

        cache_creation_input_tokens: int | None
        if self.cache_creation_input_tokens is None:
            cache_creation_input_tokens = None
        else:
            cache_creation_input_tokens = self.cache_creation_input_tokens

        cache_read_input_tokens: int | None
        if self.cache_read_input_tokens is None:
            cache_read_input_tokens = None
        else:
            cache_read_input_tokens = self.cache_read_input_tokens

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(self._sent_empty)
        field_dict.update({})
        if input_tokens != 0:
            field_dict["input_tokens"] = input_tokens
        if output_tokens != 0:
            field_dict["output_tokens"] = output_tokens
        if cache_creation_input_tokens is not None:
            field_dict["cache_creation_input_tokens"] = cache_creation_input_tokens
        if cache_read_input_tokens is not None:
            field_dict["cache_read_input_tokens"] = cache_read_input_tokens

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        input_tokens = d.pop("input_tokens", 0)
        if input_tokens is None:
            input_tokens = 0

        output_tokens = d.pop("output_tokens", 0)
        if output_tokens is None:
            output_tokens = 0

        def _parse_cache_creation_input_tokens(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        cache_creation_input_tokens = _parse_cache_creation_input_tokens(d.pop("cache_creation_input_tokens", None))

        def _parse_cache_read_input_tokens(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        cache_read_input_tokens = _parse_cache_read_input_tokens(d.pop("cache_read_input_tokens", None))

        usage = cls(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cache_creation_input_tokens=cache_creation_input_tokens,
            cache_read_input_tokens=cache_read_input_tokens,
        )

        usage.additional_properties = d
        usage._sent_empty = {
            key: src_dict[key]
            for key, default in {
                "input_tokens": 0,
                "output_tokens": 0,
                "cache_creation_input_tokens": None,
                "cache_read_input_tokens": None,
            }.items()
            if key in src_dict and src_dict[key] in (None, default)
        }
        return usage

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
