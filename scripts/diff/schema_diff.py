"""Say of each schema change what it does to callers of this package, starting from what `redocly diff` says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from schema.document import Place, at, place_of, pointer, reachable

from . import operations, redocly, security, widening
from .changes import Change, Side
from .places import field_of, readable
from .rules import why
from .short_types import short_type, value_text
from .tolerance import is_tolerated, keeps_member

KEEPS_UNKNOWN = "the client keeps what it does not know here"
SIDES = {"request": ("requestBody", "parameters"), "response": ("responses",)}
BOUNDS = """
    minimum exclusiveMinimum maximum exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems
    uniqueItems minProperties maxProperties
""".split()  # noqa: SIM905 # As a list it would fill a screen.
KEYWORDS = {
    "const": "constant-changed",
    "default": "default-changed",
    "additionalProperties": "openness-changed",
    "operationId": "operation-renamed",
    **dict.fromkeys(BOUNDS, "bound-changed"),
}


@dataclass(frozen=True)
class Schemas:
    """Both schemas, what the client makes of the old one, and the place of its operation."""

    old: dict[str, Any]
    new: dict[str, Any]
    served: dict[str, Any]
    client: Place

    def sides(self, place: list[str]) -> set[str]:
        """Return the sides on which the client's operation uses a place."""
        if place[:2] == ["components", "schemas"]:
            documents = (self.old, self.new, self.served)
            return {side for side in SIDES if any(place[2] in self._used(document, side) for document in documents)}
        if place[:1] == ["paths"] and tuple(place[:3]) != self.client:
            return set()
        return {side for side, keys in SIDES.items() if any(key in place for key in (*keys, f"{side}Bodies"))}

    def _used(self, document: dict[str, Any], side: str) -> set[str]:
        """Return the names of the components that the client's operation uses on one side."""
        operation, path = at(document, *self.client), at(document, *self.client[:-1])
        parts = [at(node, key) for node in (operation, path) for key in SIDES[side]]
        return reachable(document, [part for part in parts if part])


def compare(
    old: dict[str, Any],
    new: dict[str, Any],
    served: dict[str, Any],
    client: Place,
    base_url: str = "",
    settings: str = "",
) -> list[Change]:
    """List the changes from `old` to `new`; `served` is `old` with the overlay, as callers have it.

    `client` is the place of the operation that the client has methods for, `base_url` the address that it has built in,
    and `settings` the file that holds it.
    """
    schemas = Schemas(old, new, served, client)
    rest, widenings = widening.split(old, new)
    found = [finding for finding in redocly.compare(old, rest) if not _is_judged_elsewhere(_place(finding))]
    changes = [change for finding in found for change in _changes(finding, schemas)]
    changes += [_widened(wider, schemas) for wider in widenings]
    changes += security.compare(old, new, client)
    changes += operations.compare(old, new, client, base_url, settings)
    return sorted(_once(changes), key=lambda change: (not change.breaking, change.place))


def _place(found: dict[str, Any]) -> list[str]:
    """Return where a change is, down to the keyword that changed."""
    before, after = found.get("base", {}), found.get("revision", {})
    place = place_of((after if "value" in after else before).get("pointer") or found["path"])
    name = found.get("property")
    return [*place, name] if name and place[-1:] != [name] else place


def _is_judged_elsewhere(place: list[str]) -> bool:
    """Return whether a change belongs to the security, the servers, or the coming and going of operations."""
    if place[:1] in (["security"], ["servers"]) or place[:2] == ["components", "securitySchemes"]:
        return True
    if place[:1] != ["paths"]:
        return False
    is_whole = len(place) == 2 or (len(place) == 3 and place[2] in operations.METHODS)
    return is_whole or place[2] == "servers" or place[3:4] in (["servers"], ["security"])


