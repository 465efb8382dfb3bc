"""Write out what a document keeps in components that are not schemas, and schemas that are only true or false.

A request body, a response, a header or a parameter means the same in its place and in a component, so `openapi.yaml`
has it in its place.
"""

from __future__ import annotations

import copy
from typing import Any

from .document import at, objects, place_of

INLINED = ("requestBodies", "responses", "parameters", "headers", "pathItems")
SCHEMA_MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas", "schemas")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
DEEPEST = 20


def inlined(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a document in which only schemas and security schemes are components."""
    document = copy.deepcopy(document)
    result: dict[str, Any] = _written_out(document, document, 0)
    components: Any = result.get("components")
    for name in INLINED if isinstance(components, dict) else ():
        components.pop(name, None)
    for _, node in list(objects(result)):
        for key in SCHEMA_MAPS:
            inner: Any = node.get(key)
            for name, schema in inner.items() if isinstance(inner, dict) else ():
                inner[name] = _without_boolean(schema)
        for key in SCHEMA_LISTS:
            if isinstance(node.get(key), list):
                node[key] = [_without_boolean(schema) for schema in node[key]]
    return result


def _written_out(node: Any, document: dict[str, Any], depth: int) -> Any:
    if isinstance(node, list):
        return [_written_out(item, document, depth) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    place = place_of(reference) if isinstance(reference, str) else []
    target = at(document, *place) if place[:1] == ["components"] and place[1:2] and place[1] in INLINED else None
    if isinstance(target, dict) and depth < DEEPEST:
        texts = {key: value for key, value in node.items() if key != "$ref"}
        return _written_out({**target, **texts}, document, depth + 1)
    return {key: _written_out(value, document, depth) for key, value in node.items()}


def _without_boolean(schema: Any) -> Any:
    return {True: {}, False: {"not": {}}}[schema] if isinstance(schema, bool) else schema
