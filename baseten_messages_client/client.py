"""`Baseten` and `AsyncBaseten`: configuration, and the connections that calls share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from ._transport.settings import (
    DEFAULT_LIMITS,
    DEFAULT_TIMEOUT,
    Options,
    Settings,
    Timeout,
    change_settings,
    make_settings,
    no_cookies,
)
from ._transport.transport_errors import map_environment_errors
from .auth import AuthScheme
from .errors import ConfigurationError

if TYPE_CHECKING:
    from ._async_messages import AsyncMessages
    from .messages import Messages

__all__ = ["AsyncBaseten", "Baseten"]


class _BaseClient:
    """What both clients have in common: everything but the sending."""

    _settings: Settings
    _owns_http: bool

    def _share(self, settings: Settings) -> Self:
        """Return a client with these settings and the same connections."""
        raise NotImplementedError

    def with_options(self, **options: Unpack[Options]) -> Self:
        """Return a client with other options that shares this one's connections; closing it leaves them open.

        Args:
            **options: Any of the constructor's arguments but `http_client`. `default_headers` are added to those of
                this client.

        Raises:
            TypeError: There is no such option.
            ConfigurationError: An option is malformed; the message names it.

        Example:
            >>> from baseten_messages_client import Baseten
            >>> with Baseten(api_key="any") as client:
            ...     patient = client.with_options(max_retries=5)
        """
        return self._share(change_settings(self._settings, options))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self._settings.url!r})"


class Baseten(_BaseClient):
    """A client of Baseten's Messages API.

    Safe to share between threads. Close it, or use it as a context manager, to free its connections.

    Args:
        api_key: API key; by default the value of the variable `BASETEN_API_KEY`.
        auth_scheme: `"Bearer"` or `"Api-Key"`, the word in front of the key in the `Authorization` header.
        base_url: Address of the service, with or without `/v1` or `/v1/messages`; by default the value of the variable
            `BASETEN_BASE_URL`, else `https://inference.baseten.co` (the schema's server).
        timeout: Seconds to wait for each piece of an answer, an `httpx.Timeout`, or None to wait forever. Connecting
            takes 10 seconds at most unless an `httpx.Timeout` says otherwise.
        max_retries: How often to send a request again after a connection failure or a status 408, 409, 429, 500, 502,
            503, 504 or 529. The waits grow from half a second to eight seconds; `Retry-After` is honoured up to a
            minute.
        default_headers: Headers to add to every request.
        http_client: An `httpx.Client` to send with, for proxies, certificates or limits; the caller closes it. Its own
            timeout is not used.

    Raises:
        ConfigurationError: An option is missing or malformed; the message names it.

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
        http_client: httpx.Client | None = None,
    ) -> None:
        self._settings = make_settings(api_key, auth_scheme, base_url, timeout, max_retries, default_headers)
        if http_client is not None and not isinstance(http_client, httpx.Client):
            raise ConfigurationError(f"http_client must be an httpx.Client, not {type(http_client).__name__}")
        self._owns_http = http_client is None
        with map_environment_errors():
            self._http = http_client or httpx.Client(limits=DEFAULT_LIMITS, cookies=no_cookies())

    @cached_property
    def messages(self) -> Messages:
        """The endpoint `/v1/messages`."""
        # Imported here, because the models behind it cost half as much time to import as httpx does.
        from .messages import Messages

        return Messages(self._http, self._settings)

    def _share(self, settings: Settings) -> Self:
        other = object.__new__(type(self))
        other._settings, other._http, other._owns_http = settings, self._http, False
        return other

    def close(self) -> None:
        """Close the connections, unless they belong to the caller's `http_client`."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncBaseten(_BaseClient):
    """An asynchronous client of Baseten's Messages API, for asyncio and trio; each event loop needs one of its own.

    Takes the arguments of `Baseten`, with an `httpx.AsyncClient` as `http_client`.

    Raises:
        ConfigurationError: An option is missing or malformed; the message names it.

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
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        self._settings = make_settings(api_key, auth_scheme, base_url, timeout, max_retries, default_headers)
        if http_client is not None and not isinstance(http_client, httpx.AsyncClient):
            raise ConfigurationError(f"http_client must be an httpx.AsyncClient, not {type(http_client).__name__}")
        self._owns_http = http_client is None
        with map_environment_errors():
            self._http = http_client or httpx.AsyncClient(limits=DEFAULT_LIMITS, cookies=no_cookies())

    @cached_property
    def messages(self) -> AsyncMessages:
        """The endpoint `/v1/messages`."""
        # Imported here, because the models behind it cost half as much time to import as httpx does.
        from ._async_messages import AsyncMessages

        return AsyncMessages(self._http, self._settings)

    def _share(self, settings: Settings) -> Self:
        other = object.__new__(type(self))
        other._settings, other._http, other._owns_http = settings, self._http, False
        return other

    async def aclose(self) -> None:
        """Close the connections, unless they belong to the caller's `http_client`."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
