"""Requests as the local server received them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "x-api-key", "cookie"})


def parse_json(body: bytes) -> Any:
    """Parse JSON strictly.

    Raises:
        ValueError: The bytes are not JSON; the message says where.
    """
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity. Python accepts them, although JSON does not have them."""
    raise ValueError(f"{name} is not JSON")


class Headers(Mapping[str, str]):
    """Headers of a request. Lookup ignores the case of names.

    The values of a repeated header are joined by a comma and a space. `pairs` has them one by one.

    Args:
        pairs: Names and values in the order received.

    Example:
        >>> Headers([("X-Trace", "7")])["x-trace"]
        '7'
    """

    pairs: tuple[tuple[str, str], ...]

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)
        self._values: dict[str, str] = {}
        for name, value in pairs:
            key = name.lower()
            self._values[key] = f"{self._values[key]}, {value}" if key in self._values else value

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        shown = {name: "***" if name in _SECRET_HEADERS else value for name, value in self.items()}
        return f"Headers({shown!r})"


@dataclass(frozen=True)
class RecordedRequest:
    """One request that the local server received.

    Attributes:
        method: The HTTP method, such as `POST`.
        path: The request target as received, query included, such as `/v1/messages`.
        headers: The headers. `repr` hides secrets; the values themselves are complete.
        body: The body, decoded if it came in chunks.

    Example:
        >>> from baseten_messages_client.testing import LocalServer
        >>> from urllib.request import urlopen
        >>> with LocalServer() as server:
        ...     server.enqueue(status=200, check=False)
        ...     _ = urlopen(server.url + "/v1/messages", data=b'{"max_tokens": 1024}').close()
        ...     server.requests[-1].json["max_tokens"]
        1024
    """

    method: str
    path: str
    headers: Headers
    body: bytes

    @cached_property
    def json(self) -> Any:
        """The body parsed as JSON, or None when it is not JSON."""
        try:
            return parse_json(self.body)
        except ValueError:
            return None

    def __repr__(self) -> str:
        return f"RecordedRequest({self.method} {self.path}, {self.headers!r}, {len(self.body)} bytes)"
