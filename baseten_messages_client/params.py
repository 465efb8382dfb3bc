"""The generated TypedDicts, re-exported: what a caller may pass as plain dicts, namesakes of the models."""

from ._generated.params import *  # noqa: F403
