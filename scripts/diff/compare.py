"""Compare two states of the project."""

from __future__ import annotations

from node.programs import NoNodeError
from schema.errors import OverlayError
from schema.normalize import normalize
from schema.overlay import apply_overlay
from schema.paths import SURFACE

from . import schema_diff, surface_diff
from .edition import Edition
from .redocly import RedoclyError
from .report import Report


def compare(old: Edition, new: Edition) -> Report:
    """Make the report on what changed from one state to the other."""
    report = Report(old.version)
    try:
        report.schema = schema_diff.compare(old.schema, new.schema, old.served)
    except (NoNodeError, RedoclyError) as error:
        report.not_compared.append(f"the schemas, so the verdict is that of the Python part alone. {error}")
    if old.surface and new.surface:
        report.python = surface_diff.compare(old.surface, new.surface)
    else:
        report.not_compared.append(f"the Python surface: {SURFACE} is missing on one side")
    report.overlay = overlay_findings(new)
    report.descriptions = normalize(new.schema, old.schema)[1]
    return report


def overlay_findings(edition: Edition) -> list[str]:
    """Name the overlay's actions that no longer match, or are no longer needed."""
    try:
        applied = [apply_overlay(edition.schema, edition.overlay, purpose) for purpose in ("", "models", "params")]
    except OverlayError as error:
        return [str(error)]
    return list(dict.fromkeys(warning for _, warnings in applied for warning in warnings))
