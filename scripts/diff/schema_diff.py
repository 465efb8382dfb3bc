"""Tell of each schema change what it does to callers of this package, starting from what `redocly diff` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import redocly
from changes import Change

KEEPS_UNKNOWN = "the client keeps what it does not know here"
AUTHORIZATION = (
    "The client sends `Authorization: Bearer KEY`, or `Api-Key KEY` where a caller asks for it: try both against the "
    "service before the release"
)


def compare(old: dict[str, Any], new: dict[str, Any], served: dict[str, Any]) -> list[Change]:
    """List the changes from `old` to `new`; `served` is `old` with the overlay, which callers have."""
    sides = {"request": set[str](), "response": set[str]()}
    for document in (old, new):
        for operation in _operations(document):
            sides["request"] |= _reachable(document, operation.get("requestBody"))
            sides["response"] |= _reachable(document, operation.get("responses"))
    return [_change(found, sides, served) for found in redocly.compare(old, new)]


def _change(found: dict[str, Any], sides: dict[str, set[str]], served: dict[str, Any]) -> Change:
    before, after = found.get("base", {}), found.get("revision", {})
    keys = _keys((after if "value" in after else before).get("pointer") or found["path"])
    name = found.get("property")
    if name and keys[-1] != name:
        keys.append(name)
    component = keys[2] if keys[:2] == ["components", "schemas"] else ""
    inside = {side for side, names in sides.items() if component in names}
    if not component:
        inside = {side for side, key in (("request", "requestBody"), ("response", "responses")) if key in keys}
    breaking, note = found["impact"] == "major", ", ".join(verdict["message"] for verdict in found["verdicts"])
    if breaking and name == "operationId":
        breaking, note = False, "no caller sees this name"
    elif breaking and "request" not in inside and _is_tolerated(found, keys, served):
        breaking, note = False, KEEPS_UNKNOWN
    elif "securitySchemes" in keys and breaking:
        note = f"{note} {AUTHORIZATION}"
    return Change(
        place=_readable(keys),
        kind={"added": "added", "removed": "removed"}.get(found["kind"], "changed"),  # type: ignore[arg-type]
        old=_text(before.get("value")) if found["kind"] != "added" else "",
        new=_text(after.get("value")) if found["kind"] != "removed" else "",
        breaking=breaking,
        side="request" if inside == {"request"} else "response" if inside == {"response"} else "both",
        note=note,
    )


def _is_tolerated(found: dict[str, Any], keys: list[str], served: dict[str, Any]) -> bool:
    """Tell whether the overlay lets the client take what the service may now send."""
    rules = {verdict["ruleId"] for verdict in found["verdicts"]}
    if rules == {"schema-combinator-changed"} and found["kind"] == "added":
        return any(_refers_to(part).startswith("Unknown") for part in _union(_at(served, keys[:-2])))
    union = _union(_at(served, keys[:-1]))
    if rules == {"enum-values-added"}:
        return any(part.get("type") == "string" and "enum" not in part for part in union)
    if rules == {"schema-type-changed"}:
        old, new = (_types(found[side].get("value")) for side in ("base", "revision"))
        return new - old == {"null"} and old <= new and any(part.get("type") == "null" for part in union)
    return False


def _union(node: Any) -> list[dict[str, Any]]:
    parts = (node.get("anyOf") or node.get("oneOf") or []) if isinstance(node, dict) else []
    return [part for part in parts if isinstance(part, dict)]


def _refers_to(part: dict[str, Any]) -> str:
    return str(part.get("$ref", "")).rpartition("/")[2]


def _types(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {str(value)}


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document.get("paths", {}).values():
        yield from (operation for operation in path.values() if isinstance(operation, dict))


def _reachable(document: dict[str, Any], start: Any) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            reference = node.get("$ref")
            if isinstance(reference, str) and reference not in found:
                found.add(reference)
                waiting.append(_at(document, _keys(reference)))
    return {reference.rpartition("/")[2] for reference in found}


def _at(node: Any, keys: list[str]) -> Any:
    for key in keys:
        if isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        else:
            node = node.get(key) if isinstance(node, dict) else None
    return node


def _keys(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("#/").split("/")]


def _readable(keys: list[str]) -> str:
    """Write `components/schemas/A/properties/b/minimum` as `A.b minimum`."""
    if keys[:2] != ["components", "schemas"]:
        return " ".join(keys)
    place, rest = keys[2], keys[3:]
    while len(rest) > 1 and rest[0] == "properties":
        place, rest = f"{place}.{rest[1]}", rest[2:]
    return " ".join([place, *rest])


def _text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
