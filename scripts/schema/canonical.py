"""Give each schema one spelling, so that two documents that mean the same are the same.

Some rules leave out what says nothing: a union of one, `nullable: false`, a discriminator that repeats constants. The
others choose one of several ways to say something, such as null.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from .document import NAME_MAPS, TEXTS, VALUES, at, resolved
from .nullable import is_null, merge_single_members, without_null

# Keywords whose value is one schema, or a list of schemas.
SCHEMAS = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "schema")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
# What a schema means without these keywords.
DEFAULTS: dict[str, Any] = {
    "nullable": False,
    "deprecated": False,
    "readOnly": False,
    "writeOnly": False,
    "uniqueItems": False,
    "additionalProperties": True,
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "required": [],
}
# Extensions may also be in these maps of names. In others, such as `headers`, a name may begin like one.
EXTENSIBLE_MAPS = frozenset({"paths", "responses", "callbacks", "securitySchemes", "schemas", "pathItems", "content"})
SCALARS = frozenset({"string", "integer", "number", "boolean"})


def without_extensions(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy without `x-` keys. They stay where they are names: of properties, headers and parameters."""
    result: dict[str, Any] = _without_extensions(document)
    return result


def _without_extensions(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_extensions(item) for item in node]
    if not isinstance(node, dict):
        return node
    result: dict[str, Any] = {}
    for key, value in node.items():
        if key.startswith("x-"):
            continue
        if key in NAME_MAPS and isinstance(value, dict):
            result[key] = {
                name: _without_extensions(item)
                for name, item in value.items()
                if not name.startswith("x-") or (key not in EXTENSIBLE_MAPS and isinstance(item, (dict, bool)))
            }
        else:
            result[key] = value if key in (*VALUES, "example", "examples") else _without_extensions(value)
    return result


