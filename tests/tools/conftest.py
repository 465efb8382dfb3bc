"""What the tests of tools share as fixtures: tools, and one way to run a conversation with all four runners."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from baseten_messages_client import AsyncBaseten, Baseten
from baseten_messages_client.testing import LocalServer

from ..support import KEY
from .support import ASK, Outcome, Run


@pytest.fixture(params=[False, True], ids=["plain", "streaming"])
def run(request: pytest.FixtureRequest, mode: str, server: LocalServer) -> Run:
    """Run a conversation to its end with either client, plain or streaming."""
    streaming: bool = request.param

    def run_sync(arguments: dict[str, Any]) -> Outcome:
        with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner: Any = client.messages.tool_runner(stream=streaming, **arguments)
            turns = [item.get_final_message() if streaming else item for item in runner]
            return Outcome(turns, runner)

    async def run_async(arguments: dict[str, Any]) -> Outcome:
        async with AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner: Any = client.messages.tool_runner(stream=streaming, **arguments)
            turns = [await item.get_final_message() if streaming else item async for item in runner]
            return Outcome(turns, runner)

    def call(*tools: Any, **arguments: Any) -> Outcome:
        everything = {**ASK, "tools": list(tools), **arguments}
        return run_sync(everything) if mode == "sync" else anyio.run(run_async, everything)

    return call
