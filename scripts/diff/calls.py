"""Write how a caller's code changes: one line of Python before, and one after."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from typing import Any

from schema.document import at, place_of, referred_name

from .changes import Change
from .places import field_of

SAMPLES = {"integer": 1, "number": 0.5, "string": "text", "boolean": True, "array": [], "object": {}, "null": None}
PYTHON_SAMPLES = {"int": 1, "float": 0.5, "str": "text", "bool": True, "None": None, "list": [], "dict": {}}
RULES = ("field-added", "field-removed", "field-required", "type-changed", "values-removed", "constant-changed")


def with_call(change: Change, old: dict[str, Any], new: dict[str, Any], request: str) -> Change:
    """Return the change with the two lines, if it is one that changes a call.

    `request` is the name of the schema whose fields are the keywords of `create`.
    """
    if change.call or not change.breaking or change.side == "response":
        return change
    lines = _argument(change) if change.side == "python" else _field(change, old, new, request)
    return replace(change, call=lines) if lines and lines[0] != lines[1] and all(map(_is_python, lines)) else change


def _field(change: Change, old: dict[str, Any], new: dict[str, Any], request: str) -> tuple[str, str] | None:
    """Write the call with the field of a request, or the dict that goes into one."""
    field = field_of(change.pointer)
    if not field or not field[1]:
        return None
    if change.rule not in RULES and not (change.rule == "bound-changed" and change.place.endswith("imum")):
        return None
    owner, name = field
    place = ("components", "schemas", owner, "properties", name)
    before, after = (_sample(document, at(document, *place)) for document in (old, new))
    if change.rule == "values-removed":
        before = _literal(ast.literal_eval(change.old.split(" | ")[0]))
    if change.rule == "bound-changed":
        before, after = _beyond(change)
    has = [change.rule not in ("field-added", "field-required"), change.rule != "field-removed"]
    lines = [
        _line(owner, name, text if there else None, request) for text, there in zip((before, after), has, strict=True)
    ]
    return lines[0], lines[1]


def _line(owner: str, name: str, value: str | None, request: str) -> str:
    if owner == request:
        argument = "" if value is None else f", {name}={value}"
        return f"client.messages.create(**request{argument})"
    variable = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", owner).lower()
    return f"{{**{variable}}}" if value is None else f'{{**{variable}, "{name}": {value}}}'


def _beyond(change: Change) -> tuple[str, str]:
    """Return a value that a tighter bound no longer takes, and one that it takes."""
    try:
        bound = ast.literal_eval(change.new or change.old)
        step = 1 if "aximum" in change.place else -1
        inside = bound - step if "xclusive" in change.place else bound
        return repr(bound + step), repr(inside)
    except (ValueError, SyntaxError, TypeError):
        return "", ""


def _sample(document: dict[str, Any], schema: Any, depth: int = 0) -> str:
    """Return some value that a schema takes, as Python. An object has the fields that it requires."""
    for _ in range(5):
        if not referred_name(schema):
            break
        schema = at(document, *place_of(schema["$ref"]))
    if not isinstance(schema, dict) or depth > 5:
        return "..."
    for key in ("anyOf", "oneOf", "allOf"):
        if schema.get(key):
            return _sample(document, schema[key][0], depth + 1)
    if schema.get("required") and isinstance(schema.get("properties"), dict):
        fields = schema["properties"]
        parts = [
            f"{_literal(name)}: {_sample(document, fields.get(name, {}), depth + 1)}" for name in schema["required"]
        ]
        return f"{{{', '.join(parts)}}}"
    if "const" in schema or schema.get("enum"):
        return _literal(schema.get("const", (schema.get("enum") or [None])[0]))
    types = schema.get("type", "object")
    return _literal(SAMPLES.get(types[0] if isinstance(types, list) else types, ...))


def _argument(change: Change) -> tuple[str, str] | None:
    """Write the call of a function of the package with the argument that changed."""
    found = re.fullmatch(r"([\w.]+?)(?:\[\d+\])?\((\w+)\)", change.place)
    if not found:
        return None
    path = re.sub(r"^_?\w*messages\.(?:Async)?Messages\.", "client.messages.", found[1])
    texts = [change.old, change.new]
    if change.rule == "argument-required" or change.rule == "default-removed":
        texts[0] = ""
    values = [f"{found[2]}={_python_sample(text.partition(', ')[2])}" if text else "" for text in texts]
    return f"{path}({values[0]})", f"{path}({values[1]})"


def _python_sample(type_: str) -> str:
    name = re.split(r"[\[| ]", type_)[0]
    if literal := re.match(r"Literal\[([^,\]]+)", type_):
        return _literal(ast.literal_eval(literal[1]))
    return _literal(PYTHON_SAMPLES.get(name, ...))


def _literal(value: object) -> str:
    """Write a value as Python, in double quotes as the project does."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "..." if value is ... else repr(value)


def _is_python(line: str) -> bool:
    """Return whether a line is valid Python: names of a schema need not be names of Python."""
    try:
        ast.parse(line)
    except (SyntaxError, ValueError):
        return False
    return True
