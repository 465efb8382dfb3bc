"""Fold Python changes that say the same: a new class and its fields, the overloads of a method, copies of a request."""

from __future__ import annotations

import re
from dataclasses import replace

from .changes import Change
from .client import Client

ASYNC = re.compile(r"\b_async_messages\.Async|\b_?Async(?=[A-Z])")
# Every model has it, so it says nothing about a new one.
COMMON = "additional_properties"


def folded(changes: list[Change], client: Client) -> list[Change]:
    """Return the changes with one row for each fact. What only repeats the request is folded."""
    return _without_copies(_whole_names(changes), client)


def _whole_names(changes: list[Change]) -> list[Change]:
    """Fold what belongs to a new or removed class or function into the row of its name."""
    owners = {
        change.place.removesuffix("()")
        for change in changes
        if not (change.old and change.new)
        and re.match(r"(?:class|TypedDict)\b|(?:async )?function,", change.old or change.new)
    }
    rows: dict[tuple[str, bool], list[Change]] = {}
    for change in changes:
        is_one_sided = not (change.old and change.new)
        owner = next((end for end in _prefixes(change.place) if is_one_sided and end in owners), change.place)
        rows.setdefault((owner, bool(change.old)), []).append(change)
    return [_whole(owner, group) if len(group) > 1 else group[0] for (owner, _), group in rows.items()]


def _prefixes(place: str) -> list[str]:
    """Return the names that a name may belong to, the outermost first, and the name itself."""
    ends = [match.start() for match in re.finditer(r"[.(]|\[(?=\")", place)]
    return [place[:end] for end in ends] + [place]


def _whole(owner: str, group: list[Change]) -> Change:
    """Return one change for a name with all that belongs to it."""
    own = next((change for change in group if change.place.removesuffix("()") == owner), group[0])
    parts = [_part(change.place[len(owner) :], change.old or change.new) for change in group if change is not own]
    text = own.old or own.new
    how = text.split(", ")[0].split("(")[0]
    result = text.partition(", ")[2]
    inner = ", ".join(part for part in parts if part and not part.startswith(COMMON))
    whole = f"{how}({inner})" + (f" -> {result}" if "function" in how else "")
    worst = next((change for change in group if change.breaking), own)
    old, new = (whole, "") if own.old else ("", whole)
    return replace(own, place=owner, old=old, new=new, breaking=worst.breaking, note=worst.note, rule=worst.rule)


def _part(name: str, fact: str) -> str:
    """Write a field, key or parameter as in a definition; a method as its name."""
    how, _, type_ = fact.partition(", ")
    if key := re.fullmatch(r'\["(.*)"\]', name):
        return f"{key[1]}{'?' if how == 'optional' else ''}: {type_}"
    if argument := re.fullmatch(r"\((.*)\)", name):
        return f"{argument[1]}: {type_}"
    if "(" in name.removesuffix("()"):
        return ""
    return f"{name.lstrip('.')}: {type_}" if how in ("field", "attribute", "property") else name.lstrip(".")


def _without_copies(changes: list[Change], client: Client) -> list[Change]:
    """Fold changes that are the same but for the overload, the client or the copy of the request."""

    def general(text: str) -> str:
        return _general(text, client)

    rows: dict[tuple[object, ...], Change] = {}
    for change in sorted(changes, key=lambda change: (general(change.place) != change.place, change.place)):
        key = (*map(general, (change.place, change.old, change.new)), change.breaking, change.note)
        first = rows.get(key)
        rows[key] = replace(first, also=(*first.also, change.place)) if first else change
    return sorted(rows.values(), key=lambda change: change.place)


def _general(text: str, client: Client) -> str:
    """Return a text with one name for what is the same: the overloads, both clients, and the copies of the request."""
    text = ASYNC.sub("", re.sub(r"\[\d+\]", "", text)).replace("messages.Messages", "Messages")
    copies = "|".join(map(re.escape, client.copies))
    return re.sub(rf"\b(?:{copies})\b", client.request, text) if copies else text
