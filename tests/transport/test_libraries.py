"""The two HTTP libraries: how their classes are recognized, and that a program needs only one of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

import baseten_messages_client
from baseten_messages_client import AsyncBaseten, Baseten, ConfigurationError
from baseten_messages_client._transport.libraries import is_instance, keeps_given_connections

from ..support import KEY


@pytest.mark.parametrize(
    ("module", "known"), [("httpx", True), ("httpx2", True), ("httpx2.errors", True), ("own", False)]
)
def test_classes_of_both_libraries_are_known_by_their_names(module: str, known: bool) -> None:
    base = type("TimeoutException", (Exception,), {"__module__": module})
    error = type("OwnTimeout", (base,), {})("slow")
    assert is_instance(error, "TimeoutException") is known
    assert not is_instance(error, "OwnTimeout")


class OwnClient(httpx2.Client):
    """A client of the caller's."""


class Session:
    """A client of another HTTP library."""


@pytest.mark.parametrize("make", [httpx.Client, httpx2.Client, OwnClient])
def test_clients_of_both_libraries_are_accepted(make: Any) -> None:
    with make() as http:
        assert Baseten(api_key=KEY, http_client=http)._connections.client() is http


@pytest.mark.parametrize(
    ("client", "make", "told"),
    [
        (Baseten, lambda: "http", "an httpx.Client or httpx2.Client, not str"),
        (Baseten, Session, f"an httpx.Client or httpx2.Client, not {__name__}.Session"),
        (Baseten, lambda: httpx.Client, "an httpx.Client or httpx2.Client, not the class httpx.Client itself"),
        (Baseten, httpx2.AsyncClient, "not httpx2.AsyncClient, which is asynchronous: use it with AsyncBaseten"),
        (Baseten, httpx.AsyncClient, "not httpx.AsyncClient, which is asynchronous: use it with AsyncBaseten"),
        (AsyncBaseten, httpx.Client, "an httpx.AsyncClient or httpx2.AsyncClient, not httpx.Client, which is sync"),
        (AsyncBaseten, httpx2.Client, "not httpx2.Client, which is synchronous: use it with Baseten"),
        (AsyncBaseten, lambda: 5, "an httpx.AsyncClient or httpx2.AsyncClient, not int"),
        (AsyncBaseten, lambda: "", "an httpx.AsyncClient or httpx2.AsyncClient, not str"),
    ],
)
def test_another_http_client_is_refused_by_the_full_name_of_its_class(client: Any, make: Any, told: str) -> None:
    with pytest.raises(ConfigurationError, match="http_client must be") as caught:
        client(api_key=KEY, http_client=make())
    assert told in str(caught.value)


@pytest.mark.parametrize(("library", "keeps"), [(httpx, False), (httpx2, True)], ids=["httpx", "httpx2"])
def test_only_the_pools_of_httpx_close_connections_that_requests_were_given(library: Any, keeps: bool) -> None:
    with library.Client() as http:
        assert keeps_given_connections(http._transport._pool) is keeps


PROGRAM = """
import sys
sys.modules["httpx2"] = None  # An import of it raises ImportError.
from baseten_messages_client import Baseten
from baseten_messages_client.testing import LocalServer
with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
    server.enqueue(drop=True)
    message = client.messages.create(
        model="deepseek-ai/DeepSeek-V4-Pro", max_tokens=9, messages=[{"role": "user", "content": "Hi"}]
    )
    print(message.type)
"""


def test_the_package_does_not_name_httpx2_in_an_import() -> None:
    # Therefore, its types are the same without httpx2.
    package = Path(baseten_messages_client.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    assert len(sources) > 50
    assert not [source for source in sources if re.search(r"^\s*(import|from) httpx2\b", source, re.MULTILINE)]


def test_a_program_needs_no_httpx2() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stdout == "message\n", done.stderr
