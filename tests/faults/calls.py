"""One way to make every call of either client, and to get the error that it ends with."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from typing import Any, cast

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, BasetenError, Message, tool

from ..libraries import current
from ..support import HELLO, KEY

KINDS = ("sync", "async")
CALLS = ("create", "stream", "create_stream")
ALL_CALLS = (*CALLS, "tool_runner", "parse")


@dataclass
class Output:
    """What `parse` asks for."""

    text: str


@tool
def look() -> str:
    """Look."""
    return "seen"


def call(
    mode: str,
    name: str = "create",
    arguments: dict[str, Any] | None = None,
    /,
    *,
    http_options: dict[str, Any] | None = None,
    times: int = 1,
    **options: Any,
) -> Message:
    """Make one call and return its whole message.

    Args:
        mode: "sync" or "async".
        name: One of `ALL_CALLS`; "create_stream" is `create(stream=True)`.
        arguments: The call's arguments beyond those of a usual request.
        http_options: The options of a separate HTTP client to send with; None for the client's own.
        times: How often to make the call with one client, one after the other; the last message is returned.
        options: The client's options; without `max_retries` there are no retries.
    """
    fields = {**HELLO, **(arguments or {})}
    settings = {"api_key": KEY, "max_retries": 0, "timeout": 10.0, **options}
    if mode == "sync":
        with ExitStack() as stack:
            if http_options is not None:
                settings["http_client"] = stack.enter_context(current().Client(**http_options))
            client = stack.enter_context(Baseten(**settings))
            return [_call(client, name, fields) for _ in range(times)][-1]

    async def main() -> Message:
        try:
            async with AsyncExitStack() as stack:
                if http_options is not None:
                    settings["http_client"] = await stack.enter_async_context(current().AsyncClient(**http_options))
                client = await stack.enter_async_context(AsyncBaseten(**settings))
                return [await _call_async(client, name, fields) for _ in range(times)][-1]
        finally:
            assert asyncio.all_tasks() == {asyncio.current_task()}, "a task is left"

    return asyncio.run(main())


def failure(
    mode: str,
    name: str = "create",
    arguments: dict[str, Any] | None = None,
    /,
    *,
    error_class: type[BaseException] = BasetenError,
    **options: Any,
) -> Any:
    """Make one call that must fail with `error_class`, and return the error."""
    with pytest.raises(error_class) as caught:
        call(mode, name, arguments, **options)
    return caught.value


def _call(client: Baseten, name: str, fields: dict[str, Any]) -> Message:
    if name == "create":
        return cast("Message", client.messages.create(**fields))
    if name == "tool_runner":
        return client.messages.tool_runner(tools=[look], **fields).until_done()
    if name == "parse":
        return client.messages.parse(output_type=Output, **fields)
    if name == "create_stream":
        with client.messages.create(stream=True, **fields) as stream:
            return cast("Message", stream.get_final_message())
    with client.messages.stream(**fields) as stream:
        return stream.get_final_message()


async def _call_async(client: AsyncBaseten, name: str, fields: dict[str, Any]) -> Message:
    if name == "create":
        return cast("Message", await client.messages.create(**fields))
    if name == "tool_runner":
        return await client.messages.tool_runner(tools=[look], **fields).until_done()
    if name == "parse":
        return cast("Message", await client.messages.parse(output_type=Output, **fields))
    if name == "create_stream":
        async with await client.messages.create(stream=True, **fields) as stream:
            return cast("Message", await stream.get_final_message())
    async with client.messages.stream(**fields) as stream:
        return await stream.get_final_message()
