"""The names of the package itself."""

from __future__ import annotations

from typing import TypeAlias

from .._generated.types import UNSET, Unset
from .._tools.decorator import tool
from ..client import AsyncBaseten, Baseten
from ..errors import RequestTooLargeError
from ..streaming import AsyncMessageStream, MessageStream

__all__ = [
    "DEFAULT_MAX_RETRIES",
    "NOT_GIVEN",
    "AsyncClient",
    "AsyncStream",
    "Client",
    "ContentTooLargeError",
    "NotGiven",
    "Omit",
    "Stream",
    "beta_async_tool",
    "beta_tool",
    "not_given",
    "omit",
]

NotGiven: TypeAlias = Unset
"""The type of an argument that is not set."""
Omit: TypeAlias = Unset
"""The type of an argument that is not set."""
NOT_GIVEN: NotGiven = UNSET
"""An argument that is not set. It is `models.UNSET`."""
not_given: NotGiven = UNSET
"""An argument that is not set. It is `models.UNSET`."""
omit: Omit = UNSET
"""An argument that is not set. It is `models.UNSET`."""

beta_tool = tool
beta_async_tool = tool
Client = Baseten
AsyncClient = AsyncBaseten
Stream = MessageStream
AsyncStream = AsyncMessageStream
ContentTooLargeError = RequestTooLargeError
DEFAULT_MAX_RETRIES = 2
"""How often a client sends a request again, unless it is told otherwise."""
