"""What the test modules share: a server, and one way to call both clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, cast

import anyio
import httpx2  # noqa: F401  # First: the default clients are of the library that a program has imported.
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, Message
from baseten_messages_client.testing import LocalServer

from .libraries import current, leave_sync_tests_out
from .porting.summary import summary
from .support import HELLO, KEY

Create = Callable[..., Message]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many programs written for the SDK run with this package."""
    passed, others = (
        [report.nodeid for outcome in outcomes for report in terminalreporter.getreports(outcome)]
        for outcomes in (["passed"], ["failed", "xfailed"])
    )
    for line in summary(passed, others):
        terminalreporter.write_line(line)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_sync_tests_out(config, items)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the environment's key, base URL and proxies from the tests."""
    for name in ("BASETEN_API_KEY", "BASETEN_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the waits between attempts, which are real otherwise."""
    monkeypatch.setattr("baseten_messages_client._transport.retry.FIRST_WAIT", 0.001)


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> Literal["sync", "async"]:
    """Which client a test runs with."""
    value: Literal["sync", "async"] = request.param
    return value


@pytest.fixture
def library() -> Any:
    """The HTTP library that a test sends with. Folders whose tests run over several libraries replace this fixture."""
    return current()


@pytest.fixture
def create(mode: str, server: LocalServer, library: Any) -> Create:
    """Call `messages.create` of either client: `create({client options}, **arguments)`."""

    def call(options: dict[str, Any] | None = None, /, *args: Any, **arguments: Any) -> Message:
        settings = {"api_key": KEY, "base_url": server.url, **(options or {})}
        fields = arguments if args else {**HELLO, **arguments}
        if mode == "sync":
            with Baseten(**settings) as client:
                return cast("Message", client.messages.create(*args, **fields))

        async def main() -> Message:
            async with AsyncBaseten(**settings) as client:
                return cast("Message", await client.messages.create(*args, **fields))

        return anyio.run(main)

    return call
