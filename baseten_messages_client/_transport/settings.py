"""The configuration of a client, which is checked once and shared by its requests."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, TypedDict
from urllib.parse import urlsplit, urlunsplit

import attrs
import httpx

from .._checks import check_seconds
from ..auth import AuthScheme, BasetenAuth
from ..errors import ConfigurationError
from .headers import check_headers, merge_headers
from .libraries import TimeoutPhases, is_instance

DEFAULT_BASE_URL = "https://inference.baseten.co"
BASE_URL_VARIABLE = "BASETEN_BASE_URL"

Timeout = float | httpx.Timeout | TimeoutPhases | None
"""Seconds to wait for the connection and for each chunk of the response, an `httpx.Timeout`, or None for no limit."""

# A model may think for minutes before the first byte of its response. A connection that takes so long never comes.
DEFAULT_TIMEOUT = httpx.Timeout(600.0, connect=10.0)
DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024


@attrs.frozen(kw_only=True)
class Settings:
    """The checked configuration of a client."""

    auth: BasetenAuth
    url: str
    timeout: httpx.Timeout
    max_retries: int
    headers: dict[str, str]
    max_response_bytes: int


class Options(TypedDict, total=False):
    """The options that `with_options` can change. Their meaning is the same as in the constructor of the client."""

    api_key: str | None
    auth_scheme: AuthScheme
    base_url: str | None
    timeout: Timeout
    max_retries: int
    default_headers: Mapping[str, str] | None
    """Headers to add to the headers of the client."""
    max_response_bytes: int


def make_settings(
    api_key: str | None,
    auth_scheme: AuthScheme,
    base_url: str | None,
    timeout: Timeout,
    max_retries: int,
    default_headers: Mapping[str, str] | None,
    max_response_bytes: int,
) -> Settings:
    """Check the arguments of a client's constructor and return its settings."""
    return Settings(
        auth=BasetenAuth(api_key, auth_scheme),
        url=messages_url(base_url),
        timeout=make_timeout(timeout),
        max_retries=_check_whole_number("max_retries", max_retries, at_least=0),
        headers=check_headers(default_headers, "default_headers"),
        max_response_bytes=_check_whole_number("max_response_bytes", max_response_bytes, at_least=1),
    )


def change_settings(settings: Settings, options: Options) -> Settings:
    """Return new settings in which the given options are replaced."""
    for name in options:
        if name not in Options.__annotations__:
            raise TypeError(f"unknown option {name}: with_options takes {', '.join(Options.__annotations__)}")
    changes: dict[str, Any] = {}
    scheme = options.get("auth_scheme", settings.auth.auth_scheme)
    if "api_key" in options:
        changes["auth"] = BasetenAuth(options["api_key"], scheme)
    elif "auth_scheme" in options:
        changes["auth"] = settings.auth.with_scheme(scheme)
    if "base_url" in options:
        changes["url"] = messages_url(options["base_url"])
    if "timeout" in options:
        changes["timeout"] = make_timeout(options["timeout"])
    if "max_retries" in options:
        changes["max_retries"] = _check_whole_number("max_retries", options["max_retries"], at_least=0)
    if "max_response_bytes" in options:
        limit = _check_whole_number("max_response_bytes", options["max_response_bytes"], at_least=1)
        changes["max_response_bytes"] = limit
    if "default_headers" in options:
        added = check_headers(options["default_headers"], "default_headers")
        changes["headers"] = merge_headers(settings.headers, added)
    return attrs.evolve(settings, **changes)


def make_timeout(timeout: Any) -> httpx.Timeout:
    """Check a timeout. If it is a number of seconds, connecting keeps its own, shorter limit."""
    if is_instance(timeout, "Timeout"):
        return httpx.Timeout(**{phase: _check_phase(seconds) for phase, seconds in timeout.as_dict().items()})
    seconds = _check_phase(timeout)
    return httpx.Timeout(seconds, connect=None if seconds is None else min(seconds, DEFAULT_TIMEOUT.connect or seconds))


def _check_phase(seconds: Any) -> float | None:
    try:
        return check_seconds("timeout", seconds)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{error} (to set each phase separately, pass an httpx.Timeout)") from None


def messages_url(base_url: str | None) -> str:
    """Return the URL of the endpoint for a base URL, which may already end in `/v1` or `/v1/messages`."""
    source = "base_url"
    if base_url is None:
        source = f"the environment variable {BASE_URL_VARIABLE}"
        base_url = os.environ.get(BASE_URL_VARIABLE) or DEFAULT_BASE_URL
    if is_instance(base_url, "URL"):
        base_url = str(base_url)
    if not isinstance(base_url, str):
        raise ConfigurationError(f"{source} must be a string, not {type(base_url).__name__}")
    base_url = base_url.strip()
    if any(character.isspace() or not character.isprintable() for character in base_url):
        raise ConfigurationError(f"{source} contains whitespace or a control character")
    try:
        parts = urlsplit(base_url)
        _ = parts.port  # Reading the port checks it.
    except ValueError:
        raise ConfigurationError(f"{source} is not a valid URL: check its host and port") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(
            f"{source} must start with https:// (or http://) and a host, for example {DEFAULT_BASE_URL}"
        )
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError(f"{source} must not contain a user name or password: pass the key as api_key")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"{source} must not contain a query (?) or a fragment (#)")
    _check_host(parts.scheme, parts.netloc, source)
    path = re.sub("/+", "/", parts.path).rstrip("/").removesuffix("/messages").removesuffix("/v1").rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/v1/messages", "", ""))


def _check_host(scheme: str, netloc: str, source: str) -> None:
    """Raise a ConfigurationError for a host that no request can have, such as `127.0.0.256` or `a..b`."""
    try:
        url = httpx.Request("POST", f"{scheme}://{netloc}").url
        _ = url.host  # Reading the host decodes it.
        url.raw_host.decode("ascii").encode("idna")  # This is how Python's sockets write a host.
    except (httpx.InvalidURL, ValueError):
        raise ConfigurationError(f"{source} is not a valid URL: check its host") from None


def _check_whole_number(name: str, value: Any, *, at_least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < at_least:
        preview = _preview_without_key(value)
        raise ConfigurationError(f"{name} must be a whole number of at least {at_least}, not {preview}")
    return value


def _preview_without_key(value: Any) -> str:
    # A string passed as the wrong argument may be the API key.
    return "a string" if isinstance(value, str) else repr(value)
