"""The HTTP library's exceptions, and ours that they become."""

from __future__ import annotations

import socket
import ssl
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from baseten_messages_client import Baseten, ConfigurationError, errors
from baseten_messages_client.testing import LocalServer

from ..conftest import Create
from ..libraries import current
from ..support import HELLO, KEY


def test_an_address_where_nobody_listens_is_a_connection_error(create: Create) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(errors.APIConnectionError, match=f"no response from http://127.0.0.1:{port}/v1/messages"):
        create({"base_url": f"http://127.0.0.1:{port}", "max_retries": 0})


def test_a_slow_answer_is_a_timeout(create: Create, server: LocalServer) -> None:
    server.enqueue("late", delay=30)
    with pytest.raises(
        errors.APITimeoutError, match=r"did not respond in time \(waiting for the response\): increase timeout"
    ):
        create({"max_retries": 0}, timeout=0.05)


def test_a_full_pool_raises_a_pool_timeout(library: Any, server: LocalServer) -> None:
    server.enqueue("late", delay=30)
    limits = library.Limits(max_connections=1)
    timeout = library.Timeout(5, pool=0.05)
    with library.Client(limits=limits, trust_env=False) as http, ThreadPoolExecutor() as threads:
        client = Baseten(api_key=KEY, base_url=server.url, http_client=http, timeout=timeout, max_retries=0)
        busy = threads.submit(lambda: client.messages.create(**HELLO))
        while not server.requests:
            assert not busy.done()
        with pytest.raises(errors.PoolTimeoutError, match="no connection in the pool became free"):
            client.messages.create(**HELLO)
        server.close()
        with pytest.raises(errors.APIConnectionError):
            busy.result()


@pytest.mark.parametrize(("name", "value"), [("SSL_CERT_FILE", "/nowhere"), ("HTTPS_PROXY", "foo://x")])
def test_an_environment_variable_that_breaks_the_http_client_is_named(
    library: Any, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"check the environment variables.*{name}"):
        Baseten(api_key=KEY)


@pytest.mark.parametrize(
    ("name", "text", "error", "told"),
    [
        ("ConnectTimeout", "slow", errors.APITimeoutError, "could not connect to .* in time: check base_url"),
        ("WriteTimeout", "slow", errors.APITimeoutError, r"did not respond in time \(sending the request\)"),
        ("ReadTimeout", "slow", errors.APITimeoutError, r"did not respond in time \(waiting for the response\)"),
        ("PoolTimeout", "full", errors.PoolTimeoutError, "no connection in the pool became free"),
        ("ConnectError", f"refused {KEY}", errors.APIConnectionError, r"no response from .*: refused \[API key\]"),
        ("ReadError", "", errors.APIConnectionError, "no response from .*: ReadError"),
        ("OSError", "broken", errors.APIConnectionError, "no response from .*: broken"),
    ],
)
def test_every_transport_exception_becomes_one_of_ours(
    library: Any, name: str, text: str, error: type[errors.BasetenError], told: str
) -> None:
    raised = getattr(library, name, OSError)(text)

    def fail(request: Any) -> Any:
        raise raised

    with library.Client(transport=library.MockTransport(fail)) as http:
        client = Baseten(api_key=KEY, http_client=http, max_retries=0)
        with pytest.raises(error, match=told) as caught:
            client.messages.create(**HELLO)
    assert type(caught.value) is error
    assert caught.value.__cause__ is raised


def test_an_answer_whose_compression_is_broken_is_a_response_error(create: Create, server: LocalServer) -> None:
    server.enqueue(b"not gzip", headers={"content-encoding": "gzip"})
    with pytest.raises(errors.APIResponseError, match="the response could not be decompressed"):
        create()
    assert len(server.requests) == 1


def failure_of(raised: Exception, **options: Any) -> Exception:
    """Return what a call raises if the transport raises this."""

    def fail(request: Any) -> Any:
        raise raised

    with current().Client(transport=current().MockTransport(fail), **options) as http:
        try:
            Baseten(api_key=KEY, http_client=http, max_retries=0).messages.create(**HELLO)
        except Exception as error:
            return error
    raise AssertionError("the call succeeded")