def _changes(found: dict[str, Any], schemas: Schemas) -> list[Change]:
    """Return what one finding of the tool means: a list of names that changed is one change for each name."""
    place, keyword = _place(found), found.get("property", "")
    sides = schemas.sides(place)
    before, after = (found.get(key, {}).get("value") for key in ("base", "revision"))
    if keyword == "required" and not isinstance(before, bool) and not isinstance(after, bool):
        return _required(place[:-1], before or [], after or [], sides)
    if keyword == "enum" and isinstance(before, list) and isinstance(after, list):
        return _values(found, place[:-1], before, after, sides, schemas)
    return [_one(found, place, keyword, sides, schemas)]


def _required(place: list[str], before: list[str], after: list[str], sides: set[str]) -> list[Change]:
    """Return a change for each field that became required or optional."""
    changes = []
    for name in sorted(set(before) ^ set(after), key=[*after, *before].index):
        field = [*place, "properties", name]
        now = name in after
        old, new = ("optional", "required") if now else ("required", "optional")
        breaking = ("request" if now else "response") in sides
        note = "" if not breaking else "calls without it fail" if now else "it may be missing"
        rule = "field-required" if now else "field-optional"
        changes.append(Change(readable(field), old, new, breaking, _side(sides), note, rule, pointer(tuple(field))))
    return changes


def _values(
    found: dict[str, Any], place: list[str], before: list[Any], after: list[Any], sides: set[str], schemas: Schemas
) -> list[Change]:
    """Return a change for the values that an enum gained, and one for those that it lost."""
    gained = value_text([value for value in after if value not in before])
    lost = value_text([value for value in before if value not in after])
    name, side, where = readable(place), _side(sides), pointer(tuple(place))
    changes = []
    if gained:
        spot = [*place, "enum"]
        breaking = "response" in sides and not is_tolerated("enum-values-added", found, spot, schemas.served)
        note = "" if "response" not in sides else "callers may get it" if breaking else KEEPS_UNKNOWN
        changes.append(Change(name, "", gained, breaking, side, note, "values-added", where))
    if lost:
        breaking = "request" in sides
        note = "calls with it fail" if breaking else ""
        changes.append(Change(name, lost, "", breaking, side, note, "values-removed", where))
    return changes


def _one(found: dict[str, Any], place: list[str], keyword: str, sides: set[str], schemas: Schemas) -> Change:
    """Return the change of one field, member, schema, status or keyword."""
    breaking = found["impact"] == "major"
    note = " ".join(verdict["message"] for verdict in found["verdicts"]) if breaking else ""
    rules = {verdict["ruleId"] for verdict in found["verdicts"]}
    rule = _rule(found, place, keyword)
    if rule in ("operation-renamed", "document-changed"):
        breaking, note = False, "no caller sees it"
    elif breaking and not sides:
        breaking, note = False, "the client has no method that uses it"
    elif breaking and "request" not in sides and rule == "bound-changed":
        breaking, note = False, "the client does not check the bounds of a response"
    elif rule == "openness-changed":
        # What the service sends beyond the schema is kept in any case.
        was, now = (found.get(key, {}).get("value", True) for key in ("base", "revision"))
        breaking = "request" in sides and now is not True and was is not False
        note = "calls with other fields fail" if breaking else ""
    elif breaking and rules and all(is_tolerated(name, found, place, schemas.served) for name in rules):
        # Each of these rules lets something in, so no request fails.
        breaking, note = False, KEEPS_UNKNOWN
    where = place[:-2] if rule.startswith("member-") else place
    if rule == "type-changed":
        where = place[:-1]
    old, new = _texts(found, place, keyword, rule, schemas)
    note = why(rule, sides) or note if breaking else note
    return Change(readable(where), old, new, breaking, _side(sides), note, rule, pointer(tuple(place)))


