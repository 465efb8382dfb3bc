"""The clients' options: every usual form works, and an impossible one is refused by name."""

from __future__ import annotations

from typing import Any

import httpx
import httpx2
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, ConfigurationError
from baseten_messages_client._transport.settings import messages_url

from ..support import KEY


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://inference.baseten.co", "https://inference.baseten.co/v1/messages"),
        ("https://inference.baseten.co/", "https://inference.baseten.co/v1/messages"),
        ("https://inference.baseten.co/v1", "https://inference.baseten.co/v1/messages"),
        ("https://inference.baseten.co/v1/", "https://inference.baseten.co/v1/messages"),
        ("https://inference.baseten.co/v1/messages", "https://inference.baseten.co/v1/messages"),
        ("https://inference.baseten.co/v1/messages/", "https://inference.baseten.co/v1/messages"),
        (" https://example.com\n", "https://example.com/v1/messages"),
        ("http://localhost:8000", "http://localhost:8000/v1/messages"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1/messages"),
        ("https://gateway.example/team/a/v1", "https://gateway.example/team/a/v1/messages"),
        ("https://gateway.example/v1beta", "https://gateway.example/v1beta/v1/messages"),
        ("https://example.com//v1//messages//", "https://example.com/v1/messages"),
        ("HTTPS://Example.com", "https://Example.com/v1/messages"),
        (httpx.URL("https://example.com/v1"), "https://example.com/v1/messages"),
        (httpx2.URL("https://example.com/v1"), "https://example.com/v1/messages"),
        (None, "https://inference.baseten.co/v1/messages"),
    ],
)
def test_a_base_url_of_any_usual_form_leads_to_the_endpoint(base_url: str, url: str) -> None:
    assert messages_url(base_url) == url


@pytest.mark.parametrize(
    ("base_url", "told"),
    [
        ("inference.baseten.co", "must start with https://"),
        ("localhost:8000", "must start with https://"),
        ("ftp://example.com", "must start with https://"),
        ("https://", "must start with https://"),
        ("", "must start with https://"),
        ("https://user:secret@example.com", "must not contain a user name or password"),
        ("https://example.com?key=1", r"must not contain a query \(\?\) or a fragment \(#\)"),
        ("https://example.com/#top", r"must not contain a query \(\?\) or a fragment \(#\)"),
        ("https://example.com:port", "is not a valid URL"),
        ("https://[::1", "is not a valid URL"),
        (b"https://example.com", "must be a string, not bytes"),
        ("https://example.com\r\nHost: y", "whitespace or a control character"),
        ("https://example .com", "whitespace or a control character"),
    ],
)
def test_an_impossible_base_url_is_refused(base_url: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=f"base_url.*{told}") as caught:
        Baseten(api_key=KEY, base_url=base_url)
    assert "secret" not in str(caught.value)


def test_the_base_url_comes_from_the_environment_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASETEN_BASE_URL", "http://localhost:1/v1")
    assert messages_url(None) == "http://localhost:1/v1/messages"
    monkeypatch.setenv("BASETEN_BASE_URL", "nonsense")
    with pytest.raises(ConfigurationError, match="environment variable BASETEN_BASE_URL"):
        messages_url(None)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"timeout": 0}, "timeout must be more than 0 seconds"),
        ({"timeout": -1.5}, "timeout must be more than 0 seconds"),
        ({"timeout": float("nan")}, "timeout must be more than 0 seconds"),
        ({"timeout": "5"}, "timeout must be a number of seconds or None, not str"),
        ({"timeout": True}, "timeout must be a number of seconds"),
        ({"timeout": httpx.Timeout(-5)}, "timeout must be more than 0 seconds"),
        ({"timeout": httpx2.Timeout(-5)}, "timeout must be more than 0 seconds"),
        ({"max_retries": KEY}, "max_retries must be a whole number of at least 0, not a string"),
        ({"max_retries": -1}, "max_retries must be a whole number of at least 0, not -1"),
        ({"max_retries": 1.0}, "max_retries must be"),
        ({"max_retries": None}, "max_retries must be"),
    ],
)
@pytest.mark.parametrize("client", [Baseten, AsyncBaseten])
def test_an_impossible_option_is_refused(client: type[Any], options: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        client(api_key=KEY, **options)


def test_a_number_of_seconds_keeps_the_short_limit_for_connecting() -> None:
    assert Baseten(api_key=KEY, timeout=60)._settings.timeout == httpx.Timeout(60, connect=10)
    assert Baseten(api_key=KEY, timeout=2)._settings.timeout == httpx.Timeout(2)
    assert Baseten(api_key=KEY, timeout=None)._settings.timeout == httpx.Timeout(None)
    for library in (httpx, httpx2):
        timeout = library.Timeout(3, read=9)
        assert Baseten(api_key=KEY, timeout=timeout)._settings.timeout == httpx.Timeout(3, read=9)


@pytest.mark.parametrize("seconds", [1e8, 1e300, float("inf")])
def test_an_enormous_timeout_means_no_limit(seconds: float) -> None:
    assert Baseten(api_key=KEY, timeout=seconds)._settings.timeout == httpx.Timeout(None)


@pytest.mark.parametrize("client_class", [Baseten, AsyncBaseten])
def test_with_options_changes_what_it_names_and_nothing_else(client_class: type[Baseten]) -> None:
    client = client_class(api_key=KEY, timeout=5, default_headers={"X-One": "1", "X-Two": "2"})
    other = client.with_options(max_retries=7, default_headers={"x-two": "3"}, auth_scheme="Api-Key")
    assert type(other) is client_class
    assert other._settings.max_retries == 7
    assert other._settings.timeout == client._settings.timeout
    assert other._settings.headers == {"X-One": "1", "x-two": "3"}
    request = httpx.Request("POST", "https://example.com")
    assert next(other._settings.auth.auth_flow(request)).headers["authorization"] == f"Api-Key {KEY}"
    assert client._settings.max_retries == 2
    assert client._settings.headers == {"X-One": "1", "X-Two": "2"}
    rest = client.with_options(api_key="another", base_url="http://localhost/v1", timeout=None)
    assert rest._settings.url == "http://localhost/v1/messages"
    assert rest._settings.timeout == httpx.Timeout(None)
    assert next(rest._settings.auth.auth_flow(request)).headers["authorization"] == "Bearer another"


def test_with_options_refuses_an_unknown_option() -> None:
    with Baseten(api_key=KEY) as client, pytest.raises(TypeError, match="unknown option retries: with_options takes"):
        client.with_options(retries=3)  # type: ignore[call-arg]


IMPOSSIBLE_HOSTS = [
    "http://127.0.0.256:8000",
    "https://[v1.x]",
    "https://ä..com",
    "https://xn--a.com",
    "https://.",
    "https://a..b",
    f"https://{'a' * 64}.com",
    f"https://ä{'a' * 70}.com",
]


@pytest.mark.parametrize("url", IMPOSSIBLE_HOSTS)
def test_a_host_that_no_request_can_have_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="base_url is not a valid URL: check its host"):
        Baseten(api_key=KEY, base_url=url)
    monkeypatch.setenv("BASETEN_BASE_URL", url)
    with pytest.raises(ConfigurationError, match="the environment variable BASETEN_BASE_URL is not a valid URL"):
        Baseten(api_key=KEY)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "https://[::1]:8000",
        "https://ü.example",
        "https://xn--tda.example",
        "https://a_b.example.",
    ],
)
def test_an_unusual_host_that_a_request_can_have_is_accepted(url: str) -> None:
    with Baseten(api_key=KEY, base_url=url) as client:
        assert url in repr(client)
