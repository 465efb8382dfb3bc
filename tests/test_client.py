"""The clients' options: every usual form works, every impossible one names itself."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, ConfigurationError
from baseten_messages_client._transport.headers import check_headers, merge_headers
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
        ("https://user:secret@example.com", "must not hold a user name or password"),
        ("https://example.com?key=1", "must end with its path"),
        ("https://example.com/#top", "must end with its path"),
        ("https://example.com:port", "no URL"),
        ("https://[::1", "no URL"),
        (b"https://example.com", "must be a string, not bytes"),
        ("https://example.com\r\nHost: y", "white space or a control character"),
        ("https://example .com", "white space or a control character"),
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
        ({"timeout": "5"}, "timeout must be a number of seconds or None, not a str"),
        ({"timeout": True}, "timeout must be a number of seconds"),
        ({"timeout": httpx.Timeout(-5)}, "timeout must be more than 0 seconds"),
        ({"max_retries": KEY}, "max_retries must be a whole number of at least 0, not a string"),
        ({"default_headers": {"Host": "x"}}, "default_headers holds Host, which the connection sets by itself"),
        ({"default_headers": {"a": " b"}}, "begins or ends with white space"),
        ({"max_retries": -1}, "max_retries must be a whole number of at least 0, not -1"),
        ({"max_retries": 1.0}, "max_retries must be"),
        ({"max_retries": None}, "max_retries must be"),
        ({"default_headers": {"a b": "c"}}, "default_headers has 'a b', which is no name of a header"),
        ({"default_headers": {"": "c"}}, "no name of a header"),
        ({"default_headers": {"a": "b\r\nc: d"}}, r"default_headers\['a'\] has a line break"),
        ({"default_headers": {"a": "é"}}, "non-ASCII"),
        ({"default_headers": {"a": 1}}, "must map strings to strings"),
        ({"default_headers": {"Authorization": "Bearer x"}}, "default_headers holds Authorization: give the key"),
        ({"default_headers": ["a"]}, "default_headers must be a dict"),
    ],
)
@pytest.mark.parametrize("client", [Baseten, AsyncBaseten])
def test_an_impossible_option_is_refused(client: type[Any], options: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        client(api_key=KEY, **options)


def test_each_client_wants_its_own_kind_of_http_client() -> None:
    with httpx.Client() as http, pytest.raises(ConfigurationError, match=r"must be an httpx\.AsyncClient, not Client"):
        AsyncBaseten(api_key=KEY, http_client=http)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=r"must be an httpx\.Client, not str"):
        Baseten(api_key=KEY, http_client="http")  # type: ignore[arg-type]


def test_a_number_of_seconds_keeps_the_short_limit_for_connecting() -> None:
    assert Baseten(api_key=KEY, timeout=60)._settings.timeout == httpx.Timeout(60, connect=10)
    assert Baseten(api_key=KEY, timeout=2)._settings.timeout == httpx.Timeout(2)
    assert Baseten(api_key=KEY, timeout=None)._settings.timeout == httpx.Timeout(None)
    assert Baseten(api_key=KEY, timeout=httpx.Timeout(3, read=9))._settings.timeout == httpx.Timeout(3, read=9)


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


@pytest.mark.parametrize("seconds", [1e8, 1e300, float("inf")])
def test_a_timeout_beyond_all_measure_is_none(seconds: float) -> None:
    assert Baseten(api_key=KEY, timeout=seconds)._settings.timeout == httpx.Timeout(None)


@pytest.mark.parametrize(("name", "value"), [("SSL_CERT_FILE", "/nowhere"), ("HTTPS_PROXY", "foo://x")])
def test_an_environment_that_cannot_work_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"check the environment variables.*{name}"):
        Baseten(api_key=KEY)


def test_with_options_refuses_what_it_does_not_know() -> None:
    with Baseten(api_key=KEY) as client, pytest.raises(TypeError, match="unknown option retries: with_options takes"):
        client.with_options(retries=3)  # type: ignore[call-arg]


def test_x_api_key_is_dropped_from_headers() -> None:
    assert check_headers({"X-API-Key": "k", "X-Other": "o"}, "extra_headers") == {"X-Other": "o"}
    assert merge_headers({"Accept": "a", "B": "b"}, {"accept": "c"}) == {"B": "b", "accept": "c"}
