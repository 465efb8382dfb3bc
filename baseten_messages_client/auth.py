"""Authentication: the API key, and the `Authorization` header that the service reads instead of `x-api-key`."""

from __future__ import annotations

import html.entities
import os
import re
from collections.abc import Generator, MutableMapping
from functools import cached_property
from typing import Literal, Protocol, TypeVar, get_args

import httpx

from .errors import ConfigurationError

__all__ = ["AuthScheme", "BasetenAuth"]

AuthScheme = Literal["Bearer", "Api-Key"]
"""The scheme in front of the key: `Authorization: Bearer KEY` or `Authorization: Api-Key KEY`."""

API_KEY_VARIABLE = "BASETEN_API_KEY"


class _Request(Protocol):
    """A request of any HTTP library that has httpx's interface."""

    @property
    def headers(self) -> MutableMapping[str, str]: ...


RequestT = TypeVar("RequestT", bound=_Request)


class BasetenAuth(httpx.Auth):
    """Authenticates the requests that any client of httpx or httpx2 sends to Baseten.

    It sets the header `Authorization` and removes the header `x-api-key`. Source: the schema's security scheme
    `ApiKeyAuth`. For httpx, this is an `httpx.Auth`. For httpx2, which takes functions too, this is a function of a
    request.

    Args:
        api_key: The API key. Default: the environment variable `BASETEN_API_KEY`.
        auth_scheme: `"Bearer"` or `"Api-Key"`. The service accepts both.

    Raises:
        ConfigurationError: The key is missing or malformed, or the scheme is unknown.

    Example:
        >>> import httpx
        >>> with httpx.Client(auth=BasetenAuth("my-key")) as http:
        ...     request = next(http.auth.auth_flow(http.build_request("POST", "https://inference.baseten.co/v1/messages")))
        >>> request.headers["Authorization"]
        'Bearer my-key'
    """

    def __init__(self, api_key: str | None = None, auth_scheme: AuthScheme = "Bearer") -> None:
        if auth_scheme not in get_args(AuthScheme):
            # The error does not show the value, because a caller who swaps two arguments passes the key here.
            raise ConfigurationError('auth_scheme must be "Bearer" or "Api-Key"')
        self.auth_scheme: AuthScheme = auth_scheme
        self._api_key = _check_key(api_key)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Set the header of a request. httpx calls this method."""
        yield self(request)

    def __call__(self, request: RequestT) -> RequestT:
        """Set the header of a request and return the request. httpx2 calls this method."""
        request.headers["Authorization"] = f"{self.auth_scheme} {self._api_key}"
        request.headers.pop("x-api-key", None)
        return request

    def with_scheme(self, auth_scheme: AuthScheme) -> BasetenAuth:
        """Return the same key with another scheme."""
        return BasetenAuth(self._api_key, auth_scheme)

    def redact(self, text: str) -> str:
        """Return `text` with the key replaced, because a server may repeat the key in an error.

        The key is found in upper or lower case too, and as it is written in URLs, JSON strings and HTML.
        """
        # A shorter key is a placeholder such as "any", which may be part of ordinary text.
        return self._written_key.sub("[API key]", text) if len(self._api_key) >= 8 else text

    @cached_property
    def _written_key(self) -> re.Pattern[str]:
        """The pattern of all ways to write the key."""
        return re.compile("".join(map(_ways_to_write, self._api_key)), re.IGNORECASE)

    def __repr__(self) -> str:
        return f"BasetenAuth(api_key=..., auth_scheme={self.auth_scheme!r})"


def _ways_to_write(character: str) -> str:
    """Return the pattern of a character of the key: plain, or escaped for a URL, a JSON string, Python or HTML."""
    code = ord(character)
    names: list[str] = []
    if not character.isalnum():
        names = sorted(
            name for name, meaning in html.entities.html5.items() if meaning == character and name[-1] == ";"
        )
    # The repetitions are bounded, because the time for an unbounded one would grow with the square of the text.
    ways = [
        rf"\\{{0,4}}{re.escape(character)}",
        rf"%(?:25){{0,2}}{code:02x}",
        rf"\\{{1,4}}(?:u00|x){code:02x}",
        rf"&(?:amp;){{0,2}}(?:#0{{0,6}}{code}|#x0{{0,6}}{code:x});?",
        *(f"&(?:amp;){{0,2}}{name}" for name in names),
    ]
    return f"(?:{'|'.join(ways)})"


def _check_key(api_key: str | None) -> str:
    if api_key is None:
        source, key = f"the environment variable {API_KEY_VARIABLE}", os.environ.get(API_KEY_VARIABLE)
        if key is None:
            raise ConfigurationError(
                f"no API key: set the environment variable {API_KEY_VARIABLE}, or pass api_key to the client"
            )
    else:
        source, key = "api_key", api_key
    # The errors name the fault and the source of the key. They never show any part of the key.
    if not isinstance(key, str):
        raise ConfigurationError(f"{source} must be a string, not {type(key).__name__}")
    if not key.strip():
        raise ConfigurationError(f"{source} is empty: set it to a Baseten API key")
    if key != key.strip():
        raise ConfigurationError(f"{source} begins or ends with whitespace, such as a line break: remove it")
    if any(character.isspace() for character in key):
        raise ConfigurationError(f"{source} contains whitespace: pass the key alone, without a prefix such as Bearer")
    if not key.isascii() or not key.isprintable():
        raise ConfigurationError(f"{source} contains control or non-ASCII characters, which an API key never has")
    return key
