"""`httpx` clients with this package's timeouts and limits, to change one thing and keep the rest."""

from __future__ import annotations

from typing import Any

import httpx

from .._transport.settings import DEFAULT_TIMEOUT


class DefaultHttpxClient(httpx.Client):
    """An `httpx.Client` with the limits and timeouts of `Baseten`.

    Args:
        **options: Arguments of `httpx.Client`, which replace the defaults.

    Example:
        >>> from baseten_messages_client import Baseten, DefaultHttpxClient
        >>> with DefaultHttpxClient(trust_env=False) as http, Baseten(api_key="any", http_client=http) as client:
        ...     pass
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**_with_defaults(options))


class DefaultAsyncHttpxClient(httpx.AsyncClient):
    """An `httpx.AsyncClient` with the limits and timeouts of `AsyncBaseten`.

    Args:
        **options: Arguments of `httpx.AsyncClient`, which replace the defaults.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**_with_defaults(options))


def _with_defaults(options: dict[str, Any]) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=1000, max_keepalive_connections=100)
    return {"limits": limits, "timeout": DEFAULT_TIMEOUT, **options}
