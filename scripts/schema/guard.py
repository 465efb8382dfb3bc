"""Refuse a schema that this project cannot or should not turn into code; every message names the place."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterator
from typing import Any

from .document import NAME_MAPS, Place, at, objects, pointer, referred_name
from .errors import SchemaError

PATH = "/v1/messages"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
API_PATH = re.compile(r"(/[A-Za-z0-9_{}-][A-Za-z0-9_.{}-]*)+")
MEDIA_TYPE = re.compile(r"[A-Za-z0-9*.+-]+/[A-Za-z0-9*.+-]+")
TAG = re.compile(r"[A-Za-z][A-Za-z0-9_ -]{0,99}|None")
# What a Literal or an address may hold: printable text without quotes or backslashes.
TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\"'`\\]{0,200}")
TEXT_KEYS = ("const", "enum", "format", "in", "name", "required", "scheme", "tags", "type", "url", "version")
REFERENCE = re.compile(r"#/components/[A-Za-z]+/[A-Za-z][A-Za-z0-9_.-]*")
NAMES_OF_MAPS = {"paths": API_PATH, "responses": re.compile(rf"[1-5](\d\d|XX)|{NAME.pattern}"), "content": MEDIA_TYPE}
# Attributes and local variables of the generated classes: a field of that name would break them (each was tried).
TAKEN = {
    "properties": {"additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "to_dict"},
    "schemas": {"Any", "Literal", "Mapping", "NotRequired", "Sequence", "TypedDict", "Unset"},
}
# Keywords of `messages.create` and `messages.stream` that are not fields of the request, and what `Message` adds.
TAKEN_FIELDS = {
    "MessagesRequest": {"deadline", "extra_body", "extra_headers", "idle_timeout", "request", "timeout"},
    "MessagesResponse": {"request_id", "text", "to_param", "tool_calls"},
}


def check(document: dict[str, Any]) -> None:
    """Raise a `SchemaError` for the first thing that the generators must not see."""
    version = document.get("openapi")
    if not re.fullmatch(r"3\.[01]\.\d+", str(version)):
        raise SchemaError(f"not OpenAPI 3.0 or 3.1: its `openapi` is {version!r:.50}")
    if not isinstance(at(document, "paths", PATH, "post"), dict):
        raise SchemaError(f"the schema has no POST {PATH}")
    for place, node in objects(document):
        _check_names(place, node)
        _check_values(place, node)
    _check_aliases(document)
    for schema, taken in TAKEN_FIELDS.items():
        for name in sorted(taken):
            if at(document, "components", "schemas", schema, "properties", name) is not None:
                raise SchemaError(f"/components/schemas/{schema}: the client itself uses the name `{name}`")


def _check_names(place: Place, node: dict[str, Any]) -> None:
    """Refuse names that cannot become code or a file."""
    for key, names in node.items():
        pattern = NAMES_OF_MAPS.get(key, NAME)
        for name in names if key in NAME_MAPS and isinstance(names, dict) else ():
            here = pointer((*place, key, name))
            if not pattern.fullmatch(name) or ".." in name:
                raise SchemaError(f"{here:.200}: a name must match {pattern.pattern} to become code")
            if name in TAKEN.get(key, ()):
                raise SchemaError(f"{here}: this name would break the generated code")


def _check_values(place: Place, node: dict[str, Any]) -> None:
    if "$ref" in node and not REFERENCE.fullmatch(str(node["$ref"])):
        raise SchemaError(f"{pointer(place)}/$ref: only references to components of the schema itself are allowed")
    for key in TEXT_KEYS:
        for item in _list(node.get(key)):
            if isinstance(item, str) and not TEXT.fullmatch(item):
                here = pointer((*place, key))
                raise SchemaError(f"{here}: {item!r:.100} is too long, or has quotes or control characters")
    for key, pattern in (("operationId", NAME), ("tags", TAG)) if "operationId" in node else ():
        for item in _list(node.get(key)):
            if not pattern.fullmatch(str(item)):
                raise SchemaError(f"{pointer((*place, key))}: {item!r:.100} cannot become the name of a file")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _check_aliases(document: dict[str, Any]) -> None:
    """Refuse schemas that consist of each other: they have no end, unlike a tree that nests in a field."""
    schemas = at(document, "components", "schemas")
    parts = {name: set(_parts(schema)) for name, schema in (schemas if isinstance(schemas, dict) else {}).items()}
    try:
        graphlib.TopologicalSorter(parts).prepare()
    except graphlib.CycleError as error:
        raise SchemaError(f"/components/schemas/{min(error.args[1])}: this schema is made of itself") from error


def _parts(schema: Any) -> Iterator[str]:
    """Yield the names of the schemas that a schema consists of."""
    if isinstance(schema, dict):
        if name := referred_name(schema):
            yield name
        for key in ("allOf", "anyOf", "oneOf"):
            for part in _list(schema.get(key)):
                yield from _parts(part)
