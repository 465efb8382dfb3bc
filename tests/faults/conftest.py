"""What the attacks share: servers in other processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ..libraries import use
from .processes import CERTIFICATE, echo_server


@pytest.fixture(autouse=True)
def _one_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have clients trust the servers here; reading all the usual certificates takes more time than most tests do."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


@pytest.fixture(scope="session", autouse=True)
def _many_descriptors() -> None:
    """Allow a thousand connections, here and in the servers."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < 4096:
        resource.setrlimit(resource.RLIMIT_NOFILE, (4096 if hard < 0 else min(4096, hard), hard))


@pytest.fixture(params=["httpx", *(pytest.param(name, marks=pytest.mark.slow) for name in ("httpx2", "aiohttp"))])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Each HTTP library in turn. The clients' own HTTP clients belong to it too, also in processes of `run_apart`."""
    return use(request.param, monkeypatch)


@pytest.fixture(scope="session")
def echo() -> Iterator[str]:
    """The base URL of an echo server in another process."""
    with echo_server() as url:
        yield url


@pytest.fixture(scope="session")
def echo_tls() -> Iterator[str]:
    """The base URL of an echo server with TLS; `CERTIFICATE` vouches for it."""
    with echo_server(tls=True) as url:
        yield url
