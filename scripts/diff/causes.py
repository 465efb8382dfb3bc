"""Join the two parts: which change of the schema is the cause of which change of a Python name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from .changes import Change
from .client import Client
from .places import field_of
from .surface_text import Surface

Key = tuple[str, str]
# Changes of what callers get that a type would show. If no type changed, the client already allowed for them.
VISIBLE = ("field-optional", "type-changed", "values-added", "member-added")
COVERED = "the client's types already allow for it"


def join(
    schema: list[Change], python: list[Change], old: Surface, new: Surface, client: Client
) -> tuple[list[Change], list[Change]]:
    """Return the schema changes with their effects, and the Python changes that no schema change explains."""
    rows: dict[Key, list[int]] = defaultdict(list)
    for number, change in enumerate(schema):
        for key in _keys(change):
            rows[key].append(number)
    effects: dict[int, list[Change]] = defaultdict(list)
    others = []
    for change in python:
        found = next((rows[key] for key in _causes(change.place, old, new, client) if key in rows), None)
        if found:
            effects[_best(found, schema)].append(change)
        else:
            others.append(change)
    joined = [_with_effects(change, tuple(effects[number]), old, new) for number, change in enumerate(schema)]
    return joined, others


def _best(found: list[int], schema: list[Change]) -> int:
    """Return the most telling of the possible causes: one that breaks callers, then the first."""
    return min(found, key=lambda number: (not schema[number].breaking, number))


def _keys(change: Change) -> list[Key]:
    """Return the schemas and fields that a change is about."""
    field = field_of(change.pointer)
    return [*([(field[0], _plain(field[1]))] if field else []), *((name, "") for name in change.also)]


def _plain(name: str) -> str:
    """Return a field's name without what differs between the wire and Python: `serviceTier` is `service_tier`."""
    return re.sub(r"[\W_]", "", name).lower()


def _causes(place: str, old: Surface, new: Surface, client: Client) -> list[Key]:
    """Return the schema fields that a Python name stands for, the closest first."""
    name = re.match(r'(?:models|params)\.(\w+)(?:\.(\w+)|\["(.*)"\])?', place)
    if not name:
        return []
    owner = client.request if name[1] in client.copies else name[1]
    field = _plain(name[2] or name[3] or "")
    keys: list[Key] = [(owner, field)]
    if field:
        keys.append((owner, ""))
        return keys
    # An alias, or a class that a schema names within itself, belongs to the fields that mention it.
    for surface in (old, new):
        for user in surface.users(place):
            keys += _causes(user, old, new, client)[:1]
    return list(dict.fromkeys(keys))


def _with_effects(change: Change, effects: tuple[Change, ...], old: Surface, new: Surface) -> Change:
    breaks = next((effect for effect in effects if effect.breaking), None)
    if breaks and not change.breaking:
        note = f"`{breaks.place}`: {breaks.note}"
        return replace(change, breaking=True, note=note, effects=effects)
    if change.breaking and not breaks and _is_covered(change, old, new):
        return replace(change, breaking=False, note=COVERED, effects=effects)
    return replace(change, effects=effects)


def _is_covered(change: Change, old: Surface, new: Surface) -> bool:
    """Return whether a type would show the change, and shows nothing that breaks."""
    field = field_of(change.pointer)
    # A new type of a shared schema may also take less from callers. The other rules only let something in.
    is_widening = change.side == "response" or (change.side == "both" and change.rule != "type-changed")
    if change.rule not in VISIBLE or not field or not is_widening:
        return False
    name = f"models.{field[0]}.{field[1]}"
    facts = [surface.lookup(name) for surface in (old, new)]
    return all(fact and not re.search(r"\b(?:Any|dict)\b", fact.type) for fact in facts)
