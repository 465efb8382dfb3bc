"""Refuse a schema in which a name means something else than what the overlay or the generators call so.

Where the vendor publishes what the overlay adds, such as `ThinkingBlock`, the vendor's meaning is used. A schema that
only has the same name would take the place of what the client needs. So it is refused, with a line that renames it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .aliases import class_name
from .document import at, referred_name, resolved
from .errors import GenerateError
from .naming import COMPONENTS, PASTE, SCHEMA_NAME, line_to_rename
from .paths import OVERLAY

PASTE_NAMES = f"Name them with these lines in {OVERLAY}, the first below `actions:`"
UNIONS = ("anyOf", "oneOf")
# An error has five lines, and two of them say what is wrong.
MOST_LINES = 3


def check_overlay_names(document: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Refuse a component with a name of the overlay and another meaning. The document has the names that it gives."""
    schemas = at(document, *COMPONENTS) or {}
    client = overlay.get("x-client") or {}
    added = dict(_added(overlay))
    given = {str(action[SCHEMA_NAME]) for action in _actions(overlay) if SCHEMA_NAME in action}
    helpers = set((client.get("open-unions") or {}).values())
    for name, ours in added.items():
        is_foreign = name in schemas and name not in given
        if is_foreign and (name in helpers or not _means_the_same(ours, schemas[name], document, added)):
            refuse(name, "the overlay adds a schema of this name that means something else")


def check_variants(document: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Refuse a union of the client with members that have no name: their classes would get a number for a name."""
    places = {str(action[SCHEMA_NAME]): action["target"] for action in _actions(overlay) if SCHEMA_NAME in action}
    for name in (overlay.get("x-client") or {}).get("open-unions") or ():
        union = at(document, *COMPONENTS, name)
        members = [member for key in UNIONS for member in at(union, key) or ()]
        constants = [at(member, "properties", "type", "const") for member in members if not referred_name(member)]
        names = {constant: _variant_name(constant, name) for constant in constants if isinstance(constant, str)}
        lines = [
            f"""  - {{target: '{places.get(name, f"$.components.schemas.{name}")}["anyOf","oneOf"]"""
            f"""[?@.properties.type.const == "{constant}"]', {SCHEMA_NAME}: {given}, description: A name for it.}}"""
            for constant, given in names.items()
        ]
        if lines:
            raise GenerateError(f"{name} has members without a name. {PASTE_NAMES}\n" + "\n".join(lines[:MOST_LINES]))


def _variant_name(constant: str, union: str) -> str:
    """Return a name for a variant, such as `PingEvent` for `ping` in `StreamEvent`."""
    words = "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", constant))
    last = re.findall(r"[A-Z][a-z]*", union)[-1]
    return words if words.endswith(last) else f"{words}{last}"


def check_class_names(document: dict[str, Any]) -> None:
    """Refuse components that would be the same class as another one, or as one that the generator makes of a field."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    classes: dict[str, str] = {}
    for name in schemas:
        if (other := classes.setdefault(class_name(name), name)) != name:
            refuse(name, f"it would be the same class as {other}")
    for owner, schema in schemas.items():
        for field in _classes_within(owner, schema):
            if class_name(field) in classes and field != owner:
                refuse(classes[class_name(field)], f"a part of {owner} is a class of this name")


def _classes_within(name: str, schema: Any) -> Iterator[str]:
    """Yield the names that the generator gives to the inline objects and enumerations of a schema."""
    if not isinstance(schema, dict) or referred_name(schema):
        return
    if "enum" in schema or schema.get("type") == "object" or "properties" in schema:
        yield name
    for field, part in (schema.get("properties") or {}).items():
        yield from _classes_within(f"{name}_{field}", part)
    yield from _classes_within(f"{name}_item", schema.get("items"))
    for number, part in enumerate(part for key in UNIONS for part in schema.get(key) or ()):
        yield from _classes_within(f"{name}_type_{number}", part)


def refuse(name: str, why: str) -> None:
    """Raise the error for a component that needs another name, with the line that gives it one."""
    raise GenerateError(f"/components/schemas/{name}: {why}. {PASTE}\n{line_to_rename(name)}")


def _actions(overlay: dict[str, Any]) -> list[dict[str, Any]]:
    return [action for action in overlay.get("actions") or () if isinstance(action, dict)]


def _added(overlay: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the schemas that the overlay adds, by name."""
    for action in _actions(overlay):
        if action.get("target") == "$.components.schemas" and isinstance(action.get("update"), dict):
            yield from action["update"].items()


def _means_the_same(ours: Any, theirs: Any, document: dict[str, Any], added: dict[str, Any]) -> bool:
    """Return whether a vendor's schema is what the overlay adds: it has the same constant, or the fields it needs."""
    constant = at(ours, "properties", "type", "const")
    if constant is not None:
        return bool(at(theirs, "properties", "type", "const") == constant)
    if "anyOf" in ours:
        members = [resolved(member, document) for key in UNIONS for member in at(theirs, key) or ()]
        own = [added[referred_name(member)] for member in ours["anyOf"] if referred_name(member) in added]
        return bool(members) and all(_is_object(member) for member in [*members, *own])
    fields, needed = set(at(ours, "properties") or ()), set(at(ours, "required") or ())
    found = set(at(theirs, "properties") or ())
    return _is_object(ours) and _is_object(theirs) and needed <= found and bool(not fields or fields & found)


def _is_object(schema: Any) -> bool:
    return bool(at(schema, "type") == "object")
