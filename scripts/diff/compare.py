"""Compare two states of the project."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from node.programs import NoNodeError
from schema.document import place_of, pointer
from schema.errors import GenerateError, OverlayError
from schema.naming import COMPONENTS, renamed_schemas, with_our_names
from schema.normalize import normalize
from schema.overlay import apply_overlay
from schema.paths import SURFACE

from . import acknowledged, blame, calls, causes, folding, schema_diff, surface_diff
from .callers import CallersError
from .changes import CallerLine, Change
from .client import Client
from .edition import SETTINGS, Edition
from .redocly import RedoclyError
from .report import Report
from .surface_text import Surface

T = TypeVar("T")
# How a part of the comparison fails. Anything else is a fault of these scripts and ends them.
FAILURES = (NoNodeError, RedoclyError, GenerateError, OverlayError, CallersError, OSError, subprocess.SubprocessError)


def compare(
    old: Edition,
    new: Edition,
    not_compared: Sequence[str] = (),
    check_callers: Callable[[], list[CallerLine]] | None = None,
    try_client: Callable[[], list[str]] | None = None,
) -> Report:
    """Make the report on what changed from one state to the other.

    `not_compared` names the parts that could not be read. The verdict is `incomplete` then, as it is when a part fails
    here. `check_callers` returns the lines of callers that no longer type-check; it is called only if anything changed.
    `try_client` returns what fails of the client; it is called only if the schema changed.
    """
    report = Report(old.version, not_compared=list(not_compared))

    def part(name: str, make: Callable[[], list[T]]) -> list[T]:
        try:
            return make()
        except FAILURES as error:
            report.not_compared.append(f"{name}. {error}")
            return []

    # The Python names and the schema as served have our names of the components that the vendor renamed.
    old_schema, new_schema = (with_our_names(edition.schema, edition.overlay) for edition in (old, new))
    client = Client.of(new.overlay)
    schemas = old_schema, new_schema, old.served, client.operation, new.base_url, SETTINGS
    report.schema = part("the schemas", lambda: schema_diff.compare(*schemas))
    if old.surface and new.surface:
        report.python = folding.folded(surface_diff.compare(old.surface, new.surface), client)
        surfaces = Surface.parse(old.surface), Surface.parse(new.surface)
        report.schema, report.python = causes.join(report.schema, report.python, *surfaces, client)
    elif not not_compared:
        report.not_compared.append(f"the Python surface: {SURFACE} is missing on one side")
    report.schema = [calls.with_call(change, old_schema, new_schema, client.request) for change in report.schema]
    report.python = [calls.with_call(change, old_schema, new_schema, client.request) for change in report.python]
    if check_callers and report.changes and new.surface:
        lines = part("the callers", check_callers)
        changes, others = blame.blame(report.changes, lines)
        report.schema, report.python = changes[: len(report.schema)], [*changes[len(report.schema) :], *others]
    if try_client and report.schema and new.surface:
        report.client_failures = part("the client", try_client)
    report.overlay = part("the overlay", lambda: overlay_findings(new))
    renamed = renamed_schemas(new.overlay)
    report.schema = [_at_published_place(change, renamed) for change in report.schema]
    report.descriptions = normalize(new.schema, old.schema, renamed)[1]
    acknowledge(report, new)
    return report


def _at_published_place(change: Change, renamed: dict[str, str]) -> Change:
    """Return a change whose pointer leads into `openapi.yaml`, where the vendor's names are."""
    place = place_of(change.pointer)
    theirs = {ours: name for name, ours in renamed.items()}
    if tuple(place[:2]) != COMPONENTS or len(place) < 3 or place[2] not in theirs:
        return change
    return replace(change, pointer=pointer((*COMPONENTS, theirs[place[2]], *place[3:])))


def acknowledge(report: Report, edition: Edition) -> None:
    """Mark the findings that a reviewer has accepted, and name the acceptances that match nothing."""
    try:
        entries = acknowledged.read(edition.acknowledged)
    except acknowledged.AcknowledgementError as error:
        report.not_compared.append(f"the acknowledgements. {error}")
        return
    # Without a part, its findings are missing, so nothing is called stale.
    report.stale = [] if report.not_compared else acknowledged.stale(report.changes, entries)
    report.schema = acknowledged.mark(report.schema, entries)
    report.python = acknowledged.mark(report.python, entries)


def overlay_findings(edition: Edition) -> list[str]:
    """Name the overlay's actions that no longer match, or are no longer needed."""
    applied = [apply_overlay(edition.schema, edition.overlay, purpose) for purpose in ("", "models", "params")]
    return list(dict.fromkeys(warning for _, warnings in applied for warning in warnings))
