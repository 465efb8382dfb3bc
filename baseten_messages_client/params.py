"""The generated TypedDicts, re-exported: the types of plain dicts that a caller may pass instead of models."""

from ._generated.params import *  # noqa: F403
