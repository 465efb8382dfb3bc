"""Clients of the HTTP library with this package's timeouts and limits, to change one thing and keep the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import httpx

from .._transport.settings import DEFAULT_TIMEOUT

if TYPE_CHECKING:
    library = httpx
else:
    # A program that uses httpx2 passes its objects, such as its transports.
    library = sys.modules.get("httpx2", httpx)


class DefaultHttpxClient(library.Client):
    """An `httpx.Client` with the limits and timeouts of `Baseten`. In a program that uses httpx2, an `httpx2.Client`.

    Args:
        **options: Arguments of `httpx.Client`, which replace the defaults.

    Example:
        >>> from baseten_messages_client import Baseten, DefaultHttpxClient
        >>> with DefaultHttpxClient(trust_env=False) as http, Baseten(api_key="any", http_client=http) as client:
        ...     pass
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**_with_defaults(options))


class DefaultAsyncHttpxClient(library.AsyncClient):
    """An `httpx.AsyncClient` with the limits and timeouts of `AsyncBaseten`, or an `httpx2.AsyncClient`.

    Args:
        **options: Arguments of `httpx.AsyncClient`, which replace the defaults.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**_with_defaults(options))


def _with_defaults(options: dict[str, Any]) -> dict[str, Any]:
    limits = library.Limits(max_connections=1000, max_keepalive_connections=100)
    return {"limits": limits, "timeout": library.Timeout(**DEFAULT_TIMEOUT.as_dict()), **options}
