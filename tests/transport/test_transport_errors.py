"""The HTTP library's exceptions, and ours that they become."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from baseten_messages_client import Baseten, ConfigurationError, errors
from baseten_messages_client.testing import LocalServer

from ..conftest import Create
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


def test_a_full_pool_raises_a_pool_timeout(server: LocalServer) -> None:
    server.enqueue("late", delay=30)
    limits = httpx.Limits(max_connections=1)
    timeout = httpx.Timeout(5, pool=0.05)
    with httpx.Client(limits=limits, trust_env=False) as http, ThreadPoolExecutor() as threads:
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
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"check the environment variables.*{name}"):
        Baseten(api_key=KEY)


@pytest.mark.parametrize(
    ("raised", "error", "told"),
    [
        (httpx.ConnectTimeout("slow"), errors.APITimeoutError, "could not connect to .* in time: check base_url"),
        (httpx.WriteTimeout("slow"), errors.APITimeoutError, r"did not respond in time \(sending the request\)"),
        (httpx.ReadTimeout("slow"), errors.APITimeoutError, r"did not respond in time \(waiting for the response\)"),
        (httpx.PoolTimeout("full"), errors.PoolTimeoutError, "no connection in the pool became free"),
        (httpx.ConnectError(f"refused {KEY}"), errors.APIConnectionError, r"no response from .*: refused \[API key\]"),
        (httpx.ReadError(""), errors.APIConnectionError, "no response from .*: ReadError"),
        (OSError("broken"), errors.APIConnectionError, "no response from .*: broken"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_every_transport_exception_becomes_one_of_ours(
    raised: Exception, error: type[errors.BasetenError], told: str
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise raised

    with httpx.Client(transport=httpx.MockTransport(fail)) as http:
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
