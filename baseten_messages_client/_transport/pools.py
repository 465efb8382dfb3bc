"""Corrects the connection pools of the HTTP library: a connection that was given to a request is not closed.

Such a connection looks idle until its request begins. If another request needs room in the pool at that moment, the
library closes the connection under the first request, which may have been sent already. See httpcore's issue 1110.
httpcore2, the library under httpx2, has no such fault.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .libraries import keeps_given_connections


def keep_given_connections(http: Any) -> None:
    """Have the pools of an HTTP client keep the connections that requests were given.

    Args:
        http: A client of httpx or httpx2. Transports without a connection pool are left alone.
    """
    # httpx has no public way to choose the pools that it makes itself.
    for transport in (http._transport, *http._mounts.values()):
        pool: Any = getattr(transport, "_pool", None)
        assign = getattr(pool, "_assign_requests_to_connections", None)
        # The caller may share one http_client between several clients.
        if assign is not None and not isinstance(assign, _Assign) and not keeps_given_connections(pool):
            pool._assign_requests_to_connections = _Assign(pool, assign)


class _Assign:
    """Assigns waiting requests to connections one by one, and hides from the library the connections that were given.

    The pool calls this whenever requests come or go, while it holds its lock.

    Args:
        pool: The pool.
        assign: The method of the pool. It returns the connections to close.
    """

    def __init__(self, pool: Any, assign: Callable[[], list[Any]]) -> None:
        self._pool = pool
        self._assign = assign

    def __call__(self) -> list[Any]:
        pool = self._pool
        requests, most = pool._requests, pool._max_connections
        hidden = self._hide({id(request.connection) for request in requests})
        closing: list[Any] = []
        try:
            waiting = [request for request in requests if request.is_queued()]
            for request in waiting or [None]:  # Without a waiting request, this only removes closed connections.
                pool._requests = [] if request is None else [request]
                closing += self._assign()
                if request is not None and not request.is_queued():
                    hidden += self._hide({id(request.connection)})
                elif not any(connection.is_available() for connection in pool._connections):
                    break
        finally:
            pool._requests, pool._max_connections = requests, most
            pool._connections += hidden
        return closing

    def _hide(self, given: set[int]) -> list[Any]:
        """Take the connections out of the pool that were given to a request and still look idle."""
        pool = self._pool
        hidden = [connection for connection in pool._connections if id(connection) in given and connection.is_idle()]
        for connection in hidden:
            pool._connections.remove(connection)
        pool._max_connections -= len(hidden)
        return hidden
