"""Proxies and certificates: an error names what failed, without credentials, and useless retries are not made."""

from __future__ import annotations

import logging
import pickle
import socket
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baseten_messages_client import APIConnectionError, APIStatusError, PermissionDeniedError

from .calls import CALLS, failure
from .certificates import make_certificate, server_context
from .socket_server import SocketServer, response, response_head

pytestmark = pytest.mark.usefixtures("library")

SERVICE = "https://inference.invalid"
"""Reached through a proxy alone: the name does not exist."""
USER, PASSWORD = "proxy-user", "proxy-pa55word"
HTML = (
    b"<!doctype html><html><head><title>Blocked</title></head><body><h1>Access is blocked by policy</h1></body></html>"
)


@pytest.fixture(autouse=True)
def _no_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing go past the proxies of these tests."""
    for name in ("NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Have all requests go through a proxy on a port of this machine. Returns how an error may name it."""

    def use(port: int, variable: str = "HTTPS_PROXY") -> str:
        monkeypatch.setenv(variable, f"http://{USER}:{PASSWORD}@127.0.0.1:{port}")
        return f"127.0.0.1:{port}"

    return use


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def assert_names_the_proxy(error: BaseException, proxy: str) -> None:
    __tracebackhide__ = True
    assert "proxy" in str(error).lower()
    assert proxy in str(error)
    assert_no_credentials(error)


def assert_no_credentials(error: BaseException) -> None:
    __tracebackhide__ = True
    texts = {
        "str": str(error),
        "repr": repr(error),
        "vars": repr(vars(error)),
        "traceback": "".join(traceback.format_exception(error)),
        "pickle": pickle.dumps(error).decode("latin-1"),
    }
    assert not [place for place, text in texts.items() if USER in text or PASSWORD in text]


# --- The proxy itself ---


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_dead_proxy_is_named(through: Callable[..., str], mode: str, name: str, variable: str) -> None:
    proxy = through(free_port(), variable)
    error = failure(mode, name, error_class=APIConnectionError, base_url=SERVICE)
    assert_names_the_proxy(error, proxy)


@pytest.mark.parametrize("name", CALLS)
def test_a_dead_proxy_for_plain_http_is_named(through: Callable[..., str], mode: str, name: str) -> None:
    proxy = through(free_port(), "HTTP_PROXY")
    error = failure(mode, name, error_class=APIConnectionError, base_url="http://inference.invalid")
    assert_names_the_proxy(error, proxy)


