"""Say of each schema change what it does to callers of this package, starting from what `redocly diff` says."""

from __future__ import annotations

import json
from typing import Any

from jsonpath_rfc9535 import find

from schema.document import at, place_of, reachable, referred_name

from . import redocly
from .changes import Change

KEEPS_UNKNOWN = "the client keeps what it does not know here"
AUTHORIZATION = (
    "The client sends `Authorization: Bearer KEY`, or `Api-Key KEY` where a caller asks for it: try both against the "
    "service before the release"
)
SIDES = {"request": "requestBody", "response": "responses"}


def compare(old: dict[str, Any], new: dict[str, Any], served: dict[str, Any]) -> list[Change]:
    """List the changes from `old` to `new`; `served` is `old` with the overlay, as callers have it."""
    components = {side: _used(old, key) | _used(new, key) for side, key in SIDES.items()}
    return [_change(found, components, served) for found in redocly.compare(old, new)]


def _used(document: dict[str, Any], key: str) -> set[str]:
    """Return the names of the components that the operations use under a key."""
    return reachable(document, find(f"$.paths.*.*.{key}", document).values())


def _change(found: dict[str, Any], components: dict[str, set[str]], served: dict[str, Any]) -> Change:
    before, after = found.get("base", {}), found.get("revision", {})
    place = _place(found, before, after)
    if place[:2] == ["components", "schemas"]:
        sides = {side for side, names in components.items() if place[2] in names}
    else:
        sides = {side for side, key in SIDES.items() if key in place}
    breaking, note = found["impact"] == "major", ", ".join(verdict["message"] for verdict in found["verdicts"])
    if breaking and found.get("property") == "operationId":
        breaking, note = False, "no caller sees this name"
    elif breaking and "request" not in sides and _is_tolerated(found, place, served):
        breaking, note = False, KEEPS_UNKNOWN
    elif breaking and "securitySchemes" in place:
        note = f"{note} {AUTHORIZATION}"
    return Change(
        place=_readable(place),
        old=_text(before.get("value")) if found["kind"] != "added" else "",
        new=_text(after.get("value")) if found["kind"] != "removed" else "",
        breaking=breaking,
        side="request" if sides == {"request"} else "response" if sides == {"response"} else "both",
        note=note,
    )


def _place(found: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return where a change is, down to the keyword that changed."""
    place = place_of((after if "value" in after else before).get("pointer") or found["path"])
    name = found.get("property")
    return [*place, name] if name and place[-1] != name else place


def _is_tolerated(found: dict[str, Any], place: list[str], served: dict[str, Any]) -> bool:
    """Return whether the overlay lets the client take what the service may now send."""
    rules = {verdict["ruleId"] for verdict in found["verdicts"]}
    if rules == {"schema-combinator-changed"} and found["kind"] == "added":
        return any(referred_name(part).startswith("Unknown") for part in _union(served, place[:-2]))
    union = [_resolved(served, part) for part in _union(served, place[:-1])]
    if rules == {"enum-values-added"}:
        return any(part.get("type") == "string" and "enum" not in part for part in union)
    if rules == {"schema-type-changed"}:
        old, new = (_types(found[side].get("value")) for side in ("base", "revision"))
        return new - old == {"null"} and old <= new and any(part.get("type") == "null" for part in union)
    return False


def _union(document: dict[str, Any], place: list[str]) -> list[dict[str, Any]]:
    """Return the members of the union at a place, or of the union that the place refers to."""
    node = _resolved(document, at(document, *place))
    parts = node.get("anyOf") or node.get("oneOf") or []
    return [part for part in parts if isinstance(part, dict)]


def _resolved(document: dict[str, Any], node: Any) -> dict[str, Any]:
    while isinstance(node, dict) and "$ref" in node:
        node = at(document, *place_of(node["$ref"]))
    return node if isinstance(node, dict) else {}


def _types(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {str(value)}


def _readable(place: list[str]) -> str:
    """Write `components/schemas/A/properties/b/minimum` as `A.b minimum`."""
    if place[:2] != ["components", "schemas"]:
        return " ".join(place)
    name, rest = place[2], place[3:]
    while len(rest) > 1 and rest[0] == "properties":
        name, rest = f"{name}.{rest[1]}", rest[2:]
    return " ".join([name, *rest])


def _text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
