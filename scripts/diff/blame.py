"""Say which change is the cause of a caller's line that no longer type-checks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .changes import CallerLine, Change

# How mypy begins when a call does not fit.
CALL = r"No overload variant|Unexpected keyword|Missing (?:named|positional|key)|Extra key|Argument \d"
# How code uses a name: as a keyword, an attribute, a key, or alone.
USE = r"(?<![\w.]){name}\s*=|\.{name}\b|[\"']{name}[\"']|\b{name}\b(?=[,)\s]*$)"
RAISED = "a caller's line no longer type-checks"


def blame(changes: list[Change], lines: Iterable[CallerLine]) -> tuple[list[Change], list[Change]]:
    """Return the changes, each with the lines that it is the cause of, and a change for each line without a cause."""
    caused: dict[int, list[CallerLine]] = defaultdict(list)
    latest: dict[str, tuple[int, str]] = {}
    others = []
    for line in sorted(lines, key=lambda line: (line.file != "README.md", line.file, line.number)):
        scores = [_best_name(change, line) for change in changes]
        best = max(range(len(changes)), key=lambda i: (scores[i][0], changes[i].breaking), default=-1)
        if best >= 0 and scores[best][0] > 0:
            latest[line.file] = best, scores[best][1]
        if line.file in latest:
            # What has no cause itself follows from an error before it: a call that fails has no type.
            number, name = latest[line.file]
            caused[number].append(replace(line, name=name))
        else:
            place = f"{line.file}:{line.number}"
            others.append(Change(place, "", line.message, True, note=RAISED, rule="caller-fails", callers=(line,)))
    return [_with_lines(change, tuple(caused[number])) for number, change in enumerate(changes)], others


def _with_lines(change: Change, lines: tuple[CallerLine, ...]) -> Change:
    if not lines:
        return change
    return replace(change, callers=lines, breaking=True, note=change.note if change.breaking else RAISED)


def _best_name(change: Change, line: CallerLine) -> tuple[int, str]:
    """Return how well a line fits the Python names of a change, and the name that fits best."""
    names = list(change.effects) or [change]
    scored = [
        (_score(change, effect, place, line), place) for effect in names for place in (effect.place, *effect.also)
    ]
    return max(scored, key=lambda pair: pair[0])


def _score(cause: Change, effect: Change, place: str, line: CallerLine) -> int:
    """Count what speaks for a name: its last part in the message or in the code, then what it belongs to."""
    is_call = bool(re.match(CALL, line.message))
    if is_call and cause.side == "response":
        return 0
    *owners, last = re.findall(r"[\w-]+", place.removesuffix("()"))
    said = {part for quoted in re.findall(r'"([^"]*)"', line.message) for part in re.findall(r"[\w-]+", quoted)}
    # A keyword of a call is a key of a TypedDict.
    owned = sum(owner in said for owner in owners) + (is_call and place.startswith("params."))
    if _is_demand(cause) or _is_demand(effect):
        is_missing = is_call and not re.search(rf"\b{re.escape(last)}\b", line.code)
        return 5 + owned if last in said or is_missing else 0
    if cause.rule == "values-removed" and not any(
        value in line.code + line.message for value in _quoted_values(cause.old)
    ):
        return 0
    used = re.search(USE.format(name=re.escape(last)), line.code)
    score = 4 * (last in said) + 3 * bool(used)
    # The name of a type in the message says little without the part of it that changed.
    return score + owned if score else 0


def _is_demand(change: Change) -> bool:
    """Return whether a change makes callers pass something that they do not pass yet."""
    is_required = change.rule in ("field-added", "field-required") and change.new.endswith("required")
    return change.breaking and (is_required or change.rule == "argument-required")


def _quoted_values(text: str) -> list[str]:
    values = re.findall(r"'([^']*)'", text)
    return [f"{sign}{value}{sign}" for value in values for sign in "\"'"] or [text]
