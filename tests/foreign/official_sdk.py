"""One way to use both clients of the official SDK for Python."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anthropic
import anyio

Call = Callable[[anthropic.Anthropic], Any]
AsyncCall = Callable[[anthropic.AsyncAnthropic], Awaitable[Any]]
OnEvent = Callable[[Any], None]


class Sdk:
    """Makes calls with the sync or the async client.

    Args:
        is_async: Whether to use the async client.
        options: Arguments of the client.
    """

    def __init__(self, is_async: bool, **options: Any) -> None:
        self._is_async = is_async
        self._options = {"max_retries": 0, **options}

    def create(self, **fields: Any) -> Any:
        """Return one message."""

        async def call(client: anthropic.AsyncAnthropic) -> Any:
            return await client.messages.create(**fields)

        return self._run(lambda client: client.messages.create(**fields), call)

    def raw_events(self, on_event: OnEvent, **fields: Any) -> None:
        """Call `on_event` with each event of a raw stream."""

        def call(client: anthropic.Anthropic) -> None:
            for event in client.messages.create(stream=True, **fields):
                on_event(event)

        async def async_call(client: anthropic.AsyncAnthropic) -> None:
            async for event in await client.messages.create(stream=True, **fields):
                on_event(event)

        self._run(call, async_call)

    def stream(self, on_event: OnEvent, **fields: Any) -> Any:
        """Call `on_event` with each event of a stream, and return its message."""

        def call(client: anthropic.Anthropic) -> Any:
            with client.messages.stream(**fields) as stream:
                for event in stream:
                    on_event(event)
                return stream.get_final_message()

        async def async_call(client: anthropic.AsyncAnthropic) -> Any:
            async with client.messages.stream(**fields) as stream:
                async for event in stream:
                    on_event(event)
                return await stream.get_final_message()

        return self._run(call, async_call)

    def run_tools(self, function: Callable[..., str], **fields: Any) -> Any:
        """Have the SDK's own loop run a tool, and return the last message."""

        def call(client: anthropic.Anthropic) -> Any:
            return client.beta.messages.tool_runner(tools=[anthropic.beta_tool(function)], **fields).until_done()

        async def async_call(client: anthropic.AsyncAnthropic) -> Any:
            @anthropic.beta_async_tool(name=function.__name__, description=function.__doc__)
            async def run(city: str) -> str:
                return function(city)

            return await client.beta.messages.tool_runner(tools=[run], **fields).until_done()

        return self._run(call, async_call)

    def _run(self, call: Call, async_call: AsyncCall) -> Any:
        if not self._is_async:
            with anthropic.Anthropic(**self._options) as client:
                return call(client)

        async def main() -> Any:
            async with anthropic.AsyncAnthropic(**self._options) as client:
                return await async_call(client)

        return anyio.run(main)
