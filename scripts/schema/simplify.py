"""Say in other terms what the generators cannot take. `testing.LocalServer` checks by the vendor's terms."""

from __future__ import annotations

import copy
from typing import Any

from .document import objects, resolved

SCALARS = frozenset({"string", "integer", "number", "boolean"})


def simplified(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy for the generators: with wider types in some places, never with narrower ones."""
    document = copy.deepcopy(document)
    for _, node in objects(document):
        if isinstance(node.get("items"), bool):
            del node["items"]
        _open_numbers(node)
        if node.pop("patternProperties", None):
            node["additionalProperties"] = True
        node.pop("propertyNames", None)
        if isinstance(node.get("parameters"), list):
            for parameter in node["parameters"]:
                _simplify_parameter(parameter, document)
    return document


def _open_numbers(schema: dict[str, Any]) -> None:
    """Take any number where a list of numbers has fractions. A `Literal` cannot hold these."""
    values = schema.get("enum")
    if not isinstance(values, list) or not any(isinstance(value, float) for value in values):
        return
    del schema["enum"]
    names = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}
    types = sorted({names[type(value)] for value in values if type(value) in names})
    schema.setdefault("type", types[0] if len(types) == 1 else types)


def _simplify_parameter(parameter: Any, document: dict[str, Any]) -> None:
    """Write a header or a part of the path as a scalar without a list of values: it is sent as one text."""
    if not isinstance(parameter, dict) or parameter.get("in") == "query":
        return
    schema = resolved(parameter.get("schema"), document)
    type_ = schema.get("type")
    parameter.pop("content", None)
    parameter["schema"] = {"type": type_ if isinstance(type_, str) and type_ in SCALARS else "string"}
