"""Refuse a schema that this project cannot or should not turn into code; every message names the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fetch import SchemaError
from normalise import NAME_MAPS, VALUES, Place, pointer

PATH = "/v1/messages"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
API_PATH = re.compile(r"(/[A-Za-z0-9_{}-][A-Za-z0-9_.{}-]*)+")
MEDIA_TYPE = re.compile(r"[A-Za-z0-9*.+-]+/[A-Za-z0-9*.+-]+")
TAG = re.compile(r"[A-Za-z][A-Za-z0-9_ -]{0,99}|None")
# What may stand in a Literal or an address: printable text without quotes or backslashes.
TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\"'`\\]{0,200}")
REFERENCE = re.compile(r"#/components/[A-Za-z]+/[A-Za-z][A-Za-z0-9_.-]*")
NAMES_OF_MAPS = {"paths": API_PATH, "responses": re.compile(rf"[1-5](\d\d|XX)|{NAME.pattern}"), "content": MEDIA_TYPE}
# Attributes and local variables of the generated classes: a field of that name would break them (each was tried).
TAKEN = frozenset({"additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "to_dict"})
# What `Message` adds to the response model.
TAKEN_IN_MESSAGE = frozenset({"request_id", "text", "to_param", "tool_calls"})
TAKEN_CLASSES = frozenset({"Any", "Literal", "Mapping", "NotRequired", "Sequence", "TypedDict", "Unset"})
# Keywords of `messages.create` and `messages.stream` that are no fields of the request.
OPTIONS = frozenset({"deadline", "extra_body", "extra_headers", "idle_timeout", "request", "timeout"})


def check(document: dict[str, Any]) -> None:
    """Raise a `SchemaError` for the first thing that must not go further."""
    version = document.get("openapi")
    if not re.fullmatch(r"3\.[01]\.\d+", str(version)):
        raise SchemaError(f"not OpenAPI 3.0 or 3.1: its `openapi` is {version!r:.50}")
    post = _at(document, "paths", PATH, "post")
    if not isinstance(post, dict):
        raise SchemaError(f"the schema has no POST {PATH}")
    for place, node in _objects(document, ()):
        _check_object(place, node)
    _check_aliases(document)
    for schema, taken in (("MessagesRequest", OPTIONS), ("MessagesResponse", TAKEN_IN_MESSAGE)):
        fields = _at(document, "components", "schemas", schema, "properties")
        for name in fields if isinstance(fields, dict) else ():
            if name in taken:
                raise SchemaError(f"/components/schemas/{schema}: its field `{name}` has the name of something of ours")


def _at(node: Any, *keys: str) -> Any:
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _objects(node: Any, place: Place, names: bool = False) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield each object of the format with its place; refuse names that cannot become code or a file."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from _objects(item, (*place, str(i)))
    elif isinstance(node, dict):
        if not names:
            yield place, node
        for key, value in node.items():
            here = (*place, key)
            if names:
                _check_name(place[-1], key, here)
            if names or key not in VALUES:
                yield from _objects(value, here, not names and key in NAME_MAPS and isinstance(value, dict))


def _check_name(kind: str, name: str, place: Place) -> None:
    pattern = NAMES_OF_MAPS.get(kind, NAME)
    if not pattern.fullmatch(name) or ".." in name:
        raise SchemaError(f"{pointer(place):.200}: a name must match {pattern.pattern} to become code")
    if (kind == "properties" and name in TAKEN) or (kind == "schemas" and name in TAKEN_CLASSES):
        raise SchemaError(f"{pointer(place)}: this name would break the generated code")


def _check_object(place: Place, node: dict[str, Any]) -> None:
    reference = node.get("$ref")
    if reference is not None and not (isinstance(reference, str) and REFERENCE.fullmatch(reference)):
        raise SchemaError(f"{pointer(place)}/$ref: only components of the schema itself may be referred to")
    for key in ("const", "enum", "format", "in", "name", "required", "scheme", "tags", "type", "url", "version"):
        for item in _list(node.get(key)):
            if isinstance(item, str) and not TEXT.fullmatch(item):
                where = pointer((*place, key))
                raise SchemaError(f"{where}: {item!r:.100} is too long, or has quotes or control characters")
    for key, pattern in (("operationId", NAME), ("tags", TAG)) if "operationId" in node else ():
        for item in _list(node.get(key)):
            if not pattern.fullmatch(str(item)):
                raise SchemaError(f"{pointer((*place, key))}: {item!r:.100} cannot become the name of a file")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _check_aliases(document: dict[str, Any]) -> None:
    """Refuse schemas that consist of each other: there is no end to them, unlike to a tree that nests in a field."""
    schemas = _at(document, "components", "schemas")
    edges = {name: set(_parts(schema)) for name, schema in (schemas if isinstance(schemas, dict) else {}).items()}
    for name in edges:
        seen: set[str] = set()
        waiting = list(edges[name])
        while waiting:
            part = waiting.pop()
            if part == name:
                raise SchemaError(f"/components/schemas/{name}: this schema is made of itself")
            if part not in seen:
                seen.add(part)
                waiting += edges.get(part, ())


def _parts(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].rpartition("/")[2]
        for key in ("allOf", "anyOf", "oneOf"):
            for part in schema[key] if isinstance(schema.get(key), list) else ():
                yield from _parts(part)
