"""What can go wrong between a published schema and the generated code. Every message says why, and what to do."""

from __future__ import annotations


class SchemaError(Exception):
    """The published schema cannot be used; the message names the place."""


class OverlayError(Exception):
    """The overlay is malformed; the message names the action."""


class GenerateError(Exception):
    """The generated folder cannot be built."""
