"""One change, and what verdict and version a list of changes leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["none", "compatible", "breaking", "incomplete"]


@dataclass(frozen=True)
class Change:
    """One change that a caller may notice."""

    place: str
    old: str
    new: str
    breaking: bool
    side: Literal["request", "response", "both", "python"] = "python"
    note: str = ""


def verdict(changes: Iterable[Change]) -> Verdict:
    """Return the verdict of the worst change."""
    found = list(changes)
    return "breaking" if any(change.breaking for change in found) else "compatible" if found else "none"


def next_version(version: str, outcome: Verdict) -> str:
    """Return the version to release: before 1.0 a breaking change raises the second number, from 1.0 on the first."""
    numbers = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if outcome in ("none", "incomplete") or numbers is None:
        return version
    major, minor, patch = (int(number) for number in numbers.groups())
    if major == 0:
        return f"0.{minor + 1}.0" if outcome == "breaking" else f"0.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if outcome == "breaking" else f"{major}.{minor + 1}.0"