def _widened(wider: widening.Widening, schemas: Schemas) -> Change:
    """Return the change of a place that takes or sends one more schema. No request fails because of it."""
    where, sides = wider.place[:-2], schemas.sides(wider.place)
    is_kept = keeps_member(wider.member, where, schemas.new, schemas.served)
    breaking = "response" in sides and not is_kept
    note = "" if "response" not in sides else KEEPS_UNKNOWN if is_kept else why("member-added", {"response"})
    pointer_ = pointer(tuple(wider.place))
    return Change(readable(where), "", short_type(wider.member), breaking, _side(sides), note, "member-added", pointer_)


def _rule(found: dict[str, Any], place: list[str], keyword: str) -> str:
    how = {"added": "added", "removed": "removed"}.get(found["kind"], "changed")
    if place[:1] in (["info"], ["tags"], ["openapi"]) or (place[:1] == ["paths"] and place[3:4] == ["tags"]):
        return "document-changed"
    if keyword:
        is_type = keyword in ("type", "enum", "format", "items", "$ref")
        return "type-changed" if is_type else KEYWORDS.get(keyword, "schema-changed")
    if place[-2:-1] == ["properties"]:
        return f"field-{how}"
    if place[-2:-1] in (["anyOf"], ["oneOf"], ["allOf"]):
        return f"member-{how}"
    if place[:2] == ["components", "schemas"] and len(place) == 3:
        return f"schema-{how}"
    return f"status-{how}" if place[-2:-1] == ["responses"] else "schema-changed"


def _texts(found: dict[str, Any], place: list[str], keyword: str, rule: str, schemas: Schemas) -> tuple[str, str]:
    """Return what was there and what is there now, as short types."""
    texts = []
    for key, document, gone in (("base", schemas.old, "added"), ("revision", schemas.new, "removed")):
        spot = place_of(found.get(key, {}).get("pointer", "")) if rule == "member-removed" else place
        if found["kind"] == gone:
            texts.append("")
        elif rule == "type-changed":
            texts.append(short_type(at(document, *place[:-1])))
        elif keyword:
            value = at(document, *place)
            texts.append("" if value is None else value_text(value))
        elif rule.startswith("status-"):
            texts.append("answers")
        else:
            texts.append(short_type(at(document, *spot)))
    return texts[0], texts[1]


def _side(sides: set[str]) -> Side:
    return "both" if len(sides) == 2 else "request" if "request" in sides else "response" if sides else "none"


def _once(changes: Iterable[Change]) -> list[Change]:
    """Say the same fact once: a new field is required or not, a new type has its bounds, a new schema is a member."""
    rows: dict[str, list[Change]] = {}
    for change in changes:
        rows.setdefault(change.place.split(" ")[0] if field_of(change.pointer) else change.place, []).append(change)
    merged = [row for group in rows.values() for row in _merged(group)]
    return _without_new_schemas(merged)


def _merged(group: list[Change]) -> list[Change]:
    """Merge the changes of one place into the one that implies the others."""
    order = ("field-added", "field-removed", "type-changed")
    first = next((change for rule in order for change in group if change.rule == rule), None)
    if first is None or len(group) == 1:
        return group
    rest = [change for change in group if change is not first]
    if first.rule == "type-changed":
        # A new type has other keywords. Only those that break callers on their own have a row.
        return [first, *(change for change in rest if change.breaking or change.rule.startswith("field-"))]
    required = next((change for change in rest if change.rule == "field-required"), None)
    if first.rule == "field-added" and required:
        first = replace(first, new=f"{first.new}, required", breaking=required.breaking, note=required.note)
    return [first, *(change for change in rest if change.rule not in ("field-required", "field-optional"))]


def _without_new_schemas(changes: list[Change]) -> list[Change]:
    """Leave out a new schema that another row names, and note its name there."""
    new = {change.place: change for change in changes if change.rule == "schema-added"}
    result = []
    for change in changes:
        if change.place in new and change.rule == "schema-added":
            continue
        words = change.new.replace("[", " ").replace("]", " ").replace("|", " ").split()
        also = tuple(name for name in new if name in words)
        result.append(replace(change, also=also) if also else change)
    named = {name for change in result for name in change.also}
    return result + [change for name, change in new.items() if name not in named]
