"""Read `api-changes.yaml`: the findings that a reviewer has accepted, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

import yaml

from .changes import Change

FILE = "api-changes.yaml"


class AcknowledgementError(Exception):
    """The file cannot be read; the message says what is wrong."""


@dataclass(frozen=True)
class Acknowledgement:
    """One finding that a reviewer has accepted."""

    fingerprint: str
    rule: str
    reason: str


def read(text: str) -> list[Acknowledgement]:
    """Read the whole file. Each entry needs its fingerprint, its rule and a reason."""
    try:
        document = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise AcknowledgementError(f"{FILE} is not YAML: {' '.join(str(error).split())}") from error
    entries = document.get("acknowledged", []) if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise AcknowledgementError(f"{FILE} needs a list under `acknowledged`")
    return [_entry(number, entry) for number, entry in enumerate(entries or [], 1)]


def _entry(number: int, entry: object) -> Acknowledgement:
    fields = entry if isinstance(entry, dict) else {}
    values = [str(fields.get(key) or "").strip() for key in ("fingerprint", "rule", "reason")]
    if not all(values):
        raise AcknowledgementError(f"{FILE}: entry {number} needs a fingerprint, a rule and a reason")
    return Acknowledgement(*values)


def mark(changes: list[Change], entries: list[Acknowledgement]) -> list[Change]:
    """Return the changes, the accepted ones with the reason. Only what breaks callers has to be accepted."""
    reasons = {(entry.fingerprint, entry.rule): entry.reason for entry in entries}
    marked = []
    for change in changes:
        reason = reasons.get((change.fingerprint, change.rule), "") if change.breaking else ""
        marked.append(replace(change, acknowledged=reason) if reason else change)
    return marked


def stale(changes: list[Change], entries: list[Acknowledgement]) -> list[str]:
    """Name the entries that no finding matches."""
    found = {(change.fingerprint, change.rule) for change in changes if change.breaking}
    return [
        f"{entry.fingerprint} ({entry.rule}): {entry.reason}"
        for entry in entries
        if (entry.fingerprint, entry.rule) not in found
    ]
