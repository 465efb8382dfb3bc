"""Put a change in few words, for every form of the report."""

from __future__ import annotations

import re

from .changes import Change
from .python_types import split_union

SIDES = {"both": "request and response", "none": "", "python": "Python"}


def side_text(change: Change) -> str:
    """Return the name of the side of a change."""
    return SIDES.get(change.side, change.side)


def change_parts(change: Change) -> list[tuple[str, str]]:
    """Return what changed as pairs of our text and a foreign value: `gains`, `'pause_turn'`."""
    gains = change.rule in ("values-added", "member-added")
    if change.rule == "caller-fails":
        return [("no longer checks:", change.new)]
    if change.rule in ("operation-added", "operation-removed"):
        return [(change.new or change.old, "")]
    if change.rule in ("status-added", "status-removed"):
        return [("added" if change.new else "removed", "")]
    if not change.old:
        return [("gains" if gains else "new,", change.new)]
    if not change.new:
        loses = change.rule in ("values-removed", "member-removed")
        return [("loses" if loses else "removed, was", change.old)]
    old, new = _without_common_use(change.old, change.new)
    return _difference(old, new) or [("", old), ("→", new)]


def _without_common_use(old: str, new: str) -> tuple[str, str]:
    """Leave out how a Python name is used, where that did not change: `field, int` is `int`."""
    uses = [text.partition(", ") for text in (old, new)]
    if uses[0][0] == uses[1][0] and uses[0][2] and re.fullmatch(r"[a-z ]+", uses[0][0]):
        return uses[0][2], uses[1][2]
    return old, new


def _difference(old: str, new: str) -> list[tuple[str, str]]:
    """Return what a long union gained and lost; nothing if both are short, or no unions."""
    if max(len(old), len(new)) < 60:
        return []
    before, after = split_union(old), split_union(new)
    gained = [part for part in after if part not in before]
    lost = [part for part in before if part not in after]
    if len(gained) == len(after) or len(lost) == len(before):
        return []
    parts = [("gains", " | ".join(gained))] * bool(gained) + [("loses", " | ".join(lost))] * bool(lost)
    return parts or [("another order of", re.sub(r"\s+", " ", new))]
