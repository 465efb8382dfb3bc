"""The HTTP clients that calls share, with their connection pools.

A pool belongs to one process and, if it is async, to one event loop. `Connections` and `AsyncConnections` return the
HTTP client that may be used here and now.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, cast

import httpx

from ..errors import BasetenError, ConfigurationError
from .libraries import AsyncHTTPClient, HTTPClient, describe_client, is_instance
from .pools import keep_given_connections
from .sockets import close_sockets, guard_sockets

if TYPE_CHECKING:
    from .body import AsyncBody, Body

# httpx limits a pool to 100 connections, so the 101st stream would wait for another stream to end. More connections are
# kept for later requests only up to 100, since many idle connections make each request slower.
LIMITS = httpx.Limits(max_connections=1000, max_keepalive_connections=100)

_renewing = threading.Lock()
"""Held while a forked child process replaces its parent's connections."""


def _forget_lock() -> None:
    """Replace the lock in a forked child process: the thread that held it may not exist there."""
    global _renewing
    _renewing = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_lock)


class Connections:
    """The HTTP client of a `Baseten` and of those that `with_options` makes from it.

    Args:
        http_client: The caller's own HTTP client, or None to create one.

    Raises:
        ConfigurationError: `http_client` is something else, or no HTTP client can be created.
    """

    def __init__(self, http_client: HTTPClient | None) -> None:
        if http_client is not None and not is_instance(http_client, "Client"):
            raise ConfigurationError(
                f"http_client must be an httpx.Client or httpx2.Client, not {describe_client(http_client)}"
            )
        self._owned = http_client is None
        # The interface of both libraries is the same.
        self._http = _make_client() if http_client is None else cast("httpx.Client", http_client)
        keep_given_connections(self._http)
        self._streams = guard_sockets(self._http)
        self._process = os.getpid()
        self._abandoned: deque[Body] = deque()
        self._closed = False

    def client(self) -> httpx.Client:
        """Return the HTTP client to use.

        Raises:
            BasetenError: The client is closed.
            ConfigurationError: This is a forked child process, and `http_client` was made by the parent.
        """
        if self._closed:
            raise BasetenError("the client is closed: create a new one")
        if self._process != os.getpid():
            # The first calls of several threads must not replace, and close, each other's connections.
            with _renewing:
                if self._process != os.getpid():
                    self._renew()
        self._close_abandoned()
        return self._http

    def abandon(self, body: Body) -> None:
        """Remember a body that nobody reads any more. The next call closes it.

        The garbage collector calls this, so this must not take a lock: this thread may hold it.
        """
        self._abandoned.append(body)

    def close(self) -> None:
        """Close the connections, unless they belong to the caller's `http_client`."""
        if self._process != os.getpid():
            self._closed = self._owned
            return  # The connections are the parent's.
        self._close_abandoned()
        if self._owned:
            self._closed = True
            self._http.close()

    def _close_abandoned(self) -> None:
        while self._abandoned:
            try:
                body = self._abandoned.popleft()
            except IndexError:  # Another thread was faster.
                return
            body.close()

    def _renew(self) -> None:
        """Give a forked child process its own connections. On the parent's it would read the parent's responses."""
        if not self._owned:
            _refuse_if_pooled(self._http, "this process was forked after http_client was created")
            return
        http = _make_client()
        keep_given_connections(http)
        streams, self._streams = self._streams, guard_sockets(http)
        self._abandoned, self._http, self._process = deque(), http, os.getpid()
        close_sockets(streams)


