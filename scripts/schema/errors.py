"""What can go wrong between a published schema and the generated code. Every message says why, and what to do."""

from __future__ import annotations


class SchemaError(Exception):
    """The published schema cannot be used; the message names the place."""


class OverlayError(Exception):
    """The overlay is malformed; the message names the action."""


class GenerateError(Exception):
    """The generated folder cannot be built."""


def shortened(message: object, most: int = 300) -> str:
    """Return a foreign message as one line of bounded length: some tools print the whole schema."""
    line = " ".join(str(message or "").split())
    return line if len(line) <= most else f"{line[:most].rstrip()} …"
