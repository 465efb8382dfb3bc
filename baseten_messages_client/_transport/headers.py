"""Headers: which ones a caller may send, and which one names a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..errors import ConfigurationError


def check_headers(headers: Mapping[str, str] | None, argument: str) -> dict[str, str]:
    """Return the headers to send, without `x-api-key`, which the service does not read and must not see.

    Raises:
        ConfigurationError: A name or value cannot stand in a header, or `Authorization` is among them.
    """
    checked: dict[str, str] = {}
    if headers is not None and not isinstance(headers, Mapping):
        raise ConfigurationError(f"{argument} must be a dict, not {type(headers).__name__}")
    for name, value in (headers or {}).items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ConfigurationError(
                f"{argument} must map strings to strings, not {name!r} to a {type(value).__name__}"
            )
        if not name or not name.isascii() or not all(c.isalnum() or c in "!#$%&'*+-.^_`|~" for c in name):
            raise ConfigurationError(f"{argument} has {name!r}, which is no name of a header")
        if not value.replace("\t", " ").isprintable() or not value.isascii():
            raise ConfigurationError(f"{argument}[{name!r}] has a line break, control or non-ASCII character in it")
        if value != value.strip():
            raise ConfigurationError(f"{argument}[{name!r}] begins or ends with white space")
        if name.lower() in ("connection", "content-length", "host", "transfer-encoding"):
            raise ConfigurationError(f"{argument} holds {name}, which the connection sets by itself: leave it out")
        if name.lower() == "authorization":
            raise ConfigurationError(
                f"{argument} holds Authorization: give the key to the client, or to with_options, as api_key"
            )
        if name.lower() != "x-api-key":
            checked[name] = value
    return checked


def merge_headers(headers: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Return both, where a name in `more` replaces the same name in any case."""
    replaced = {name.lower() for name in more}
    return {**{name: value for name, value in headers.items() if name.lower() not in replaced}, **more}


def read_request_id(headers: Mapping[str, str], redact: Callable[[str], str] = str) -> str | None:
    """Return what identifies the request in the service's logs."""
    for name in ("x-baseten-request-id", "x-request-id", "request-id"):
        if value := headers.get(name):
            return redact(value)
    return None
