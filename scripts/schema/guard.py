"""Refuse a schema that this project cannot or should not turn into code; every message names the place."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterator
from typing import Any

from openapi_python_client.strings import PythonIdentifier

from .aliases import class_name
from .collisions import MOST_LINES, PASTE_NAMES
from .document import NAME_MAPS, Place, at, objects, pointer, referred_name
from .errors import OverlayError, SchemaError
from .naming import COMPONENTS, PASTE, PYTHON_NAME, SCHEMA_NAME, line_to_paste, suggested
from .overlay import names_given

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
TAKEN_PROPERTIES = frozenset(
    {"additional_keys", "additional_properties", "builtins", "cast", "cls", "d", "field_dict", "from_dict", "src_dict"}
    | {"to_dict"}
)
# In a class whose other fields all have one type.
TAKEN_IN_MAPS = frozenset({"additional_property", "prop", "prop_dict", "prop_name"})
# What the generated modules import, define or catch: a class of that name would hide it.
TAKEN_SCHEMAS = frozenset(
    {"Any", "AttributeError", "AuthenticatedClient", "BinaryIO", "BytesIO", "Client", "Exception", "File", "FileTypes"}
    | {"Generator", "HTTPStatus", "KeyError", "Literal", "Mapping", "Model", "NotRequired", "Optional", "Required"}
    | {"Response", "Sequence", "T", "TextIO", "TypeAlias", "TypeError", "TypeVar", "TypedDict", "UUID", "Union"}
    | {"UnexpectedStatus", "Unset", "ValueError"}
)


def check(document: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Raise a `SchemaError` for the first thing that the generators must not see, after the overlay's names."""
    version = document.get("openapi")
    if not re.fullmatch(r"3\.[012]\.\d+", str(version)):
        raise SchemaError(f"not OpenAPI 3.0, 3.1 or 3.2: its `openapi` is {version!r:.50}")
    client = overlay.get("x-client") or {}
    path = client.get("path")
    if path and not isinstance(at(document, "paths", path, "post"), dict):
        raise SchemaError(f"the schema has no POST {path}")
    for place, node in objects(document):
        _check_values(place, node)
    if isinstance(at(document, *COMPONENTS), dict):
        try:
            document = names_given(document, overlay)
        except OverlayError as error:
            raise SchemaError(f"the overlay's names do not fit: {error}") from error
    taken: list[tuple[str, str]] = []
    for place, node in objects(document):
        taken += _check_names(place, node)
        taken += _check_properties(place, node, client)
    if taken:
        more = f" (and {len(taken) - 1} more)" if len(taken) > 1 else ""
        lines = [line for _, line in taken[:MOST_LINES]]
        paste = PASTE if len(lines) == 1 else PASTE_NAMES
        raise SchemaError(f"{taken[0][0]}{more}. {paste}\n" + "\n".join(lines))
    _check_aliases(document)


def _check_names(place: Place, node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Refuse names that cannot become code or a file. Yield what is wrong with those that need others, and the line."""
    for key, names in node.items():
        pattern = NAMES_OF_MAPS.get(key, NAME)
        for name in names if key in NAME_MAPS and key != "properties" and isinstance(names, dict) else ():
            here = pointer((*place, key, name))
            if key == "patternProperties":  # A pattern does not become code.
                continue
            if not pattern.fullmatch(name) or ".." in name:
                raise SchemaError(f"{here:.200}: a name must match {pattern.pattern} to become code")
            if (*place, key) == COMPONENTS and class_name(name) in TAKEN_SCHEMAS:
                line = line_to_paste((*COMPONENTS, name), SCHEMA_NAME, f"{class_name(name)}Model", "The name is taken.")
                yield f"{here}: this name would break the generated code", line


def _check_properties(place: Place, node: dict[str, Any], client: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with properties whose names cannot become attributes, each with the line that renames it."""
    properties = node.get("properties")
    if not isinstance(properties, dict):
        return
    owner = place[2] if place[:2] == COMPONENTS and len(place) == 3 else ""
    taken = TAKEN_PROPERTIES | set((client.get("taken-fields") or {}).get(owner, ()))
    taken |= TAKEN_IN_MAPS if isinstance(node.get("additionalProperties"), dict) else set()
    for name, schema in properties.items():
        here = pointer((*place, "properties", name))
        if not name or not TEXT.fullmatch(name) or ".." in name:
            raise SchemaError(f"{here:.200}: a name must match {TEXT.pattern} to be a key in code")
        given = schema.get(PYTHON_NAME) if isinstance(schema, dict) else None
        if given is not None and not re.fullmatch(r"[a-z][a-z0-9_]*", str(given)):
            raise SchemaError(f"{here:.200}: its {PYTHON_NAME} must be lower-case letters, digits and _: {given!r:.50}")
        used = given or name
        if NAME.fullmatch(used) and str(PythonIdentifier(used, "")) not in taken and used not in taken:
            continue
        why = "the client itself uses this name" if used in taken - TAKEN_PROPERTIES else "this cannot be an attribute"
        if not owner:
            why += f", and the schema around it needs an {SCHEMA_NAME} first"
        line = line_to_paste((*place, "properties", name), PYTHON_NAME, suggested(name, taken), "The name is taken.")
        yield f"{here:.200}: {why}", line


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
