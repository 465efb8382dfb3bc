"""The `Authorization` header that the service reads, in place of the `x-api-key` header that it does not."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Literal, get_args

import httpx

from .errors import ConfigurationError

__all__ = ["AuthScheme", "BasetenAuth"]

AuthScheme = Literal["Bearer", "Api-Key"]
"""How the key is introduced: `Authorization: Bearer KEY` or `Authorization: Api-Key KEY`."""

API_KEY_VARIABLE = "BASETEN_API_KEY"


class BasetenAuth(httpx.Auth):
    """Authenticates requests of any httpx client to Baseten: the header fix alone.

    Sets `Authorization` and removes `x-api-key`. Source: the schema's security scheme `ApiKeyAuth`.

    Args:
        api_key: The API key; by default the value of the variable `BASETEN_API_KEY`.
        auth_scheme: `"Bearer"` or `"Api-Key"`; the service accepts both.

    Raises:
        ConfigurationError: The key is missing or could not be a key, or the scheme is another one.

    Example:
        >>> import httpx
        >>> with httpx.Client(auth=BasetenAuth("my-key")) as http:
        ...     request = next(http.auth.auth_flow(http.build_request("POST", "https://inference.baseten.co/v1/messages")))
        >>> request.headers["Authorization"]
        'Bearer my-key'
    """

    def __init__(self, api_key: str | None = None, auth_scheme: AuthScheme = "Bearer") -> None:
        if auth_scheme not in get_args(AuthScheme):
            # Without the value: whoever confuses two arguments has put the key here.
            raise ConfigurationError('auth_scheme must be "Bearer" or "Api-Key"')
        self.auth_scheme: AuthScheme = auth_scheme
        self._api_key = _check_key(api_key)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the header on a request (called by httpx)."""
        request.headers["Authorization"] = f"{self.auth_scheme} {self._api_key}"
        request.headers.pop("x-api-key", None)
        yield request

    def with_scheme(self, auth_scheme: AuthScheme) -> BasetenAuth:
        """Return the same key under another scheme."""
        return BasetenAuth(self._api_key, auth_scheme)

    def redact(self, text: str) -> str:
        """Return `text` without the key, for a server that repeats it in an error."""
        # Anything shorter is a placeholder, which may well be a part of other words.
        return text.replace(self._api_key, "[API key]") if len(self._api_key) >= 8 else text

    def __repr__(self) -> str:
        return f"BasetenAuth(api_key=..., auth_scheme={self.auth_scheme!r})"


def _check_key(api_key: str | None) -> str:
    if api_key is None:
        source, key = f"the environment variable {API_KEY_VARIABLE}", os.environ.get(API_KEY_VARIABLE)
        if key is None:
            raise ConfigurationError(
                f"no API key: set the environment variable {API_KEY_VARIABLE}, or pass api_key to the client"
            )
    else:
        source, key = "api_key", api_key
    # The messages name the fault and where the key came from, never any part of the key.
    if not isinstance(key, str):
        raise ConfigurationError(f"{source} must be a string, not {type(key).__name__}")
    if not key.strip():
        raise ConfigurationError(f"{source} is empty: it must hold a Baseten API key")
    if key != key.strip():
        raise ConfigurationError(f"{source} begins or ends with white space, such as a line break: strip it")
    if any(character.isspace() for character in key):
        raise ConfigurationError(f"{source} has white space in it: give the key alone, without a word such as Bearer")
    if not key.isascii() or not key.isprintable():
        raise ConfigurationError(f"{source} has control or non-ASCII characters in it, which no API key has")
    return key
