"""Which proxy an error names, and that it never shows the proxy's credentials."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from baseten_messages_client import APIConnectionError, Baseten
from baseten_messages_client._transport.proxies import describe_proxy
from baseten_messages_client._transport.status_errors import status_error

from ..conftest import Create
from ..support import HELLO, KEY


@pytest.fixture(autouse=True)
def _no_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("variables", "described"),
    [
        ({}, "the proxy of http_client"),
        ({"HTTPS_PROXY": "http://user:password@proxy.example:3128"}, "the proxy http://proxy.example:3128"),
        ({"HTTPS_PROXY": "proxy.example:3128"}, "the proxy http://proxy.example:3128"),
        ({"HTTPS_PROXY": "https://proxy.example"}, "the proxy https://proxy.example"),
        ({"HTTPS_PROXY": "http://[::1]:3128"}, "the proxy http://[::1]:3128"),
        ({"HTTPS_PROXY": "http://user:password@proxy.example:port"}, "the proxy of http_client"),
        ({"ALL_PROXY": "socks5://proxy.example:1080"}, "the proxy socks5://proxy.example:1080"),
        ({"HTTP_PROXY": "http://proxy.example:3128"}, "the proxy of http_client"),
        ({"HTTPS_PROXY": "http://proxy.example", "NO_PROXY": ".invalid"}, "the proxy of http_client"),
    ],
)
def test_the_proxy_comes_from_the_environment(
    variables: dict[str, str], described: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert describe_proxy("https://service.invalid/v1/messages") == described


def test_a_dead_proxy_is_named(create: Create, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:password@127.0.0.1:{port}")
    with pytest.raises(APIConnectionError, match=f"through the proxy http://127.0.0.1:{port}: ") as caught:
        create({"base_url": "https://service.invalid", "max_retries": 0})
    assert "password" not in f"{caught.value} {caught.value!r}"
    assert not caught.value.final


def test_a_proxy_that_is_not_used_is_not_named(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid:3128")
    with library.Client(trust_env=False) as http:
        client = Baseten(api_key=KEY, base_url=f"http://127.0.0.1:{free_port()}", http_client=http, max_retries=0)
        with pytest.raises(APIConnectionError) as caught:
            client.messages.create(**HELLO)
    assert "proxy" not in str(caught.value)


def test_status_407_names_the_proxy_and_says_what_to_do(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://user:password@proxy.example:3128")
    request = library.Request("POST", "http://service.invalid/v1/messages")
    text = str(status_error(library.Response(407, request=request), str))
    assert "the proxy http://proxy.example:3128. Put the user name and password into the address" in text
    assert "It comes from the proxy of http_client." in str(status_error(library.Response(407), str))
