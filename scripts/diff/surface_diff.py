"""Compare two public surfaces, as `surface.py` writes them, and say which changes break a caller."""

from __future__ import annotations

import re

from .changes import Change
from .python_types import covers
from .surface_text import Fact, Surface

HARMLESS = {
    ("required", "optional"),
    ("keyword", "any"),
    ("positional", "any"),
    ("attribute", "property"),
    ("attribute", "field"),
}
NO_BREAK = ("", "")


def compare(old_text: str, new_text: str) -> list[Change]:
    """List the changes, sorted by name."""
    old, new = Surface.parse(old_text), Surface.parse(new_text)
    changes = [_change(name, old, new) for name in old.facts.keys() | new.facts.keys()]
    return sorted(filter(None, changes), key=lambda change: change.place)


def _change(name: str, old: Surface, new: Surface) -> Change | None:
    """Judge one name. What moved to a base class is still there, and what moved from one was there before."""
    before, after = old.lookup(name), new.lookup(name)
    if before == after or _is_spread(name, old, new) or _is_spread(name, new, old):
        return None
    if before is None or after is None:
        rule, note = _removed(name) if after is None else _demand(name, after, old)
    else:
        rule, note = _broken(name, before, after, old, new)
    breaking = bool(rule)
    old_text, new_text = (fact.text if fact else "" for fact in (before, after))
    return Change(name, old_text, new_text, breaking, note=note, rule=rule or _harmless(before))


def _harmless(before: Fact | None) -> str:
    return "name-changed" if before else "name-added"


def _is_spread(name: str, here: Surface, there: Surface) -> bool:
    """Return whether a key of a private TypedDict moved: there, each TypedDict that inherits the key has it anyway."""
    if name not in here.facts or there.lookup(name) or not (name[0] == "_" and name.endswith('"]')):
        return False
    heirs = here.heirs(name)
    if any(f"Unpack[{here.owner(name).rpartition('.')[2]}]" in fact.type for fact in here.facts.values()):
        return False
    return bool(heirs) and all(there.lookup(heir) == here.facts[name] for heir in heirs)


def _removed(name: str) -> tuple[str, str]:
    is_passed = name.endswith(('"]', ")")) and not name.endswith("()")
    return ("argument-removed", "callers may pass it") if is_passed else ("name-removed", "callers may use the name")


def _demand(name: str, fact: Fact, old: Surface) -> tuple[str, str]:
    """Say what a new name demands of callers who do not know it: the rule and the reason, or nothing."""
    owner = re.split(r'\(|\["|\.(?=\w+$)', name)[0]
    if owner not in old.facts and f"{owner}()" not in old.facts:
        return NO_BREAK
    if fact.how == "required":
        return "argument-required", "callers do not pass this key yet"
    if fact.how in ("keyword", "positional", "any") and "*" not in name and fact.default is None:
        return "argument-required", "callers do not pass this argument yet"
    if fact.how == "field" and fact.default is None and old.direction(name) != "out":
        return "argument-required", "callers do not pass this field yet"
    return NO_BREAK


def _broken(name: str, before: Fact, after: Fact, old: Surface, new: Surface) -> tuple[str, str]:
    """Say why a changed fact breaks callers: the rule and the reason, or nothing."""
    if before.how == after.how == "class":
        return _lost_bases(name, old, new)
    direction = old.direction(name)
    types = old.expanded(name, before.type), new.expanded(name, after.type)
    if before.how != after.how and (before.how, after.how) not in HARMLESS:
        rule = "argument-required" if after.how == "required" else "use-changed"
        return rule, f"{before.how} became {after.how}"
    if direction != "out" and before.default is not None and after.default is None:
        return "default-removed", "it has no default any more"
    if direction != "out" and not covers(types[1], types[0]):
        return "accepts-less", "it takes less than before"
    is_open = after.type.startswith("Literal") and old.is_open(name)
    if direction != "in" and not is_open and not covers(*types, open_unions=True):
        return "gives-more", "it may hold what it could not before"
    return NO_BREAK


def _lost_bases(name: str, old: Surface, new: Surface) -> tuple[str, str]:
    """Say which bases a class no longer has: callers catch errors and check instances by them."""
    before, after = ({base.rpartition(".")[2] for base in surface.ancestors(name)} for surface in (old, new))
    # A base that no longer has a name in the surface cannot be named by callers either.
    lost = ", ".join(sorted(before - after))
    return ("base-removed", f"it is not a {lost} any more") if lost else NO_BREAK
