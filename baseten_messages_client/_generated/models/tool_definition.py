# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..._model_methods import ModelMethods
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.cache_control import CacheControl


T = TypeVar("T", bound="ToolDefinition")


@_attrs_define
class ToolDefinition(ModelMethods):
    """A tool that the caller offers to the model and runs itself."""

    name: str
    """ Name of the tool, unique within the request. """
    input_schema: Any
    """ JSON Schema of the arguments, of type object. """
    description: str | Unset = UNSET
    """ When and how to use the tool; the model reads this to decide on a call. """
    cache_control: CacheControl | Unset = UNSET
    """ Where the prompt cache may end. Source, the format's reference of prompt caching. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        input_schema = self.input_schema

        description = self.description

        cache_control: dict[str, Any] | Unset = UNSET
        if not isinstance(self.cache_control, Unset):
            cache_control = self.cache_control.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "input_schema": input_schema,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if cache_control is not UNSET:
            field_dict["cache_control"] = cache_control

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cache_control import CacheControl  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        input_schema = d.pop("input_schema")

        description = d.pop("description", UNSET)

        _cache_control = d.pop("cache_control", UNSET)
        cache_control: CacheControl | Unset
        if isinstance(_cache_control, Unset):
            cache_control = UNSET
        else:
            cache_control = CacheControl.from_dict(_cache_control)

        tool_definition = cls(
            name=name,
            input_schema=input_schema,
            description=description,
            cache_control=cache_control,
        )

        return tool_definition
