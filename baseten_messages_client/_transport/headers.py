"""Headers: which ones a caller may send, how they are merged, and which one holds the ID of the request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..errors import ConfigurationError

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_CONNECTION_HEADERS = frozenset({"connection", "content-length", "host", "transfer-encoding"})


def check_headers(headers: Mapping[str, str] | None, argument: str) -> dict[str, str]:
    """Return the headers to send, without `x-api-key`. The service does not read that header and must not receive it.

    Raises:
        ConfigurationError: A name or a value is malformed, or a caller may not set the header, such as `Authorization`.
    """
    if headers is not None and not isinstance(headers, Mapping):
        raise ConfigurationError(f"{argument} must be a dict, not {type(headers).__name__}")
    for name, value in (headers or {}).items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ConfigurationError(
                f"{argument} must map strings to strings, but {name!r} maps to {type(value).__name__}"
            )
        _check_name(name, argument)
        _check_value(value, f"{argument}[{name!r}]")
    return {name: value for name, value in (headers or {}).items() if name.lower() != "x-api-key"}


def _check_name(name: str, argument: str) -> None:
    if not _HEADER_NAME.fullmatch(name):
        raise ConfigurationError(f"{argument} contains {name!r}, which is not a valid header name")
    if name.lower() in _CONNECTION_HEADERS:
        raise ConfigurationError(f"{argument} contains {name}, which the HTTP library sets: remove it")
    if name.lower() == "authorization":
        raise ConfigurationError(
            f"{argument} contains Authorization: pass the key as api_key to the client or to with_options"
        )


def _check_value(value: str, place: str) -> None:
    if not value.replace("\t", " ").isprintable() or not value.isascii():
        raise ConfigurationError(f"{place} contains a line break, a control character or a non-ASCII character")
    if value != value.strip():
        raise ConfigurationError(f"{place} begins or ends with whitespace")


def merge_headers(headers: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Return all headers. A header in `more` replaces a header of the same name, in upper or lower case."""
    replaced = {name.lower() for name in more}
    return {**{name: value for name, value in headers.items() if name.lower() not in replaced}, **more}


def read_request_id(headers: Mapping[str, str], redact: Callable[[str], str] = str) -> str | None:
    """Return the request's ID in the service's logs, or None. Source: the wire rules "Failing"."""
    for name in ("x-baseten-request-id", "x-request-id", "request-id"):
        if value := headers.get(name):
            return redact(value)
    return None
