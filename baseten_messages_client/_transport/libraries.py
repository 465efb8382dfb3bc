"""The HTTP libraries whose clients the transport sends with: httpx, and httpx2, where its development went on.

Both have the same interface, but separate classes. httpx2 is not a requirement, so this package never imports it. The
classes are recognized by their names instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, Protocol

LIBRARIES = ("httpx", "httpx2")


class _Response(Protocol):
    @property
    def status_code(self) -> int: ...


class HTTPClient(Protocol):
    """What type checkers compare an `http_client` with: an `httpx.Client` or `httpx2.Client`."""

    def send(self, request: Any, *, stream: bool = ..., auth: Any = ..., follow_redirects: Any = ...) -> _Response: ...


class AsyncHTTPClient(Protocol):
    """What type checkers compare an `http_client` with: an `httpx.AsyncClient` or `httpx2.AsyncClient`."""

    def send(
        self, request: Any, *, stream: bool = ..., auth: Any = ..., follow_redirects: Any = ...
    ) -> Awaitable[_Response]: ...


class TimeoutPhases(Protocol):
    """What type checkers compare a `timeout` with: an `httpx.Timeout` or `httpx2.Timeout`."""

    def as_dict(self) -> Mapping[str, float | None]: ...


def is_instance(value: object, name: str) -> bool:
    """Return whether a value is an instance of the class with this name, in httpx or httpx2."""
    return _has_class(type(value), name)


def describe_client(value: object) -> str:
    """Return the name of the class of a value that is not the right `http_client`, and what would be right."""
    if isinstance(value, type):
        return f"the class {_full_name(value)} itself: create an instance"
    found = _full_name(type(value))
    if _has_class(type(value), "AsyncClient"):
        return f"{found}, which is asynchronous: use it with AsyncBaseten"
    if _has_class(type(value), "Client"):
        return f"{found}, which is synchronous: use it with Baseten"
    return found


def keeps_given_connections(pool: object) -> bool:
    """Return whether a connection pool never closes a connection that a request was given (see `pools`)."""
    # The pools of httpcore2, which belong to httpx2, do so since version 2.8.
    return not any(package_of(cls.__module__) == "httpcore" for cls in type(pool).__mro__)


def package_of(module: str) -> str:
    """Return the name of the package that a module belongs to."""
    return module.partition(".")[0]


def _has_class(cls: type, name: str) -> bool:
    return any(base.__name__ == name and package_of(base.__module__) in LIBRARIES for base in cls.__mro__)


def _full_name(cls: type) -> str:
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
