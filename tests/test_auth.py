"""The `Authorization` header, keys that cannot be keys, and where the key must not appear."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any
from urllib.parse import quote

import anyio
import httpx
import httpx2
import pytest

from baseten_messages_client import Baseten, BasetenError, ConfigurationError
from baseten_messages_client.auth import BasetenAuth
from baseten_messages_client.testing import LocalServer

from .conftest import Create
from .support import KEY


def authorized(auth: BasetenAuth, **headers: str) -> httpx.Headers:
    request = httpx.Request("POST", "https://inference.baseten.co/v1/messages", headers=headers)
    return next(auth.auth_flow(request)).headers


@pytest.mark.parametrize("scheme", ["Bearer", "Api-Key"])
def test_the_header_names_the_scheme_and_the_key(scheme: str) -> None:
    assert authorized(BasetenAuth(KEY, scheme))["authorization"] == f"{scheme} {KEY}"  # type: ignore[arg-type]


def test_an_x_api_key_header_is_removed_whatever_its_case() -> None:
    assert "x-api-key" not in authorized(BasetenAuth(KEY), **{"X-Api-KEY": KEY})


def sent_with(library: ModuleType, mode: str, location: str | None) -> list[Any]:
    """Return the requests that a client of this library sends for one call. The first response may redirect."""
    seen: list[Any] = []

    def answer(request: Any) -> Any:
        seen.append(request)
        redirect = location is not None and len(seen) == 1
        return library.Response(307 if redirect else 200, headers={"location": location} if redirect else {})

    options = {"auth": BasetenAuth(KEY), "transport": library.MockTransport(answer), "follow_redirects": True}
    call = {"url": "https://example.com/", "headers": {"X-Api-Key": "other"}, "json": {}}

    async def main() -> None:
        async with library.AsyncClient(**options) as http:
            await http.post(**call)

    if mode == "async":
        anyio.run(main)
    else:
        with library.Client(**options) as http:
            http.post(**call)
    return seen


@pytest.mark.parametrize(
    ("location", "authorizations"),
    [
        (None, [f"Bearer {KEY}"]),
        ("https://example.com/other", [f"Bearer {KEY}"] * 2),
        ("https://elsewhere.example/", [f"Bearer {KEY}", None]),
    ],
    ids=["no redirect", "redirect to the same host", "redirect to another host"],
)
@pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda library: library.__name__)
def test_the_auth_alone_works_with_any_client_of_httpx_or_httpx2(
    library: ModuleType, mode: str, location: str | None, authorizations: list[str | None]
) -> None:
    seen = sent_with(library, mode, location)
    assert [request.headers.get("authorization") for request in seen] == authorizations
    assert not any("x-api-key" in request.headers for request in seen)


def test_the_key_comes_from_the_environment_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASETEN_API_KEY", "from-environment")
    assert authorized(BasetenAuth())["authorization"] == "Bearer from-environment"
    assert authorized(BasetenAuth(KEY))["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("", "empty"),
        ("  \t ", "empty"),
        ("\n", "empty"),
        (f"{KEY}\n", "begins or ends with whitespace"),
        (f" {KEY}", "begins or ends with whitespace"),
        (f"Bearer {KEY}", "without a prefix such as Bearer"),
        (f"{KEY}\nx-evil: 1", "contains whitespace"),
        (f"{KEY}\x00", "control"),
        (f"{KEY}é", "non-ASCII"),
        (f"\x7f{KEY}", "control"),
        (b"bytes", "must be a string, not bytes"),
        (5, "must be a string, not int"),
    ],
)
@pytest.mark.parametrize("source", ["argument", "environment"])
def test_an_impossible_key_is_refused_without_showing_it(
    key: str, told: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if source == "environment":
        if not isinstance(key, str) or "\x00" in key:
            pytest.skip("an environment variable cannot hold it")
        monkeypatch.setenv("BASETEN_API_KEY", key)
    with pytest.raises(ConfigurationError, match=told) as caught:
        Baseten(api_key=None if source == "environment" else key)
    assert ("BASETEN_API_KEY" if source == "environment" else "api_key") in str(caught.value)
    assert KEY not in str(caught.value)
    assert isinstance(caught.value, BasetenError)
    assert isinstance(caught.value, ValueError)


def test_a_missing_key_says_where_to_put_it() -> None:
    with pytest.raises(ConfigurationError, match=r"set the environment variable BASETEN_API_KEY, or pass api_key"):
        Baseten()


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(ConfigurationError, match='auth_scheme must be "Bearer" or "Api-Key"'):
        BasetenAuth(KEY, "Basic")  # type: ignore[arg-type]


def test_the_key_is_in_no_repr() -> None:
    with Baseten(api_key=KEY) as client:
        for thing in (BasetenAuth(KEY), client, client._settings, client.messages):
            assert KEY not in repr(thing)


def test_the_key_is_in_no_log(create: Create, server: LocalServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    server.enqueue(status=503, headers={"retry-after": "0"})
    create()
    assert caplog.records
    assert KEY not in caplog.text
    assert not any(KEY in str(vars(record)) for record in caplog.records)


ODD_KEY = "sk\"<&>/\\%'+=~`{}#;.-_1234"

WAYS_TO_WRITE: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper case": str.upper,
    "in a URL": lambda key: quote(key, safe=""),
    "in a URL within a URL": lambda key: quote(quote(key, safe=""), safe=""),
    "all of it quoted for a URL": lambda key: "".join(f"%{ord(character):02X}" for character in key),
    "in JSON": json.dumps,
    "in JSON within JSON": lambda key: json.dumps(json.dumps(key)),
    "all of it escaped for JSON": lambda key: "".join(f"\\u{ord(character):04x}" for character in key),
    "in HTML": html.escape,
    "all of it escaped for HTML": lambda key: "".join(f"&#{ord(character)};" for character in key),
    "as Python shows bytes": lambda key: repr(bytearray(key.encode())),
}


@pytest.mark.parametrize("key", [KEY, ODD_KEY])
@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_the_key_is_redacted_however_it_is_written(key: str, way: str) -> None:
    written = WAYS_TO_WRITE[way](key)
    redacted = BasetenAuth(key).redact(f"Bearer {written} is wrong")
    assert redacted.replace("\\", "").replace('"', "").replace("bytearray(b'[API key]')", "[API key]") == (
        "Bearer [API key] is wrong"
    )


@pytest.mark.parametrize("piece", ["x", "\\", "%25", "&", "&amp;", "&#0", "s", "sk-test-", "\\u00"])
def test_the_time_to_redact_grows_with_the_length_of_the_text(piece: str) -> None:
    began = time.process_time()
    BasetenAuth(KEY).redact(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 1
