"""Check what the hand-written client needs of the schema with its overlay: `x-client` in the overlay lists it.

A change of the vendor's file can silently undo what the overlay does. So the result is checked, not the actions.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .collisions import check_overlay_names, check_variants
from .document import at, objects, pointer, references, referred_name
from .errors import GenerateError
from .naming import COMPONENTS, SCHEMA_NAME, line_to_paste
from .open_unions import closed_unions
from .overlay import names_given
from .paths import OVERLAY, PACKAGE
from .responses import names_of_responses

TARGET = re.compile(r"\$\.components\.schemas\.([A-Za-z]\w*)")


def check_names(
    document: dict[str, Any], overlay: dict[str, Any], root: Path, before: dict[str, Any] | None = None
) -> None:
    """Refuse a schema without a part that the overlay or the client names. The vendor may have renamed it.

    Args:
        document: The schema.
        overlay: The overlay, of which only the names are used.
        root: The folder of the hand-written package.
        before: The schema so far, to find the part that took the place of the one that is missing.
    """
    old = at(before, *COMPONENTS) or {}
    named = names_given(document, overlay)
    check_overlay_names(named, overlay)
    check_variants(named, overlay)
    schemas = named["components"]["schemas"]
    client = overlay.get("x-client") or {}
    present = schemas.keys() | set(_names_of_overlay(overlay))
    needed = {
        "the client uses": {*(client.get("names") or ()), *_names_in_code(root)},
        "the overlay changes": _targets(overlay),
        "the overlay refers to": _referred_in(overlay),
    }
    for who, names in needed.items() if client else ():
        for name in sorted(names - present):
            raise GenerateError(f"the schema has no {name}, which {who}. {_way_out(name, schemas, old)}")


def _targets(overlay: dict[str, Any]) -> set[str]:
    """Return the names of the schemas that the required actions change."""
    actions = [action for action in overlay.get("actions") or () if isinstance(action, dict)]
    targets = [str(action.get("target")) for action in actions if action.get("x-required")]
    return {match[1] for match in map(TARGET.match, targets) if match}


def _referred_in(overlay: dict[str, Any]) -> set[str]:
    """Return the names of the schemas that the overlay's updates refer to."""
    updates = [action.get("update") for action in overlay.get("actions") or () if isinstance(action, dict)]
    return {name for name in references(updates) if name}


def _names_in_code(root: Path) -> set[str]:
    """Return the names of models that the hand-written package uses."""
    package = root / PACKAGE
    found: set[str] = set()
    for path in package.rglob("*.py"):
        if "_generated" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "models":
                found.add(node.attr)
    return {name for name in found if name[:1].isupper() and not name.isupper()} - {"Unset"}


def _way_out(name: str, schemas: dict[str, Any], old: dict[str, Any]) -> str:
    """Say how to go on: which new component looks like the one that is missing, and the line that gives it the name."""
    fields = set(at(old, name, "properties") or ())

    def likeness(other: str) -> float:
        others = set(at(schemas, other, "properties") or ())
        shared = len(fields & others) / max(len(fields | others), 1)
        return shared + difflib.SequenceMatcher(None, name, other).ratio()

    candidates = sorted((other for other in schemas if other not in old), key=likeness, reverse=True)
    if not candidates:
        return f"If the vendor calls it otherwise by now, name it in {OVERLAY} with `{SCHEMA_NAME}`"
    line = line_to_paste((*COMPONENTS, candidates[0]), SCHEMA_NAME, name, "The vendor renamed it.")
    return f"If it is {candidates[0]} by now, put this line into {OVERLAY}, the first below `actions:`\n{line}"


def _names_of_overlay(overlay: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the schemas that the overlay adds."""
    for action in overlay.get("actions") or ():
        if SCHEMA_NAME in action:
            yield str(action[SCHEMA_NAME])
        elif action.get("target") == "$.components.schemas" and isinstance(action.get("update"), dict):
            yield from action["update"]


def check_document(document: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Refuse a document whose unions are not open or lack a type, or that closes an object which the service sends."""
    client = overlay.get("x-client") or {}
    schemas = document["components"]["schemas"]
    for name, last in (client.get("open-unions") or {}).items():
        members = _members(schemas.get(name))
        if not members or referred_name(members[-1]) != last:
            raise GenerateError(f"{name} must be a union that ends with {last}: correct its actions in {OVERLAY}")
        fields = at(_resolved(members[-1], schemas), "required") or ["type"]
        for member in members[:-1]:
            if not any(_has_constant(member, field, schemas) for field in fields):
                raise GenerateError(
                    f"{referred_name(member) or 'a member'} of {name} has no constant `{fields[0]}`, so the client "
                    f"cannot tell it from the others: ask the vendor, or leave it out with an action in {OVERLAY}"
                )
    for name, types in (client.get("known-types") or {}).items():
        members = [_resolved(member, schemas) for member in _members(schemas.get(name))]
        known = {at(member, "properties", "type", "const") for member in members}
        for missing in sorted(set(types) - known):
            raise GenerateError(
                f"{name} must have a member of the type {missing!r}: add it with an action in {OVERLAY}"
            )
    for union in closed_unions(document):
        raise GenerateError(f"/components/schemas/{union} is sent by the service and must have an open member")
    for name in sorted(names_of_responses(document)):
        for place, node in objects(schemas.get(name)):
            if node.get("additionalProperties") is False:
                raise GenerateError(f"{pointer((*COMPONENTS, name, *place))} is sent by the service and must be open")


def _has_constant(schema: Any, name: str, schemas: dict[str, Any]) -> bool:
    """Return whether a schema, or a part that it is composed of, says which values a field has."""
    schema = _resolved(schema, schemas)
    field = _resolved(at(schema, "properties", name), schemas) or {}
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in at(schema, key) or ()]
    return bool(field.keys() & {"const", "enum"}) or any(_has_constant(part, name, schemas) for part in parts)


def _members(schema: Any) -> list[Any]:
    found = [member for key in ("anyOf", "oneOf") for member in (at(schema, key) or [])]
    return [member for member in found if member != {"type": "null"}]


def _resolved(schema: Any, schemas: dict[str, Any]) -> Any:
    while referred_name(schema):
        schema = schemas.get(referred_name(schema))
    return schema


def check_code(document: dict[str, Any], overlay: dict[str, Any], output: Path) -> None:
    """Refuse generated code in which a union of the client has no name or is not open."""
    text = (output / "unions.py").read_text(encoding="utf-8")
    unions = {
        ast.unparse(node.target): ast.unparse(node.value).split(" | ")
        for node in ast.parse(text).body
        if isinstance(node, ast.AnnAssign) and node.value is not None
    }
    for name, last in ((overlay.get("x-client") or {}).get("open-unions") or {}).items():
        if unions.get(name, [""])[-1] != last:
            raise GenerateError(f"the generated {name} does not end with {last}: all members of it must be objects")
    models = (output / "models" / "__init__.py").read_text(encoding="utf-8")
    for name in (overlay.get("x-client") or {}).get("names") or ():
        if f'"{name}"' not in models and name not in unions and name in document["components"]["schemas"]:
            raise GenerateError(f"the generated code has no {name}: its schema must be an object or an enumeration")