REFUSALS = {
    "403": response(HTML, "403 Forbidden", "text/html"),
    "502": response(b"no route", "502 Bad Gateway", "text/plain"),
    "closed": b"",
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_proxy_that_refuses_to_connect_is_named(
    through: Callable[..., str], mode: str, name: str, refusal: str
) -> None:
    with SocketServer(REFUSALS[refusal]) as server:
        proxy = through(server.port)
        error = failure(mode, name, error_class=APIConnectionError, base_url=SERVICE)
        assert server.requests[0].startswith(b"CONNECT inference.invalid:443 ")
    assert_names_the_proxy(error, proxy)
    assert "API key" not in str(error)


AUTHENTICATION_REQUIRED = response(
    HTML, "407 Proxy Authentication Required", "text/html", {"Proxy-Authenticate": "Basic realm=office"}
)


@pytest.mark.parametrize("name", CALLS)
def test_a_proxy_that_wants_other_credentials_is_named_and_asked_once(
    through: Callable[..., str], mode: str, name: str
) -> None:
    with SocketServer(AUTHENTICATION_REQUIRED) as server:
        proxy = through(server.port)
        error = failure(mode, name, base_url=SERVICE, max_retries=1)
        assert server.connections == 1
    assert isinstance(error, APIConnectionError | APIStatusError)
    assert "407" in str(error)
    assert_names_the_proxy(error, proxy)


@pytest.mark.parametrize("name", CALLS)
def test_a_407_of_a_proxy_for_plain_http_names_it_and_is_not_retried(
    through: Callable[..., str], mode: str, name: str
) -> None:
    with SocketServer(AUTHENTICATION_REQUIRED) as server:
        proxy = through(server.port, "HTTP_PROXY")
        error = failure(mode, name, base_url="http://inference.invalid", max_retries=1)
        assert server.connections == 1
    assert "407" in str(error)
    assert_names_the_proxy(error, proxy)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.usefixtures("quick_retries")
def test_credentials_of_a_proxy_are_not_logged(
    through: Callable[..., str], mode: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), SocketServer(REFUSALS["502"]) as server:
        through(server.port)
        error = failure(mode, name, base_url=SERVICE, max_retries=1)
        logging.getLogger("caller").error("the call failed", exc_info=error)
    assert caplog.records
    assert PASSWORD not in caplog.text


# --- What a proxy answers in place of the service ---


@pytest.mark.parametrize("name", CALLS)
def test_an_html_403_does_not_send_callers_to_their_api_key(mode: str, name: str) -> None:
    with SocketServer(response(HTML, "403 Forbidden", "text/html; charset=utf-8")) as server:
        error = failure(mode, name, error_class=PermissionDeniedError, base_url=server.url)
    assert "API key" not in str(error)
    assert "Access is blocked by policy" in str(error)


@pytest.mark.parametrize("name", CALLS)
def test_a_json_403_still_does(mode: str, name: str) -> None:
    with SocketServer(response(b'{"error": "please check the api-key you provided"}', "403 Forbidden")) as server:
        error = failure(mode, name, error_class=PermissionDeniedError, base_url=server.url)
    assert "Check the API key" in str(error)


# --- Certificates ---


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("name", CALLS)
def test_a_certificate_that_is_not_trusted_is_final_and_says_what_to_do(
    certificate: Path, mode: str, name: str
) -> None:
    with SocketServer(b"", tls=server_context(certificate)) as server:
        error = failure(mode, name, error_class=APIConnectionError, base_url=server.url, max_retries=1)
        assert server.connections == 1
    assert "SSL_CERT_FILE" in str(error)
    assert "http_client" in str(error)
    assert "certificate" in str(error).lower()


@pytest.mark.parametrize("name", CALLS)
def test_a_certificate_for_another_host_is_final(mode: str, name: str, tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "DNS:other.example")
    options = {"verify": ssl.create_default_context(cafile=other)}
    with SocketServer(b"", tls=server_context(other)) as server:
        error = failure(
            mode, name, error_class=APIConnectionError, base_url=server.url, max_retries=1, http_options=options
        )
        assert server.connections == 1
    assert "certificate" in str(error).lower()


def test_the_variable_that_the_error_names_helps(certificate: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with SocketServer(response(b'{"error": "reached"}', "418 Reached"), tls=server_context(certificate)) as server:
        assert failure(mode, error_class=APIStatusError, base_url=server.url).status_code == 418


# --- Answers that are cut ---

CUT_ANSWERS = {
    "shorter than its length": response_head(headers={"Content-Length": "1000"}) + b'{"type": "mess',
    "within a chunk": response_head(headers={"Transfer-Encoding": "chunked"}) + b'20\r\n{"type": ',
    "after a chunk": response_head(headers={"Transfer-Encoding": "chunked"}) + b'9\r\n{"type": \r\n',
    "an error status": response_head("500 Oops", headers={"Content-Length": "1000"}) + b'{"error": "half',
    "an error status for a stream": response_head("429 Busy", headers={"Transfer-Encoding": "chunked"}) + b"5\r\nhalf",
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("answer", CUT_ANSWERS)
def test_an_answer_that_was_cut_is_not_called_missing(mode: str, name: str, answer: str) -> None:
    with SocketServer(CUT_ANSWERS[answer]) as server:
        error: Any = failure(mode, name, base_url=server.url)
    assert "no answer" not in str(error)


@pytest.mark.parametrize("name", CALLS)
def test_no_answer_at_all_still_is(mode: str, name: str) -> None:
    with SocketServer(b"") as server:
        error = failure(mode, name, error_class=APIConnectionError, base_url=server.url)
        assert server.url in str(error)
    assert "no response" in str(error)
