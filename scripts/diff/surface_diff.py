"""Compare two public surfaces, as `surface.py` writes them, and tell what breaks a caller."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from changes import Change
from python_types import covers

# Changing the type of what a caller passes in is judged the other way round than of what it gets.
Direction = Literal["in", "out", "both"]


@dataclass(frozen=True)
class Fact:
    """One line: what a name is, its type, and its default if it has one."""

    how: str
    type: str
    default: str | None

    @classmethod
    def parse(cls, text: str) -> Fact:
        """Read the part of a line after the name: `keyword, int | None = None`."""
        how, _, rest = text.partition(", ")
        kind, equals, default = rest.partition(" = ")
        return cls(how, kind, default if equals else None)


@dataclass(frozen=True)
class Surface:
    """The facts by name, and which models are sent, received or both."""

    facts: dict[str, str]
    directions: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> Surface:
        """Read the whole text."""
        facts, directions = {}, {}
        for line in text.splitlines():
            if match := re.fullmatch(r"(models\.\w+) is ([\w ]+)", line):
                directions[match[1]] = match[2]
            elif not line.startswith("#"):
                name, _, fact = line.partition(": ")
                facts[name] = fact
        return cls(facts, directions)

    def direction(self, name: str) -> Direction:
        """Tell whether callers pass in what this name types, get it, or both."""
        if name.startswith("params.") or (name.endswith(('"]', ")")) and not name.endswith("()")):
            return "in"
        model = re.match(r"models\.\w+", name)
        words = self.directions.get(model[0], "") if model else "received"
        return "both" if " and " in words else "in" if words == "sent" else "out"

    def is_open(self, name: str) -> bool:
        """Tell whether each field of an alias's type takes any string besides."""
        alias = name.rpartition(".")[2]
        uses = [fact for fact in self.facts.values() if re.search(rf"\b{alias}\b", fact) and "Literal" not in fact]
        return bool(uses) and all(covers(Fact.parse(use).type, "str") for use in uses)


def compare(old_text: str, new_text: str) -> list[Change]:
    """List the changes, sorted by name."""
    old, new = Surface.parse(old_text), Surface.parse(new_text)
    changes = [Change(name, "removed", old.facts[name], "", True) for name in old.facts if name not in new.facts]
    for name, text in new.facts.items():
        if name not in old.facts:
            reason = _demand(name, text, old)
            changes.append(Change(name, "added", "", text, bool(reason), note=reason))
        elif text != old.facts[name]:
            reason = _broken(name, old, new)
            changes.append(Change(name, "changed", old.facts[name], text, bool(reason), note=reason))
    return sorted(changes, key=lambda change: change.place)


def _demand(name: str, text: str, old: Surface) -> str:
    """Say what a new name demands of callers who do not know it; empty if nothing."""
    fact = Fact.parse(text)
    owner = (
        re.split(r"[(\[]|\.(?=\w+$)", name)[0] if name.startswith(("params.", "models.")) else name.partition("(")[0]
    )
    known = owner in old.facts or f"{owner}()" in old.facts
    if not known:
        return ""
    if fact.how == "required":
        return "callers do not pass this key yet"
    if fact.how in ("keyword", "positional", "any") and "*" not in name and fact.default is None and "(" in name:
        return "callers do not pass this argument yet"
    if fact.how == "field" and fact.default is None and old.direction(name) in ("in", "both"):
        return "callers do not pass this field yet"
    return ""


def _broken(name: str, old: Surface, new: Surface) -> str:
    """Say why a changed fact breaks callers; empty if it does not."""
    before, after = Fact.parse(old.facts[name]), Fact.parse(new.facts[name])
    if before.how != after.how and (before.how, after.how) not in {
        ("required", "optional"),
        ("keyword", "any"),
        ("positional", "any"),
        ("attribute", "property"),
        ("attribute", "field"),
    }:
        return f"{before.how} became {after.how}"
    direction = old.direction(name)
    if direction != "out" and before.default is not None and after.default is None:
        return "it has no default any more"
    if direction != "out" and not covers(after.type, before.type):
        return "it takes less than before"
    open_alias = after.type.startswith("Literal") and old.is_open(name)
    if direction != "in" and not open_alias and not covers(before.type, after.type, open_unions=True):
        return "it may hold what it could not before"
    return ""
