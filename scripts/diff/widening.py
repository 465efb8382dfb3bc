"""Find the schemas that became a union which still has what was there: `TextBlock` to `TextBlock | ImageBlock`.

`redocly diff` resolves the reference that was there. So it compares the union with the fields of the schema, and finds
breaks of that schema, although nothing of it changed.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from schema.document import at, objects
from schema.normalize import structure

KEYWORDS = ("anyOf", "oneOf")
# What a schema may have beside its union without meaning more than the union.
BESIDE = frozenset({*KEYWORDS, "discriminator"})


@dataclass(frozen=True)
class Widening:
    """A schema that became a union: the place of a member that is new, and the member."""

    place: list[str]
    member: Any


def split(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], list[Widening]]:
    """Return `new` with the old schemas in place of the unions that have them, and the members that are new there."""
    rest = copy.deepcopy(new)
    found: list[Widening] = []
    for place, node in objects(rest):
        keyword = next((key for key in KEYWORDS if isinstance(node.get(key), list)), "")
        before = at(old, *place)
        if not keyword or not isinstance(before, dict) or structure(node).keys() - BESIDE:
            continue
        was = structure(before)
        added = [number for number, member in enumerate(node[keyword]) if structure(member) != was]
        if was and not was.keys() & BESIDE and len(added) == len(node[keyword]) - 1:
            found += [Widening([*place, keyword, str(number)], node[keyword][number]) for number in added]
            node.clear()
            node.update(copy.deepcopy(before))
    return rest, found