@pytest.mark.parametrize(
    "error", [RuntimeError("event loop is closed"), KeyError("id"), NotImplementedError()], ids=repr
)
def test_what_the_callers_own_code_raises_passes_unchanged(library: Any, server: LocalServer, error: Exception) -> None:
    assert failure_of(error) is error

    def hook(_: Any) -> None:
        raise error

    for event in ("request", "response"):
        with library.Client(event_hooks={event: [hook]}) as http:
            client = Baseten(api_key=KEY, base_url=server.url, http_client=http, max_retries=0)
            with pytest.raises(type(error)) as caught:
                client.messages.create(**HELLO)
        assert caught.value is error


def test_an_event_hook_that_refuses_a_status_is_named(library: Any, server: LocalServer) -> None:
    server.enqueue({"error": KEY}, status=418)
    with library.Client(event_hooks={"response": [library.Response.raise_for_status]}) as http:
        client = Baseten(api_key=KEY, base_url=server.url, http_client=http, max_retries=0)
        with pytest.raises(errors.APIConnectionError, match="an event hook of http_client refused the response"):
            client.messages.create(**HELLO)


@pytest.mark.parametrize("fault", [TypeError("inside"), ValueError("inside")], ids=repr)
def test_other_exceptions_that_the_http_library_raises_become_ours(
    library: Any, server: LocalServer, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What this function raises has its last frame in a module of the name that it is given here.
    module: dict[str, Any] = {"__name__": "h2.connection", "fault": fault}
    exec("def receive(*arguments):\n    raise fault", module)
    monkeypatch.setattr(library.HTTPTransport, "handle_request", module["receive"])
    with (
        Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client,
        pytest.raises(errors.APIConnectionError, match=r"no response from .*: inside") as caught,
    ):
        client.messages.create(**HELLO)
    assert caught.value.__cause__ is fault


def test_a_client_that_was_closed_says_so(library: Any) -> None:
    http = library.Client()
    http.close()
    client = Baseten(api_key=KEY, http_client=http)
    with pytest.raises(errors.BasetenError, match=r"create a new one: .*closed") as caught:
        client.messages.create(**HELLO)
    assert type(caught.value) is errors.BasetenError


def test_the_exception_of_the_http_library_loses_the_key_and_a_long_text(library: Any) -> None:
    raised = library.RemoteProtocolError(f"illegal status line: Bearer {KEY} " + "x" * 100_000)
    raised.__context__ = ValueError(f"Bearer {KEY}")
    error = failure_of(raised)
    assert error.__cause__ is raised
    assert len(str(error)) < 1000
    printed = "".join(traceback.format_exception(error))
    assert KEY not in printed
    assert len(printed) < 10_000


@pytest.mark.parametrize("status", [200, 500])
def test_a_response_that_was_cut_short_is_described_so(create: Create, server: LocalServer, status: int) -> None:
    server.enqueue(b"half", status=status, headers={"content-length": "1000"})
    with pytest.raises(
        errors.APIConnectionError, match=r"the response from .* was cut short: (peer closed|.* not completed)"
    ) as caught:
        create({"max_retries": 0})
    assert "no response" not in str(caught.value)
    assert not caught.value.final


def test_a_certificate_that_is_not_valid_is_final_and_says_what_to_do(library: Any) -> None:
    raised = library.ConnectError("certificate verify failed")
    raised.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error = failure_of(raised)
    assert isinstance(error, errors.APIConnectionError)
    assert error.final
    for told in ("the certificate is not valid", "SSL_CERT_FILE", "http_client"):
        assert told in str(error)


@pytest.mark.parametrize(
    ("reason", "final"),
    [("407 Proxy Authentication Required", True), ("403 Forbidden", True), ("502 Bad Gateway", False)],
)
def test_a_proxy_that_refuses_is_final_only_if_it_always_will(library: Any, reason: str, final: bool) -> None:
    error = failure_of(library.ProxyError(reason))
    assert isinstance(error, errors.APIConnectionError)
    assert error.final is final
    assert f"through the proxy of http_client: {reason}" in str(error)
    assert ("user name and password" in str(error)) is reason.startswith("407")
