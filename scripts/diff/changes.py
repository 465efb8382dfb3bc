"""One change, and what verdict and version a list of changes leads to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["none", "compatible", "breaking", "incomplete"]
Side = Literal["request", "response", "both", "none", "python"]


@dataclass(frozen=True)
class CallerLine:
    """A caller's line that no longer type-checks: where it is, what mypy says, its code, and the name to blame."""

    file: str
    number: int
    message: str
    code: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.message}"


@dataclass(frozen=True)
class Change:
    """One change that a caller may notice.

    Attributes:
        place: What changed, such as `MessagesRequest.seed` or `params.MessagesRequest["seed"]`.
        old: What was there, as a short type; empty for something new.
        new: What is there now; empty for something removed.
        breaking: Whether some caller's program stops working or no longer type-checks.
        side: Where a schema is used: what it means depends on it. `python` for a name of the package.
        note: Why the change breaks, or why it does not.
        rule: The stable ID of this sort of change, one of `rules.STEPS`.
        pointer: The JSON pointer to the place in the schema.
        also: Other names that changed in the same way, so they have no row.
        effects: The changes of Python names that have this change as their cause.
        call: How a caller's code changes, as one line before and one line after.
        callers: The lines of callers that no longer type-check because of this change.
        acknowledged: The reason for which a reviewer has accepted the change.
    """

    place: str
    old: str
    new: str
    breaking: bool
    side: Side = "python"
    note: str = ""
    rule: str = "name-changed"
    pointer: str = ""
    also: tuple[str, ...] = ()
    effects: tuple[Change, ...] = ()
    call: tuple[str, str] | None = None
    callers: tuple[CallerLine, ...] = ()
    acknowledged: str = ""

    @property
    def fingerprint(self) -> str:
        """What identifies this very change: the same from run to run, another one as soon as it means more."""
        parts = [self.rule, self.place, self.old, self.new, str(self.breaking)]
        parts += [effect.fingerprint for effect in self.effects if effect.breaking]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @property
    def raises_verdict(self) -> bool:
        """Return whether the change breaks callers and nobody has acknowledged it."""
        return self.breaking and not self.acknowledged


def verdict(changes: Iterable[Change]) -> Verdict:
    """Return the verdict of the worst change. A change of the document alone, such as its version, does not count."""
    found = [change for change in changes if change.rule != "document-changed"]
    return "breaking" if any(change.raises_verdict for change in found) else "compatible" if found else "none"


def next_version(version: str, outcome: Verdict) -> str:
    """Return the version to release: before 1.0 a breaking change raises the second number, from 1.0 on the first."""
    numbers = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if outcome in ("none", "incomplete") or numbers is None:
        return version
    major, minor, patch = (int(number) for number in numbers.groups())
    if major == 0:
        return f"0.{minor + 1}.0" if outcome == "breaking" else f"0.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if outcome == "breaking" else f"{major}.{minor + 1}.0"
