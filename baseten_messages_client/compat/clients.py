"""What the clients inherit: the attributes that the official SDK's clients have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from .._transport.settings import make_timeout

if TYPE_CHECKING:
    from .._transport.settings import Settings, Timeout
    from .beta import AsyncBeta, Beta


class _ClientNames:
    """The names that both clients share."""

    if TYPE_CHECKING:
        _settings: Settings
        _connections: Any
        with_options: Any

    else:
        # Type checkers must not see this method. It would make every misspelt attribute a valid one.
        def __getattr__(self, name):
            from .hints import CLIENT_HINTS, attribute_error  # Here, because a program that runs never needs them.

            raise attribute_error(self, name, CLIENT_HINTS)

    @property
    def api_key(self) -> str:
        """The API key."""
        return self._settings.auth._api_key

    @property
    def base_url(self) -> str:
        """The address of the service, without `/v1/messages`."""
        return self._settings.url.removesuffix("/v1/messages")

    @property
    def default_headers(self) -> Mapping[str, str]:
        """A copy of the headers that the caller added to every request."""
        return dict(self._settings.headers)

    @property
    def max_retries(self) -> int:
        """How many times to send a request again."""
        return self._settings.max_retries

    @property
    def timeout(self) -> Timeout:
        """How long to wait for a connection and for each chunk of a response."""
        timeout = self._settings.timeout
        if timeout != make_timeout(timeout.read):
            return timeout
        seconds = timeout.read  # The caller gave a number of seconds.
        return int(seconds) if seconds is not None and seconds.is_integer() else seconds

    def copy(self, **options: Any) -> Self:
        """Another name of `with_options`."""
        client: Self = self.with_options(**options)
        return client

    def is_closed(self) -> bool:
        """Return whether the connections are closed."""
        return bool(self._connections._closed)


class ClientNames(_ClientNames):
    """The names of `Baseten`."""

    @property
    def beta(self) -> Beta:
        """Another way to `messages`: `client.beta.messages`."""
        from .beta import Beta

        return Beta(self._connections, self._settings)


class AsyncClientNames(_ClientNames):
    """The names of `AsyncBaseten`."""

    @property
    def beta(self) -> AsyncBeta:
        """Another way to `messages`: `client.beta.messages`."""
        from .beta import AsyncBeta

        return AsyncBeta(self._connections, self._settings)

    if TYPE_CHECKING:
        aclose: Any

    async def close(self) -> None:
        """Another name of `aclose`."""
        await self.aclose()