def canonical(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of an OpenAPI 3.0, 3.1 or 3.2 document as 3.1, with one spelling for each schema."""
    document = copy.deepcopy(document)
    if re.match(r"3\.[012]\.", str(document.get("openapi", ""))):
        document["openapi"] = "3.1.0"
    _walk(document, document)
    return document


def canonical_schema(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Return one schema of a document in its one spelling."""
    schema = copy.deepcopy(schema)
    _walk(schema, document, is_schema=True)
    return schema


def _walk(node: Any, document: dict[str, Any], is_schema: bool = False) -> None:
    """Rewrite the schemas in a part of the document in place, inner ones first."""
    if isinstance(node, list):
        for item in node:
            _walk(item, document, is_schema)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in NAME_MAPS and isinstance(value, dict):
                inner = key in ("schemas", "properties", "patternProperties", "$defs", "dependentSchemas")
                for item in value.values():
                    _walk(item, document, inner)
            elif key not in VALUES and key not in ("enum", "required", "type"):
                _walk(value, document, key in SCHEMAS or key in SCHEMA_LISTS)
        if is_schema:
            _simplify(node, document)


def _simplify(schema: dict[str, Any], document: dict[str, Any]) -> None:
    for rule in (write_bounds, _constants, _types, _numbers, merge_single_members, _null, _unions, _defaults):
        rule(schema, document)


def write_bounds(schema: dict[str, Any], _: Any = None) -> None:
    """Write exclusive bounds as numbers, as OpenAPI 3.1 does."""
    for bound, flag in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.get(flag) is True and bound in schema:
            schema[flag] = schema.pop(bound)
        elif schema.get(flag) is False:
            del schema[flag]


def _constants(schema: dict[str, Any], _: Any = None) -> None:
    """Write an enumeration of one value as a constant."""
    values = schema.get("enum")
    if isinstance(values, list) and len(values) == 1:
        schema.pop("enum")
        schema.setdefault("const", values[0])


def _types(schema: dict[str, Any], _: Any) -> None:
    """Add the type that other keywords tell, and write a list of one type as the type."""
    types = schema.get("type")
    if isinstance(types, list) and len(types) == 1:
        schema["type"] = types[0]
    elif isinstance(types, list) and {"integer", "number"} <= set(types):
        schema["type"] = [name for name in types if name != "integer"]
    if types is None and not schema.keys() & {"$ref", "anyOf", "oneOf", "allOf"}:
        values = [schema["const"]] if "const" in schema else schema.get("enum", [])
        if values and all(isinstance(value, str) for value in values):
            schema["type"] = "string"
        elif isinstance(schema.get("properties"), dict):
            schema["type"] = "object"
        elif isinstance(schema.get("items"), dict):
            schema["type"] = "array"


def _numbers(schema: dict[str, Any], _: Any) -> None:
    """Write whole numbers without a point."""
    for key, value in schema.items():
        if isinstance(value, float) and value.is_integer() and key not in ("const", "default"):
            schema[key] = int(value)


def _null(schema: dict[str, Any], _: Any) -> None:
    """Write null as a type of a scalar, and otherwise as a member of a union."""
    is_nullable = without_null(schema)
    _constants(schema)
    if not is_nullable or schema == {}:
        return
    if schema.get("type") in SCALARS and not schema.keys() & {"anyOf", "oneOf", "allOf"}:
        schema["type"] = [schema["type"], "null"]
        if "const" in schema:
            schema["enum"] = [schema.pop("const")]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
        return
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            schema[key].append({"type": "null"})
            return
    inner = {key: schema.pop(key) for key in list(schema) if key not in TEXTS | {"default", "deprecated"}}
    schema["anyOf"] = [inner, {"type": "null"}]


def _unions(schema: dict[str, Any], document: dict[str, Any]) -> None:
    """Write `oneOf` as `anyOf` where no value fits two members, and leave out a discriminator that constants repeat."""
    if "oneOf" in schema and "anyOf" not in schema and are_disjoint(schema["oneOf"], document):
        schema["anyOf"] = schema.pop("oneOf")
    discriminator = schema.get("discriminator")
    if isinstance(discriminator, dict):
        name = discriminator.get("propertyName")
        members = [resolved(member, document) for key in ("anyOf", "oneOf") for member in schema.get(key, [])]
        kinds = [member for member in members if not is_null(member)]
        if all(_constant(member, name) is not None for member in kinds):
            del schema["discriminator"]


def _defaults(schema: dict[str, Any], _: Any) -> None:
    for key, value in DEFAULTS.items():
        if key in schema and schema[key] == value and type(schema[key]) is type(value):
            del schema[key]


def are_disjoint(members: Any, document: dict[str, Any]) -> bool:
    """Return whether no value fits two members: they have different types, or different constants in a field."""
    parts = [resolved(member, document) for member in members] if isinstance(members, list) else []
    pairs = [(a, b) for i, a in enumerate(parts) for b in parts[:i]]
    return bool(parts) and all(_differ(a, b) for a, b in pairs)


def _differ(a: dict[str, Any], b: dict[str, Any]) -> bool:
    types = [set(part["type"]) if isinstance(part.get("type"), list) else {part.get("type")} for part in (a, b)]
    if None not in types[0] | types[1] and not types[0] & types[1] and not {"integer", "number"} <= types[0] | types[1]:
        return True
    names = set(_required(a)) & set(_required(b))
    constants = [(_constant(a, name), _constant(b, name)) for name in names]
    return any(one is not None and other is not None and one != other for one, other in constants)


def _required(schema: dict[str, Any]) -> list[str]:
    required = schema.get("required")
    return [name for name in required if isinstance(name, str)] if isinstance(required, list) else []


def _constant(schema: dict[str, Any], name: Any) -> Any:
    field = at(schema, "properties", str(name))
    if not isinstance(field, dict):
        return None
    values = field.get("enum")
    return field.get("const", values[0] if isinstance(values, list) and len(values) == 1 else None)
