"""The stable ID of each sort of change, and what a reviewer does next when such a change breaks callers."""

from __future__ import annotations

from collections.abc import Collection

_MIGRATE = "Raise the version, and show the new call in the changelog."
_READ = "Check that `Message` still gives callers something sensible; say in the changelog what they read instead."

STEPS = {
    # The schema
    "field-added": "Raise the version: callers do not pass this field yet.",
    "field-removed": "Keep the field with an overlay action if the service still has it; otherwise raise the version.",
    "field-required": "Make the field optional with an overlay action if the service has a default; otherwise migrate.",
    "field-optional": "Give the field a `default` in the overlay (`x-for: models`), or let callers handle `None`.",
    "type-changed": "Try both types against the service; widen the type with an overlay action if it takes both.",
    "values-added": "Keep the place open with an overlay action, so that unknown values reach callers.",
    "values-removed": _MIGRATE,
    "constant-changed": _MIGRATE,
    "member-added": "Keep the union open with an overlay action, so that unknown members reach callers.",
    "member-removed": _MIGRATE,
    "bound-changed": "Say the new bound in the changelog.",
    "default-changed": "Say the new default in the changelog.",
    "openness-changed": "Check with LocalServer that fields beyond the schema are sent and kept as before.",
    "schema-added": "",
    "schema-removed": "Keep the schema with an overlay action, or raise the version.",
    "status-added": "",
    "status-removed": "Check that the errors of this status still have a class.",
    "operation-added": "",
    "operation-removed": "Remove what the client offers for it, and raise the version.",
    "operation-renamed": "",
    "operation-changed": "",
    "server-added": "",
    "server-changed": "Change `DEFAULT_BASE_URL`, or tell callers to pass `base_url`.",
    "security-renamed": "",
    "security-widened": "",
    "security-narrowed": "Try both forms of the header against the service; acknowledge the finding if both work.",
    "security-unreachable": "Do not release: `auth.py` has to learn the new scheme first.",
    "document-changed": "",
    "schema-changed": "Compare the two places in `openapi.yaml`, and try the call with the service.",
    # The Python names
    "name-added": "",
    "name-changed": "",
    "name-removed": "Keep the old name as an alias, or raise the version.",
    "argument-removed": "Take it and ignore it for one more release, or raise the version.",
    "argument-required": "Give it a default, or raise the version.",
    "default-removed": "Give it a default again, or raise the version.",
    "accepts-less": _MIGRATE,
    "gives-more": _READ,
    "use-changed": _MIGRATE,
    "base-removed": "Keep the base class, because callers may catch or check for it.",
    # The callers
    "caller-fails": "Change the line as callers will have to, and show it in the changelog.",
}

# Why a change of the schema breaks callers: what goes wrong on each side.
_WHY = {
    "field-added": {"request": "calls without it fail"},
    "field-removed": {"request": "calls with it fail", "response": "callers may read it"},
    "type-changed": {"request": "calls with the old type may fail", "response": "callers may get another type"},
    "constant-changed": {"request": "calls with the old value fail", "response": "callers may compare with it"},
    "member-added": {"response": "callers may get it"},
    "member-removed": {"request": "calls with it fail"},
    "bound-changed": {"request": "calls beyond it fail"},
    "status-removed": {"response": "callers may handle its error"},
}


def why(rule: str, sides: Collection[str]) -> str:
    """Return what goes wrong for callers on the sides that a breaking change has; empty if the rule does not say."""
    reasons = _WHY.get(rule, {})
    return ", ".join(reasons[side] for side in ("request", "response") if side in sides and side in reasons)
