"""Take null out of what a schema allows, in each of the ways in which OpenAPI says it."""

from __future__ import annotations

from typing import Any

from .document import TEXTS

UNIONS = ("anyOf", "oneOf")


def without_null(schema: dict[str, Any]) -> bool:
    """Take null out of a schema, in place; return whether it was allowed."""
    is_nullable = schema.pop("nullable", False) is True
    types = schema.get("type")
    if isinstance(types, list) and "null" in types:
        is_nullable = True
        rest = [name for name in types if name != "null"]
        schema["type"] = rest[0] if len(rest) == 1 else rest
    if isinstance(schema.get("enum"), list) and None in schema["enum"]:
        is_nullable = True
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    for key in UNIONS:
        members = schema.get(key)
        if isinstance(members, list) and any(is_null(member) for member in members):
            is_nullable = True
            schema[key] = [member for member in members if not is_null(member)]
            merge_single_members(schema)
    return is_nullable


def is_null(schema: Any) -> bool:
    """Return whether a schema allows null alone."""
    if not isinstance(schema, dict):
        return False
    meant = {key: value for key, value in schema.items() if key not in TEXTS}
    return meant in ({"type": "null"}, {"const": None}, {"enum": [None]})


def merge_single_members(schema: dict[str, Any], _: Any = None) -> None:
    """Merge a combination of one member into the schema around it."""
    for key in ("allOf", "anyOf", "oneOf"):
        members = schema.get(key)
        if not isinstance(members, list) or len(members) != 1 or not isinstance(members[0], dict):
            continue
        around = schema.keys() - TEXTS - {key, "nullable", "deprecated", "discriminator", "default"}
        if around and (around & members[0].keys() or "$ref" in members[0]):
            continue
        del schema[key]
        for name, value in members[0].items():
            schema.setdefault(name, value)
