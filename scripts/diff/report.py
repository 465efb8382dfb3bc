"""What a report says, before it is written in some form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .changes import Change, Verdict, next_version, verdict
from .rules import STEPS

EFFECTS = {
    "none": "Nothing that a caller could notice.",
    "compatible": "Callers need not do anything.",
    "incomplete": "A part was not compared, so there may be more than the tables show. A check fails as for breaking.",
    "breaking": "Some callers have to change their code, or depend on what the service no longer does.",
}


CLIENT_FAILS = "The client does not work with this edition: change its code too"


@dataclass
class Report:
    """Everything that a report says.

    Attributes:
        version: The version before the changes.
        schema: What changed in the schema, each with the Python names that change with it.
        python: What changed in Python names without a change of the schema.
        overlay: What to clean up in the overlay.
        descriptions: The descriptions that are still the vendor's, by place.
        not_compared: The parts that could not be compared. With any, there is no verdict.
        stale: The acknowledgements that no finding matches.
        client_failures: What fails when the client is tried with the new schema: its types, or a conversation.
    """

    version: str
    schema: list[Change] = field(default_factory=list)
    python: list[Change] = field(default_factory=list)
    overlay: list[str] = field(default_factory=list)
    descriptions: dict[str, str] = field(default_factory=dict)
    not_compared: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    client_failures: list[str] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        """All changes, those of the schema first."""
        return [*self.schema, *self.python]

    @property
    def verdict(self) -> Verdict:
        """The worst of all changes that nobody has acknowledged. Half a comparison has no verdict.

        A client that does not work breaks its callers, whatever the comparison says.
        """
        if self.not_compared:
            return "incomplete"
        return "breaking" if self.client_failures else verdict(self.changes)

    def data(self) -> dict[str, Any]:
        """Return the report as plain data, for JSON."""
        return {
            "verdict": self.verdict,
            "version": self.version,
            "next_version": next_version(self.version, self.verdict),
            "not_compared": self.not_compared,
            "findings": [_data(change) for change in self.changes],
            "overlay": self.overlay,
            "stale_acknowledgements": self.stale,
            "client_failures": self.client_failures,
            "new_descriptions": self.descriptions,
        }

    def markdown(self) -> str:
        """Return the report as Markdown."""
        from .markdown import markdown

        return markdown(self)


def _data(change: Change) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "fingerprint": change.fingerprint,
        "place": change.place,
        "pointer": change.pointer,
        "side": change.side,
        "breaking": change.breaking,
        "acknowledged": change.acknowledged or None,
        "before": change.old or None,
        "after": change.new or None,
        "why": change.note,
        "next_step": STEPS[change.rule] if change.breaking else "",
        "call_before": change.call[0] if change.call else None,
        "call_after": change.call[1] if change.call else None,
        "also": list(change.also),
        "python": [_data(effect) for effect in change.effects],
        "callers": [
            {"file": line.file, "line": line.number, "message": line.message, "name": line.name or None}
            for line in change.callers
        ],
    }
