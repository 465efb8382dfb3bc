"""Looks into an exception that came out of the HTTP library: where it was raised, and what is behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any

from .._wire.error_bodies import redact_and_cut
from .libraries import is_instance, package_of
from .safe_response import safe_response

_HTTP_STACK = frozenset(
    {
        "aiohttp",
        "anyio",
        "asyncio",
        "encodings",
        "h11",
        "h2",
        "hpack",
        "httpcore",
        "httpcore2",
        "httpx",
        "httpx2",
        "httpx_aiohttp",
        "hyperframe",
        "idna",
        "selectors",
        "socket",
        "socksio",
        "ssl",
        "trio",
        "truststore",
    }
)
_BODY_METHODS = frozenset({"__aiter__", "__iter__", "aiter_raw", "iter_raw"})
_MAX_TEXT = 2000


def is_from_http_stack(error: BaseException) -> bool:
    """Return whether the HTTP library, or a library that it uses, raised the exception, and not a caller's own code."""
    frames = list(_frames(error))
    return bool(frames) and package_of(_module(frames[-1])) in _HTTP_STACK


def is_from_body(error: BaseException) -> bool:
    """Return whether the exception was raised while the body of a response was read."""
    return any(
        frame.f_code.co_name in _BODY_METHODS and package_of(_module(frame)) in _HTTP_STACK for frame in _frames(error)
    )


def is_from_proxy(error: BaseException) -> bool:
    """Return whether the request that failed went to a proxy."""
    modules = (_module(frame) for cause in causes(error) for frame in _frames(cause))
    return is_instance(error, "ProxyError") or any(
        package_of(module) in _HTTP_STACK and module.endswith(("http_proxy", "socks_proxy")) for module in modules
    )


def causes(error: BaseException) -> Iterator[BaseException]:
    """Return an iterator over an exception and all exceptions that led to it."""
    seen: set[int] = set()
    pending: list[Any] = [error]
    while pending:
        current = pending.pop()
        if isinstance(current, BaseException) and id(current) not in seen:
            seen.add(id(current))
            yield current
            # httpcore passes the exception of a library below it as an argument to its own.
            pending += [*current.args, current.__context__, current.__cause__]
            if isinstance(current, BaseExceptionGroup):
                pending += current.exceptions


def redact_causes(error: BaseException, redact: Callable[[str], str]) -> None:
    """Remove the API key from the texts of an exception and of all that led to it. Texts that are too long are cut."""
    for cause in causes(error):
        cause.args = tuple(_redacted(value, redact) for value in cause.args)
        for name, value in list(vars(cause).items()):
            setattr(cause, name, _redacted(value, redact))
        if isinstance(cause, OSError) and isinstance(cause.strerror, str):
            cause.strerror = _redacted(cause.strerror, redact)
        if isinstance(cause, UnicodeDecodeError):
            cause.object = b""


def _redacted(value: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return redact_and_cut(value, _MAX_TEXT, redact)
    if isinstance(value, bytes | bytearray):
        return redact_and_cut(value.decode("latin-1"), _MAX_TEXT, redact).encode("latin-1", "replace")
    if is_instance(value, "Response"):
        return safe_response(value, redact)
    return [_redacted(item, redact) for item in value] if isinstance(value, list) else value


def _frames(error: BaseException) -> Iterator[FrameType]:
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def _module(frame: FrameType) -> str:
    name = frame.f_globals.get("__name__")
    return name if isinstance(name, str) else ""
