"""Write schemas as short types: `integer`, `'a' | 'b'`, `list[TextBlock]`, `{type: 'text', text: string}`."""

from __future__ import annotations

from typing import Any

from schema.document import referred_name

DEEPEST = 3


def short_type(schema: Any, depth: int = 0) -> str:
    """Return what a schema allows, as one short line."""
    if not isinstance(schema, dict):
        return "nothing" if schema is False else "any"
    if name := referred_name(schema):
        return name
    if "const" in schema:
        return repr(schema["const"])
    text = _values(schema) or _members(schema, depth) or _named(schema, depth)
    return f"{text} | null" if schema.get("nullable") is True and "null" not in text.split(" | ") else text


def value_text(value: Any) -> str:
    """Write the value of a keyword, such as a bound or a default."""
    if isinstance(value, dict):
        return short_type(value)
    if isinstance(value, list):
        return " | ".join(value_text(item) for item in value)
    return {True: "true", False: "false", None: "null"}.get(value, repr(value)) if _is_plain(value) else repr(value)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _values(schema: dict[str, Any]) -> str:
    values = schema.get("enum")
    return " | ".join(map(repr, values)) if isinstance(values, list) else ""


def _members(schema: dict[str, Any], depth: int) -> str:
    for key, bar in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if isinstance(schema.get(key), list):
            return bar.join(dict.fromkeys(short_type(part, depth + 1) for part in schema[key]))
    return ""


def _named(schema: dict[str, Any], depth: int) -> str:
    types = schema.get("type", "object" if "properties" in schema else "any")
    if isinstance(types, list):
        return " | ".join(short_type({**schema, "type": item, "nullable": False}, depth) for item in types)
    if types == "array":
        return f"list[{short_type(schema.get('items', {}), depth + 1)}]"
    fields = schema.get("properties")
    if types != "object" or not fields or depth >= DEEPEST:
        return str(types)
    required = schema.get("required", [])
    texts = (f"{name}{'' if name in required else '?'}: {short_type(f, depth + 1)}" for name, f in fields.items())
    return f"{{{', '.join(texts)}}}"
