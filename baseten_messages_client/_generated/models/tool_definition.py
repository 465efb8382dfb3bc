# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ToolDefinition")


@_attrs_define
class ToolDefinition:
    """A tool that the caller offers to the model and runs itself."""

    name: str
    """ Name of the tool, unique within the request. """
    input_schema: Any
    """ JSON Schema of the arguments, of type object. """
    description: str | Unset = UNSET
    """ When and how to use the tool; the model reads this to decide on a call. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        input_schema = self.input_schema

        description = self.description

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "input_schema": input_schema,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        input_schema = d.pop("input_schema")

        description = d.pop("description", UNSET)

        tool_definition = cls(
            name=name,
            input_schema=input_schema,
            description=description,
        )

        return tool_definition
