"""An HTTP client for `AsyncBaseten` that sends with aiohttp, which takes less time for each event than httpx alone.

It needs the extra `aiohttp`: `pip install "baseten-messages-client[aiohttp]"`.

    from baseten_messages_client import AsyncBaseten
    from baseten_messages_client.aiohttp import aiohttp_client

    async with aiohttp_client() as http, AsyncBaseten(http_client=http) as client:
        ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any, cast

import httpx

from ._transport.connections import LIMITS, no_cookies

try:
    import aiohttp
    from httpx_aiohttp import AiohttpTransport, HttpxAiohttpClient
    from httpx_aiohttp.transport import AiohttpResponseStream, map_aiohttp_exceptions
except ImportError as _missing:
    raise ImportError('aiohttp is missing: pip install "baseten-messages-client[aiohttp]"') from _missing

__all__ = ["aiohttp_client"]

_waits_for_place: ContextVar[bool] = ContextVar("_waits_for_place", default=False)
"""Whether the request of this task waits until another request gives its connection back."""


def aiohttp_client(**options: Any) -> httpx.AsyncClient:
    """Return an `httpx.AsyncClient` that sends with aiohttp.

    It has the connection limits of the client that `AsyncBaseten` makes itself, and keeps no cookies. It belongs to one
    event loop, works with asyncio alone, and speaks HTTP/1.1. The caller must close it.

    Args:
        **options: Arguments of `httpx.AsyncClient`, such as `proxy`, `verify` or `limits`. The `timeout` is not used,
            because the requests of `AsyncBaseten` have their own.

    Returns:
        A client for `AsyncBaseten(http_client=…)`.

    Example:
        >>> import asyncio
        >>> from baseten_messages_client import AsyncBaseten
        >>> from baseten_messages_client.testing import LocalServer
        >>> async def main(url):
        ...     async with aiohttp_client() as http:
        ...         client = AsyncBaseten(api_key="any", base_url=url, http_client=http)
        ...         return await client.messages.create(
        ...             model="deepseek-ai/DeepSeek-V4-Pro",
        ...             max_tokens=1024,
        ...             messages=[{"role": "user", "content": "Hello!"}],
        ...         )
        >>> with LocalServer() as server:
        ...     asyncio.run(main(server.url)).stop_reason
        'end_turn'
    """
    return _Client(**{"limits": LIMITS, "cookies": no_cookies(), **options})


class _Client(HttpxAiohttpClient):
    # httpx has no public way to choose the transports of the proxies that the environment names. It passes all
    # arguments by name, except the proxy.

    def _init_transport(self, *, transport: Any = None, **options: Any) -> Any:  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride]
        return _Transport(**options) if transport is None else transport

    def _init_proxy_transport(self, proxy: httpx.Proxy, **options: Any) -> Any:  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride]
        return _Transport(proxy=proxy, **options)


class _Transport(AiohttpTransport):
    _pool = None  # As the transports with a pool, it can be used in one process and event loop alone.

    def get_client(self) -> aiohttp.ClientSession:
        """Return the session to send with. The transport calls this once."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=self.ssl_context,
                limit=self.limits.max_connections or 0,
                keepalive_timeout=self.limits.keepalive_expiry,
            ),
            # The session has its own cookies, apart from those of the client.
            cookie_jar=aiohttp.DummyCookieJar(),
            trace_configs=[_trace_places()],
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Its exceptions are those that httpx alone raises."""
        _waits_for_place.set(False)
        try:
            response = await super().handle_async_request(request)
        except (httpx.TransportError, aiohttp.ClientError) as error:
            failure = _httpx_error(error, through_proxy=self.proxy is not None)
        else:
            response.stream = _Stream(cast("AiohttpResponseStream", response.stream)._aiohttp_response)
            return response
        # Not in the handler: the exceptions of aiohttp hold the headers of the request, and passwords of proxies.
        raise failure


class _Stream(AiohttpResponseStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = self._aiohttp_response.content
        with map_aiohttp_exceptions():
            try:
                async for chunk in content.iter_any():
                    yield chunk
            except aiohttp.ClientError:
                # aiohttp would drop what arrived just before the connection was lost.
                content.set_exception(None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
                if rest := content.read_nowait():
                    yield rest
                raise


_ERRORS: dict[type[Exception], type[httpx.TransportError]] = {
    aiohttp.ClientProxyConnectionError: httpx.ProxyError,
    aiohttp.ClientHttpProxyError: httpx.ProxyError,
    aiohttp.ClientConnectorError: httpx.ConnectError,
    aiohttp.ClientOSError: httpx.ReadError,
    aiohttp.ServerDisconnectedError: httpx.RemoteProtocolError,
    aiohttp.SocketTimeoutError: httpx.ReadTimeout,
    aiohttp.ClientResponseError: httpx.RemoteProtocolError,
}


def _httpx_error(error: Exception, *, through_proxy: bool) -> httpx.TransportError:
    """Return the exception that httpx alone would raise. httpx-aiohttp calls most lost connections a timeout."""
    cause = error.__cause__ if isinstance(error, httpx.TransportError) else error
    found = next((right for wrong, right in _ERRORS.items() if isinstance(cause, wrong)), httpx.NetworkError)
    if isinstance(cause, aiohttp.ConnectionTimeoutError):
        found = httpx.PoolTimeout if _waits_for_place.get() else httpx.ConnectTimeout
    elif isinstance(error, httpx.UnsupportedProtocol):
        found = type(error)
    elif through_proxy and isinstance(cause, aiohttp.ServerDisconnectedError):
        found = httpx.ProxyError
    failure = found(str(error))
    failure.__cause__ = getattr(cause, "certificate_error", None) or getattr(cause, "os_error", None)
    return failure


def _trace_places() -> aiohttp.TraceConfig:
    """Return what tells a request that waits for a place in the pool from one that connects."""

    async def begin(*_: object) -> None:
        _waits_for_place.set(True)

    async def end(*_: object) -> None:
        _waits_for_place.set(False)

    trace = aiohttp.TraceConfig()
    trace.on_connection_queued_start.append(begin)
    trace.on_connection_queued_end.append(end)
    return trace
