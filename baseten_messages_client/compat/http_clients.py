"""Clients of the HTTP library with this package's timeouts and limits, to change one thing and keep the rest.

In a program that uses httpx2, they are clients of httpx2, since such a program passes objects of httpx2 to them.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx

from .._transport.settings import DEFAULT_TIMEOUT

__all__ = ["DefaultAsyncHttpxClient", "DefaultHttpxClient"]


@cache
def _make_classes(library: Any) -> dict[str, type]:
    """Return the two classes, by name, as subclasses of the clients of an HTTP library."""

    def with_defaults(options: dict[str, Any]) -> dict[str, Any]:
        limits = library.Limits(max_connections=1000, max_keepalive_connections=100)
        return {"limits": limits, "timeout": library.Timeout(**DEFAULT_TIMEOUT.as_dict()), **options}

    class DefaultHttpxClient(library.Client):  # type: ignore[misc]
        """An `httpx.Client` with the limits and timeouts of `Baseten`.

        Args:
            **options: Arguments of `httpx.Client`, which replace the defaults.

        Example:
            >>> from baseten_messages_client import Baseten, DefaultHttpxClient
            >>> with DefaultHttpxClient(trust_env=False) as http, Baseten(api_key="any", http_client=http) as client:
            ...     pass
        """

        def __init__(self, **options: Any) -> None:
            super().__init__(**with_defaults(options))

    class DefaultAsyncHttpxClient(library.AsyncClient):  # type: ignore[misc]
        """An `httpx.AsyncClient` with the limits and timeouts of `AsyncBaseten`.

        Args:
            **options: Arguments of `httpx.AsyncClient`, which replace the defaults.
        """

        def __init__(self, **options: Any) -> None:
            super().__init__(**with_defaults(options))

    return {each.__name__: each for each in (DefaultHttpxClient, DefaultAsyncHttpxClient)}


if TYPE_CHECKING:

    class DefaultHttpxClient(httpx.Client):
        """An `httpx.Client` with the limits and timeouts of `Baseten`."""

        def __init__(self, **options: Any) -> None: ...

    class DefaultAsyncHttpxClient(httpx.AsyncClient):
        """An `httpx.AsyncClient` with the limits and timeouts of `AsyncBaseten`."""

        def __init__(self, **options: Any) -> None: ...

else:

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _make_classes(sys.modules.get("httpx2", httpx))[name]