class AsyncConnections:
    """The HTTP clients of an `AsyncBaseten` and of those that `with_options` makes from it, one for each event loop.

    Args:
        http_client: The caller's own HTTP client, or None to create them.

    Raises:
        ConfigurationError: `http_client` is something else, or no HTTP client can be created.
    """

    def __init__(self, http_client: AsyncHTTPClient | None) -> None:
        if http_client is not None and not is_instance(http_client, "AsyncClient"):
            raise ConfigurationError(
                f"http_client must be an httpx.AsyncClient or httpx2.AsyncClient, not {describe_client(http_client)}"
            )
        self._caller_http = cast("httpx.AsyncClient | None", http_client)
        # Created now, so that a bad environment raises in the constructor. The first event loop uses it.
        self._unused = _make_async_client() if http_client is None else None
        self._http: dict[Any, httpx.AsyncClient] = {}
        self._at_end: dict[Any, AsyncGenerator[None, None]] = {}
        self.bodies: set[AsyncBody] = set()
        """The bodies that are not closed yet."""
        self._process = os.getpid()
        self._closed = False

    async def client(self) -> httpx.AsyncClient:
        """Return the HTTP client to use in the running event loop.

        Raises:
            BasetenError: The client is closed.
            ConfigurationError: `http_client` belongs to another event loop, or to the parent of a forked process.
        """
        if self._closed:
            raise BasetenError("the client is closed: create a new one")
        if self._process != os.getpid():
            if self._caller_http is not None:
                _refuse_if_pooled(self._caller_http, "this process was forked after http_client was created")
            with _renewing:  # Other threads may have event loops too.
                if self._process != os.getpid():
                    self._http, self._at_end, self._process = {}, {}, os.getpid()
        loop = _running_loop()
        http = self._http.get(loop)
        if http is None:
            http = self._http[loop] = self._client_for_new_loop()
            keep_given_connections(http)
            if self._caller_http is None:
                self._at_end[loop] = self._close_at_end(loop, http)
                await anext(self._at_end[loop])
        return http

    async def aclose(self) -> None:
        """Close the connections of the running event loop, unless they belong to the caller's `http_client`."""
        if self._caller_http is not None:
            return
        self._closed = True
        if self._process == os.getpid():
            if at_end := self._at_end.get(_running_loop()):
                await at_end.aclose()
            if self._unused is not None:
                await self._unused.aclose()

    async def _close_at_end(self, loop: Any, http: httpx.AsyncClient) -> AsyncGenerator[None, None]:
        """Close an HTTP client at the end of its event loop, where `asyncio.run` closes async generators."""
        try:
            yield
        finally:
            self._http.pop(loop, None)
            self._at_end.pop(loop, None)
            await http.aclose()

    async def close_lost(self) -> None:
        """Close connections that belong to no request. The HTTP library loses them when it is cancelled."""
        http = self._http.get(_running_loop())
        pool = getattr(getattr(http, "_transport", None), "_pool", None)
        if pool is None or not hasattr(pool, "_requests"):
            return
        used = [request.connection for request in pool._requests]
        lost = [one for one in pool.connections if one not in used and not one.is_idle() and not one.is_closed()]
        for connection in lost:
            pool._connections.remove(connection)
        # Their places go to the requests that wait.
        await pool._close_connections([*lost, *pool._assign_requests_to_connections()])

    def _client_for_new_loop(self) -> httpx.AsyncClient:
        if self._caller_http is not None:
            if self._http:
                _refuse_if_pooled(self._caller_http, "http_client was used in another event loop before")
            return self._caller_http
        http, self._unused = self._unused or _make_async_client(), None
        return http


def _running_loop() -> Any:
    # Imported here, because a sync client needs neither.
    import asyncio

    import anyio.lowlevel

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return anyio.lowlevel.current_token().native_token  # trio's


def _refuse_if_pooled(http: Any, reason: str) -> None:
    """Raise an error if the caller's HTTP client has a connection pool, which cannot be used here."""
    if hasattr(http._transport, "_pool"):
        raise ConfigurationError(f"{reason}, so its connections cannot be used: create an http_client here")


@contextmanager
def map_environment_errors() -> Iterator[None]:
    """If httpx cannot create a client, raise an error that names the environment variables that httpx reads."""
    try:
        yield
    except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        raise ConfigurationError(
            "the HTTP client cannot be created: check the environment variables SSL_CERT_FILE, SSL_CERT_DIR, "
            f"HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY ({type(error).__name__})"
        ) from error


def _make_client() -> httpx.Client:
    with map_environment_errors():
        return httpx.Client(limits=LIMITS, cookies=no_cookies())


def _make_async_client() -> httpx.AsyncClient:
    with map_environment_errors():
        return httpx.AsyncClient(limits=LIMITS, cookies=no_cookies())


def no_cookies() -> CookieJar:
    """Return a jar that accepts no cookie, because clients with different keys share one pool."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))
