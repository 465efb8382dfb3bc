"""Find the way in an OpenAPI document: walk its objects, name places, follow references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonpath_rfc9535

# The value of these keys maps names, not keywords: a property may be called `title` or `x-id`.
NAME_MAPS = frozenset(
    {"properties", "patternProperties", "$defs", "dependentSchemas", "schemas", "responses", "requestBodies", "headers"}
    | {"securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks", "content", "encoding", "variables"}
    | {"parameters"}
)
# The value of these keys belongs to the API, not to the OpenAPI format, so nothing in it is changed.
VALUES = frozenset({"const", "default", "dependentRequired", "mapping", "scopes", "security"})
# The value of these keys is for readers.
TEXTS = frozenset({"summary", "description", "title"})

Place = tuple[str, ...]


def objects(node: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield each object of the OpenAPI format with its place, outer ones first. Callers may change what they get."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from objects(item, (*place, str(i)))
    elif isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            if key in NAME_MAPS and isinstance(value, dict):
                for name, item in value.items():
                    yield from objects(item, (*place, key, name))
            elif key not in VALUES:
                yield from objects(value, (*place, key))


def pointer(place: Place) -> str:
    """Write a place as a JSON pointer."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in place)


def place_of(pointer: str) -> list[str]:
    """Return the place that a JSON pointer or a local `$ref` names."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("#").split("/")[1:]]


def at(node: Any, *place: str) -> Any:
    """Return what a document holds at a place, or `None`."""
    for part in place:
        if isinstance(node, list):
            node = node[int(part)] if part.isdigit() and int(part) < len(node) else None
        else:
            node = node.get(part) if isinstance(node, dict) else None
    return node


def referred_name(node: Any) -> str:
    """Return the last part of the `$ref` in an object, or an empty text."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def reachable(document: dict[str, Any], start: Any) -> set[str]:
    """Return the names of the components that `start` refers to, directly or through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        references = jsonpath_rfc9535.find("$..['$ref']", waiting.pop()).values()
        new = {reference for reference in references if isinstance(reference, str)} - found
        found |= new
        waiting += [at(document, *place_of(reference)) for reference in new]
    return {reference.rpartition("/")[2] for reference in found}


def resolved(schema: Any, document: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that a chain of references leads to."""
    for _ in range(20):
        if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str):
            break
        schema = at(document, *place_of(schema["$ref"]))
    return schema if isinstance(schema, dict) else {}


def references(node: Any) -> Iterator[str]:
    """Yield the names of the schemas that a part of a document refers to."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and node["$ref"].startswith("#/components/schemas/"):
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)
