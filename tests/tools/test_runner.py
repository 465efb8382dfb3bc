"""Both runners, plain and streaming: how they are driven, and what a failure leaves."""

from __future__ import annotations

import asyncio
from typing import Any

import anyio
import pytest

from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    StreamError,
    errors,
    models,
    tool,
)
from baseten_messages_client.testing import LocalServer

from ..support import KEY
from .support import ASK, Run, double, fail, result, turn, use


def test_a_conversation_goes_on_until_the_model_is_done(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 4}), usage={"input_tokens": 5, "output_tokens": 7}))
    server.enqueue("It is 8.")
    outcome = run(double)
    assert [message.stop_reason for message in outcome.turns] == ["tool_use", "end_turn"]
    assert outcome.last is not None
    assert outcome.last.text == "It is 8."
    assert outcome.messages == [
        {"role": "user", "content": "Go."},
        {"role": "assistant", "content": [use("t1", "double", {"number": 4})]},
        {"role": "user", "content": [result("t1", "8")]},
        {"role": "assistant", "content": [{"type": "text", "text": "It is 8."}]},
    ]
    assert server.requests[1].json["messages"] == outcome.messages[:3]
    assert server.requests[1].json["tools"] == [double.definition]
    assert outcome.usage.output_tokens == sum(message.usage.output_tokens or 0 for message in outcome.turns)


@pytest.mark.parametrize("anew", [False, True], ids=["same runner", "new runner"])
def test_after_a_failed_request_the_conversation_can_go_on(mode: str, server: LocalServer, anew: bool) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})))
    server.enqueue(status=500)
    server.enqueue("Done.")

    def run_sync() -> str:
        with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner = client.messages.tool_runner(tools=[double], **ASK)
            with pytest.raises(errors.InternalServerError):
                runner.until_done()
            assert len(runner.messages) == 3
            if anew:
                runner = client.messages.tool_runner(tools=[double], **{**ASK, "messages": runner.messages})
            return runner.until_done().text

    async def run_async() -> str:
        async with AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner = client.messages.tool_runner(tools=[double], **ASK)
            with pytest.raises(errors.InternalServerError):
                await runner.until_done()
            assert len(runner.messages) == 3
            if anew:
                runner = client.messages.tool_runner(tools=[double], **{**ASK, "messages": runner.messages})
            return (await runner.until_done()).text

    assert (run_sync() if mode == "sync" else anyio.run(run_async)) == "Done."
    assert len(server.requests) == 3


def test_no_tool_runs_from_a_stream_that_is_cut(server: LocalServer) -> None:
    called: list[int] = []

    @tool
    def note() -> None:
        called.append(1)

    server.enqueue(turn(use("t1", "note", {})), disconnect_at=700)
    with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
        runner = client.messages.tool_runner(tools=[note], stream=True, **ASK)
        with pytest.raises(StreamError):
            runner.until_done()
    assert called == []


def test_iterating_can_stop_between_turns_and_go_on_later(server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})))
    server.enqueue("Done.")
    with Baseten(api_key=KEY, base_url=server.url) as client:
        runner = client.messages.tool_runner(tools=[double], **ASK)
        assert next(runner).stop_reason == "tool_use"
        assert len(runner.messages) == 2
        assert runner.until_done().text == "Done."
        assert list(runner) == []
        assert runner.until_done().text == "Done."


def test_the_callers_history_may_hold_models_and_is_not_changed(server: LocalServer) -> None:
    history: list[Any] = [models.InputMessage(role="user", content="Hello!")]
    with Baseten(api_key=KEY, base_url=server.url) as client:
        client.messages.tool_runner(tools=[], **{**ASK, "messages": history}).until_done()
    assert len(history) == 1


def test_async_hooks_are_awaited_by_the_async_runner(server: LocalServer) -> None:
    async def approve(call: models.ToolUseBlock) -> str:
        await asyncio.sleep(0)
        return "replaced"

    async def main() -> list[Any]:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            runner = client.messages.tool_runner(tools=[fail], before_tool=approve, **ASK)
            await runner.until_done()
            return runner.messages

    server.enqueue(turn(use("t1", "fail", {})))
    server.enqueue("Done.")
    assert anyio.run(main)[2]["content"] == [result("t1", "replaced")]


def test_async_hooks_are_refused_by_the_sync_runner(server: LocalServer) -> None:
    async def approve(call: models.ToolUseBlock) -> None: ...

    server.enqueue(turn(use("t1", "double", {"number": 1})))
    with (
        Baseten(api_key=KEY, base_url=server.url) as client,
        pytest.raises(TypeError, match="a sync runner cannot await async hooks: use AsyncB"),
    ):
        client.messages.tool_runner(tools=[double], before_tool=approve, **ASK).until_done()
