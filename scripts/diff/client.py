"""What the hand-written client offers of the schema: `x-client` in the overlay says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Client:
    """The part of the schema that the client has methods for.

    Attributes:
        path: The path of the one operation that it calls, with POST.
        request: The schema whose fields are the keywords of its method.
        copies: Schemas that repeat those fields for other methods.
    """

    path: str
    request: str
    copies: tuple[str, ...]

    @classmethod
    def of(cls, overlay: dict[str, Any]) -> Client:
        """Read it from an overlay. An overlay without it is one without a client."""
        said = overlay.get("x-client") or {}
        return cls(said.get("path", ""), said.get("request", ""), tuple(said.get("request-copies") or ()))

    @property
    def operation(self) -> tuple[str, str, str]:
        """The place of the operation in the schema."""
        return "paths", self.path, "post"
