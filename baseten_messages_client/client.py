"""The clients, `Baseten` and `AsyncBaseten`: their configuration, and the connections that their requests share."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from ._transport.connections import AsyncConnections, Connections
from ._transport.libraries import AsyncHTTPClient, HTTPClient
from ._transport.settings import (
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_TIMEOUT,
    Options,
    Settings,
    Timeout,
    change_settings,
    make_settings,
)
from .auth import AuthScheme
from .compat.clients import AsyncClientNames, ClientNames

if TYPE_CHECKING:
    # Checkers accept only a property where a Protocol has one.
    from builtins import property as cached_property

    from ._async_messages import AsyncMessages
    from .messages import Messages
else:
    from functools import cached_property

__all__ = ["AsyncBaseten", "Baseten"]


class _BaseClient:
    """The parts that both clients share: everything except sending."""

    _settings: Settings
    _shares_connections: bool

    def _share(self, settings: Settings) -> Self:
        """Return a client with the given settings and the same connections."""
        other = object.__new__(type(self))
        # Also what a subclass added, but not the cached `messages`, which have the settings of this client.
        vars(other).update({name: value for name, value in vars(self).items() if name != "messages"})
        other._settings, other._shares_connections = settings, True
        return other

    def with_options(self, **options: Unpack[Options]) -> Self:
        """Return a client that has other options and shares the connections of this client.

        Closing the returned client leaves the connections open.

        Args:
            **options: Any argument of the constructor except `http_client`. The `default_headers` are added to the
                headers of this client.

        Returns:
            A new client. This client keeps its own options.

        Raises:
            TypeError: An option is unknown.
            ConfigurationError: An option is malformed. The error names the option.

        Example:
            >>> from baseten_messages_client import Baseten
            >>> with Baseten(api_key="any") as client:
            ...     patient = client.with_options(max_retries=5)
        """
        return self._share(change_settings(self._settings, options))

    def __repr__(self) -> str:
        settings = getattr(self, "_settings", None)  # Missing if the constructor raised.
        return f"{type(self).__name__}({'' if settings is None else f'url={settings.url!r}'})"


class Baseten(_BaseClient, ClientNames):
    """A client of Baseten's Messages API.

    Threads can share one client. To free its connections, close the client or use it as a context manager.

    Args:
        api_key: API key. Default: the environment variable `BASETEN_API_KEY`.
        auth_scheme: `"Bearer"` or `"Api-Key"`. The scheme comes before the key in the `Authorization` header.
        base_url: Address of the service, with or without `/v1` or `/v1/messages`. Default: the environment variable
            `BASETEN_BASE_URL`, otherwise `https://inference.baseten.co` (the server in the schema).
        timeout: Seconds to wait for each chunk of a response, an `httpx.Timeout`, or None to wait forever. If it is a
            number of seconds, connecting takes at most 10 seconds.
        max_retries: How many times to send a request again after a connection failure or after one of the statuses
            408, 409, 429, 500, 502, 503, 504 and 529. The waits grow from 0.5 to 8 seconds. The client honors
            `Retry-After` up to 60 seconds.
        default_headers: Headers to add to every request.
        max_response_bytes: The largest response to read, in bytes after decompression.
        http_client: An `httpx.Client` or `httpx2.Client` to send with, for proxies, certificates or connection limits.
            The caller must close it. Its own timeout is not used. A stream's `response` is of the same library, and
            errors have an `httpx.Response` in any case.

    Raises:
        ConfigurationError: An option is missing or malformed. The error names the option.

    Example:
        >>> from baseten_messages_client import Baseten
        >>> from baseten_messages_client.testing import LocalServer
        >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
        ...     message = client.messages.create(
        ...         model="deepseek-ai/DeepSeek-V4-Pro",
        ...         max_tokens=1024,
        ...         messages=[{"role": "user", "content": "Hello!"}],
        ...     )
        >>> message.stop_reason
        'end_turn'
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        auth_scheme: AuthScheme = "Bearer",
        base_url: str | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        default_headers: Mapping[str, str] | None = None,
        max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
        http_client: httpx.Client | HTTPClient | None = None,
    ) -> None:
        self._settings = make_settings(
            api_key, auth_scheme, base_url, timeout, max_retries, default_headers, max_response_bytes
        )
        self._connections = Connections(http_client)
        self._shares_connections = False

    @cached_property
    def messages(self) -> Messages:
        """The methods of the endpoint `POST /v1/messages`."""
        # Imported here, because importing the models takes half as long as importing httpx.
        from .messages import Messages

        return Messages(self._connections, self._settings)

    def close(self) -> None:
        """Close the connections. An `http_client` that the caller passed stays open."""
        if not self._shares_connections:
            self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncBaseten(_BaseClient, AsyncClientNames):
    """An asynchronous client of Baseten's Messages API, for asyncio and trio.

    Each event loop needs its own client. The arguments are those of `Baseten`, except that `http_client` is an
    `httpx.AsyncClient` or `httpx2.AsyncClient`.

    Raises:
        ConfigurationError: An option is missing or malformed. The error names the option.

    Example:
        >>> import asyncio
        >>> from baseten_messages_client import AsyncBaseten
        >>> from baseten_messages_client.testing import LocalServer
        >>> async def main(url):
        ...     async with AsyncBaseten(api_key="any", base_url=url) as client:
        ...         return await client.messages.create(
        ...             model="deepseek-ai/DeepSeek-V4-Pro",
        ...             max_tokens=1024,
        ...             messages=[{"role": "user", "content": "Hello!"}],
        ...         )
        >>> with LocalServer() as server:
        ...     asyncio.run(main(server.url)).stop_reason
        'end_turn'
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        auth_scheme: AuthScheme = "Bearer",
        base_url: str | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        default_headers: Mapping[str, str] | None = None,
        max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
        http_client: httpx.AsyncClient | AsyncHTTPClient | None = None,
    ) -> None:
        self._settings = make_settings(
            api_key, auth_scheme, base_url, timeout, max_retries, default_headers, max_response_bytes
        )
        self._connections = AsyncConnections(http_client)
        self._shares_connections = False

    @cached_property
    def messages(self) -> AsyncMessages:
        """The methods of the endpoint `POST /v1/messages`."""
        # Imported here, because importing the models takes half as long as importing httpx.
        from ._async_messages import AsyncMessages

        return AsyncMessages(self._connections, self._settings)

    async def aclose(self) -> None:
        """Close the connections. An `http_client` that the caller passed stays open."""
        if not self._shares_connections:
            await self._connections.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
