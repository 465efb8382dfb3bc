"""Compare two public surfaces, as `surface.py` writes them, and say which changes break a caller."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .changes import Change
from .python_types import covers

# What callers pass in may change in the opposite way to what they get.
Direction = Literal["in", "out", "both"]
HARMLESS = {
    ("required", "optional"),
    ("keyword", "any"),
    ("positional", "any"),
    ("attribute", "property"),
    ("attribute", "field"),
}


@dataclass(frozen=True)
class Fact:
    """What one line says of a name: how it is used, its type, and its default if it has one."""

    text: str
    how: str
    type: str
    default: str | None

    @classmethod
    def parse(cls, text: str) -> Fact:
        """Read the part of a line after the name: `keyword, int | None = None`."""
        how, _, rest = text.partition(", ")
        type_, equals, default = rest.partition(" = ")
        return cls(text, how, type_, default if equals else None)


@dataclass(frozen=True)
class Surface:
    """The facts by name, and which models are sent, received or both."""

    facts: dict[str, Fact]
    directions: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> Surface:
        """Read the whole text."""
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        facts = [line.partition(": ") for line in lines if ": " in line]
        directions = [line.partition(" is ") for line in lines if ": " not in line]
        return cls({name: Fact.parse(fact) for name, _, fact in facts}, {name: how for name, _, how in directions})

    def direction(self, name: str) -> Direction:
        """Say whether callers pass in what this name types, get it, or both."""
        if name.startswith("params.") or (name.endswith(('"]', ")")) and not name.endswith("()")):
            return "in"
        model = re.match(r"models\.\w+", name)
        direction = self.directions.get(model[0], "") if model else "received"
        return "both" if " and " in direction else "in" if direction == "sent" else "out"

    def expanded(self, name: str, type_: str, seen: frozenset[str] = frozenset()) -> str:
        """Return the type of a name with the unions in place of their aliases."""
        room = "params." if name.startswith(("params.", "_options.")) else "models."

        def union(match: re.Match[str]) -> str:
            alias = f"{match[1] or room}{match[2]}"
            fact = self.facts.get(alias)
            if fact is None or fact.how != "type" or " | " not in fact.type or alias in seen:
                return match[2] if match[1] == room else match[0]
            return f"({self.expanded(alias, fact.type, seen | {alias})})"

        return re.sub(r"\b(models\.|params\.)?(\w+)\b", union, type_)

    def is_open(self, name: str) -> bool:
        """Return whether each field of an alias's type also takes any string."""
        alias = re.compile(rf"\b{name.rpartition('.')[2]}\b")
        uses = [fact for fact in self.facts.values() if alias.search(fact.text) and "Literal" not in fact.text]
        return bool(uses) and all(covers(use.type, "str") for use in uses)


def compare(old_text: str, new_text: str) -> list[Change]:
    """List the changes, sorted by name."""
    old, new = Surface.parse(old_text), Surface.parse(new_text)
    removed = old.facts.keys() - new.facts.keys()
    changes = [Change(name, old.facts[name].text, "", breaking=True) for name in removed]
    for name, after in new.facts.items():
        before = old.facts.get(name)
        if after != before:
            reason = _broken(name, before, after, old, new) if before else _demand(name, after, old)
            changes.append(Change(name, before.text if before else "", after.text, bool(reason), note=reason))
    return sorted(changes, key=lambda change: change.place)


def _demand(name: str, fact: Fact, old: Surface) -> str:
    """Say what a new name demands of callers who do not know it; empty if nothing."""
    owner = re.split(r'\(|\["|\.(?=\w+$)', name)[0]
    if owner not in old.facts and f"{owner}()" not in old.facts:
        return ""
    if fact.how == "required":
        return "callers do not pass this key yet"
    if fact.how in ("keyword", "positional", "any") and "*" not in name and fact.default is None:
        return "callers do not pass this argument yet"
    if fact.how == "field" and fact.default is None and old.direction(name) != "out":
        return "callers do not pass this field yet"
    return ""


def _broken(name: str, before: Fact, after: Fact, old: Surface, new: Surface) -> str:
    """Say why a changed fact breaks callers; empty if it does not."""
    direction = old.direction(name)
    types = old.expanded(name, before.type), new.expanded(name, after.type)
    if before.how != after.how and (before.how, after.how) not in HARMLESS:
        return f"{before.how} became {after.how}"
    if direction != "out" and before.default is not None and after.default is None:
        return "it has no default any more"
    if direction != "out" and not covers(types[1], types[0]):
        return "it takes less than before"
    is_open = after.type.startswith("Literal") and old.is_open(name)
    if direction != "in" and not is_open and not covers(*types, open_unions=True):
        return "it may hold what it could not before"
    return ""
