"""Say which change is the cause of a caller's line that no longer type-checks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .changes import CallerLine, Change

RAISED = "a caller's line no longer type-checks"


def blame(changes: list[Change], lines: Iterable[CallerLine]) -> tuple[list[Change], list[Change]]:
    """Return the changes, each with the lines that it is the cause of, and a change for each line without a cause."""
    caused: dict[int, list[CallerLine]] = defaultdict(list)
    others = []
    for line in lines:
        scores = [_best_name(change, line) for change in changes]
        best = max(range(len(changes)), key=lambda i: (scores[i][0], changes[i].breaking), default=-1)
        if best >= 0 and scores[best][0] > 0:
            caused[best].append(replace(line, name=scores[best][1]))
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
    scored = [(_score(effect, line), effect.place) for effect in names]
    scored += [(_score(replace(effect, place=also), line), also) for effect in names for also in effect.also]
    return max(scored, key=lambda pair: pair[0])


def _score(change: Change, line: CallerLine) -> int:
    """Count what speaks for a name: its last part in the message or in the code, then what it belongs to."""
    *owners, last = re.findall(r"\w+", change.place.removesuffix("()"))
    said = {word for quoted in re.findall(r'"([^"]*)"', line.message) for word in re.findall(r"\w+", quoted)}
    used = re.search(rf"(?<![\w.]){last}\s*=|\.{last}\b|[\"']{last}[\"']|\b{last}\b(?=[,)\s]*$)", line.code)
    score = 4 * (last in said) + 3 * bool(used)
    # A type's name in the message is evidence only together with the part of it, or if the change is about the type.
    return score + sum(owner in said for owner in owners) if score else 0
