"""Say whether the overlay lets the client take what the service may now send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schema.document import at, place_of, referred_name


def is_tolerated(rule: str, found: dict[str, Any], place: list[str], served: dict[str, Any]) -> bool:
    """Return whether the client keeps what it does not know at a place of the response.

    `rule` is the rule of `redocly diff` that the finding broke. `served` is the schema with the overlay.
    """
    if rule == "schema-combinator-changed" and found["kind"] == "added":
        return any(referred_name(part).startswith("Unknown") for part in _union(served, place[:-2]))
    union = list(_leaves(served, at(served, *place[:-1])))
    if rule == "enum-values-added":
        return any(part.get("type") == "string" and "enum" not in part for part in union)
    if rule == "schema-type-changed":
        old, new = (_types(found[side].get("value")) for side in ("base", "revision"))
        return new - old == {"null"} and old <= new and any(part.get("type") == "null" for part in union)
    return False


def keeps_member(member: Any, place: list[str], new: dict[str, Any], served: dict[str, Any]) -> bool:
    """Return whether the client keeps one more schema at a place of the response, of the schema `new`."""
    union = list(_leaves(served, at(served, *place)))
    if _resolved(new, member).get("type") == "null":
        return any(part.get("type") == "null" for part in union)
    is_object = all(part.get("type") == "object" for part in _leaves(new, member))
    return is_object and any(referred_name(part).startswith("Unknown") for part in _union(served, place))


def _union(document: dict[str, Any], place: list[str]) -> list[dict[str, Any]]:
    """Return the members of the union at a place, or of the union that the place refers to."""
    node = _resolved(document, at(document, *place))
    parts = node.get("anyOf") or node.get("oneOf") or []
    return [part for part in parts if isinstance(part, dict)]


def _leaves(document: dict[str, Any], node: Any) -> Iterator[dict[str, Any]]:
    """Yield the members of a union, and those of the unions among them."""
    schema = _resolved(document, node)
    parts = schema.get("anyOf") or schema.get("oneOf")
    if not parts:
        yield schema
    for part in parts or ():
        yield from _leaves(document, part)


def _resolved(document: dict[str, Any], node: Any) -> dict[str, Any]:
    while isinstance(node, dict) and "$ref" in node:
        node = at(document, *place_of(node["$ref"]))
    return node if isinstance(node, dict) else {}


def _types(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {str(value)}
