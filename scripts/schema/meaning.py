"""Compare two canonical documents: does a schema of one mean the same as a schema of the other?"""

from __future__ import annotations

from typing import Any

from .document import NAME_MAPS, TEXTS, resolved


class Meaning:
    """Compares schemas of two canonical documents, through references."""

    def __init__(self, new: dict[str, Any], old: dict[str, Any]) -> None:
        self._new, self._old = new, old
        self._assumed: set[tuple[str, str]] = set()

    def same(self, new: Any, old: Any) -> bool:
        """Return whether a schema of the new document means the same as one of the old document."""
        return self._same(new, old)

    def _same(self, new: Any, old: Any) -> bool:
        if isinstance(new, dict) and isinstance(old, dict):
            new_ref, old_ref = new.get("$ref"), old.get("$ref")
            if isinstance(new_ref, str) or isinstance(old_ref, str):
                return self._same_through_references(new, old, str(new_ref), str(old_ref))
            keys = new.keys() - TEXTS
            return keys == old.keys() - TEXTS and all(self._same_value(key, new[key], old[key]) for key in keys)
        if isinstance(new, list) and isinstance(old, list):
            return len(new) == len(old) and all(map(self._same, new, old))
        return bool(new == old) and type(new) is type(old)

    def _same_through_references(self, new: dict[str, Any], old: dict[str, Any], new_ref: str, old_ref: str) -> bool:
        if new_ref == old_ref:
            return True  # The schemas themselves are compared at their own place.
        pair = (new_ref, old_ref)
        if pair in self._assumed and new_ref != "None" and old_ref != "None":
            return True
        self._assumed.add(pair)
        if new_ref == "None" or old_ref == "None":
            self._assumed.discard(pair)
        same = self._same(resolved(new, self._new), resolved(old, self._old))
        self._assumed.discard(pair)
        return same

    def _same_value(self, key: str, new: Any, old: Any) -> bool:
        if key in ("anyOf", "oneOf", "allOf") and isinstance(new, list) and isinstance(old, list):
            left = list(old)
            for item in new:
                match = next((other for other in left if self._same(item, other)), None)
                if match is None:
                    return False
                left.remove(match)
            return not left
        if key in ("enum", "required", "type") and isinstance(new, list) and isinstance(old, list):
            return sorted(map(repr, new)) == sorted(map(repr, old))
        if key in NAME_MAPS and isinstance(new, dict) and isinstance(old, dict):
            return new.keys() == old.keys() and all(self._same(new[name], old[name]) for name in new)
        return self._same(new, old)
