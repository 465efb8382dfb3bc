"""Open every union of objects that the service sends, so that a variant of a later edition is kept and breaks nothing.

The models of a union are tried in order, and if none fits, the response cannot be read. So each union needs a member
that takes any object, and that member has to be the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .aliases import OPEN_MARK, class_name
from .collisions import refuse
from .document import at, objects, resolved
from .responses import names_of_responses

UNIONS = ("anyOf", "oneOf")


@dataclass(frozen=True)
class Variant:
    """One object that a union allows: the fields that it must have, and those of its fields that name the variant."""

    fields: frozenset[str]
    required: frozenset[str]
    constants: frozenset[str]


def open_unions(document: dict[str, Any]) -> None:
    """Give each union of objects that the service sends an open member, unless it has one, and put that one last."""
    for _, union in list(_unions(document)):
        for key in UNIONS:
            if key in union:
                union[key] = _open_last(union[key], document)
        if _is_closed(union, document):
            key = next(key for key in reversed(UNIONS) if any(_variants(part, document) for part in union.get(key, ())))
            end = max(number for number, part in enumerate(union[key], 1) if _variants(part, document))
            union[key].insert(end, {"$ref": f"#/components/schemas/{_open_member(union, document)}"})


def closed_unions(document: dict[str, Any]) -> list[str]:
    """Return the places of the unions of objects that the service sends and that have no open member."""
    return [place for place, union in _unions(document) if _is_closed(union, document)]


def _unions(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each union that the service sends, with its place."""
    for name in sorted(names_of_responses(document)):
        for place, node in objects(at(document, "components", "schemas", name)):
            if any(isinstance(node.get(key), list) for key in UNIONS):
                yield "/".join((name, *place)), node


def _variants(schema: Any, document: dict[str, Any]) -> list[Variant]:
    """Return the objects that a schema allows, those of the unions within it too."""
    schema = resolved(schema, document)
    members = [member for key in UNIONS for member in schema.get(key) or ()]
    if members:
        return [variant for member in members for variant in _variants(member, document)]
    parts = [variant for part in schema.get("allOf") or () for variant in _variants(part, document)]
    properties = schema.get("properties") or {}
    if not parts and not properties and schema.get("type") != "object":
        return []
    values = {name: resolved(field, document) for name, field in properties.items()}
    constants = {name for name, field in values.items() if "const" in field or "enum" in field}
    whole = Variant(frozenset(properties), frozenset(schema.get("required") or ()), frozenset(constants))
    for part in parts:
        whole = Variant(whole.fields | part.fields, whole.required | part.required, whole.constants | part.constants)
    return [whole]


def _open_members(members: Iterable[Any], document: dict[str, Any]) -> list[int]:
    """Return the positions of the members that take any object, as far as its constants are not those of another."""
    variants = [_variants(member, document) for member in members]
    constants = {name for found in variants for variant in found for name in variant.constants & variant.required}
    return [
        number
        for number, found in enumerate(variants)
        if any(not variant.constants & variant.required and variant.required <= constants for variant in found)
    ]


def _is_closed(union: dict[str, Any], document: dict[str, Any]) -> bool:
    members = [member for key in UNIONS for member in union.get(key) or ()]
    return len(_variants(union, document)) > 1 and not _open_members(members, document)


def _open_last(members: list[Any], document: dict[str, Any]) -> list[Any]:
    """Return the members with the last of the open ones after all objects, and without others that say no more."""
    found = _open_members(members, document)
    if not found or len(_variants({"anyOf": members}, document)) < 2:
        return members
    *others, last = found
    fields = {variant.fields for variant in _variants(members[last], document)}
    left = [
        number
        for number in range(len(members))
        if number not in found or any(variant.fields not in fields for variant in _variants(members[number], document))
    ]
    closed = [number for number in left if number not in found]
    opened = [*(number for number in others if number in left), last]
    end = max((i for i, number in enumerate(closed, 1) if _variants(members[number], document)), default=0)
    return [members[number] for number in [*closed[:end], *opened, *closed[end:]]]


def _open_member(union: dict[str, Any], document: dict[str, Any]) -> str:
    """Return the name of the open member for a union. It is added to the document with the first union."""
    common = frozenset.intersection(*(variant.constants & variant.required for variant in _variants(union, document)))
    field = "type" if "type" in common else min(common, default="")
    name = "UnknownVariant" if field == "type" else f"Unknown{class_name(field)}Variant" if field else "UnknownObject"
    schemas: dict[str, Any] = document["components"]["schemas"]
    member: dict[str, Any] = {"description": "A variant that this schema does not know, kept whole.", "type": "object"}
    added = {name: {**member, "additionalProperties": True}}
    if field:
        added[name]["properties"] = {field: {"$ref": f"#/components/schemas/{name}Type"}}
        text = {"description": "Names the variant.", "type": "string", OPEN_MARK: ["unknown"]}
        added[f"{name}Type"] = text
    for key, schema in added.items():
        if schemas.setdefault(key, schema) != schema:
            refuse(key, "a union of the response needs an open member, which has this name")
    return name
