"""Makes one planned call with either client, and checks everything that it gives."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any, cast

from baseten_messages_client import AsyncBaseten, Baseten, BasetenError, tool
from baseten_messages_client.streaming import AsyncMessageStream, MessageStream

from .calls import Output
from .cancellation_ways import WAYS
from .soak_plans import LEFT, RUNS, Plan

CANCELLED = "cancelled"


class Owner:
    """An object in a cycle with itself, so that only the cyclic garbage collector frees what it owns."""

    def __init__(self, owned: Any) -> None:
        self.owned = owned
        self.myself = self


@tool
def pay(call: str, pause: float) -> str:
    """Pay."""
    RUNS.begin(call)
    time.sleep(pause)
    RUNS.end(call)
    return call


@tool
async def fetch(call: str, pause: float) -> str:
    """Fetch."""
    RUNS.begin(call)
    await asyncio.sleep(pause)
    RUNS.end(call)
    return call


def perform(client: Baseten, plan: Plan) -> str:
    """Make a call. Returns what it gave.

    Raises:
        AssertionError: It gave something wrong.
        Exception: It raised something that is not an error of this package.
    """
    if plan.tools:
        return _run_tools(client, plan)
    try:
        return _call(client, plan)
    except BasetenError as error:
        return plan.check_error(error)


def _call(client: Baseten, plan: Plan) -> str:
    if plan.call == "create":
        return plan.check(client.messages.create(**plan.fields))
    if plan.call == "parse":
        parsed = client.messages.parse(output_type=Output, **plan.fields)
        return plan.check(parsed, parsed.output.text)
    if plan.call == "stream":
        with client.messages.stream(**plan.fields) as stream:
            return _read(stream, plan)
    raw_stream = client.messages.create(stream=True, **plan.fields)
    if plan.reading.startswith("drop"):
        return _read(raw_stream, plan)
    with raw_stream:
        return _read(raw_stream, plan)


def _read(stream: MessageStream, plan: Plan) -> str:
    """Read a stream as far as planned."""
    if plan.reading == "text":
        text = "".join(stream.text_stream)
        assert text == plan.answer, f"the text of the stream is {text!r}, but {plan.answer!r} was right"
    elif plan.reading == "close meanwhile":
        closing = threading.Thread(target=stream.close)
        try:
            for number, _ in enumerate(stream, start=1):
                if number == plan.events:
                    closing.start()
        finally:
            if closing.ident is not None:
                closing.join()
    elif plan.reading != "final message":
        for number, _ in enumerate(stream, start=1):
            if plan.reading != "events" and number == plan.events:
                if plan.reading == "drop in a cycle":
                    Owner(stream)
                return plan.check_beginning(stream.current_message)
    return plan.check(stream.get_final_message())


def _run_tools(client: Baseten, plan: Plan) -> str:
    streams = plan.call == "runner_of_streams"
    runner = client.messages.tool_runner(tools=[pay, fetch], stream=streams, **plan.fields)
    outcome = ""
    for _ in range(plan.resumes + 1):
        try:
            if plan.reading.startswith("drop"):
                for turn in runner:
                    if isinstance(turn, MessageStream):
                        next(iter(turn))
                    break
                outcome = LEFT
            else:
                outcome = plan.check(runner.until_done())
            break
        except BasetenError as error:
            outcome = plan.check_error(error)
    plan.check_tools(outcome)
    return outcome


async def perform_async(client: AsyncBaseten, plan: Plan) -> str:
    """Make a call, and cancel it if that is planned. Returns what it gave.

    Raises:
        AssertionError: It gave something wrong.
        Exception: It raised something that is not an error of this package.
    """
    conversation = _Conversation(client, plan)
    if plan.cancel_after is not None:
        await WAYS[plan.way % len(WAYS)](conversation.go_on(), plan.cancel_after)
        if conversation.outcome == CANCELLED and plan.tools and plan.resumes:
            await conversation.go_on()
    else:
        await conversation.go_on()
    return conversation.outcome


class _Conversation:
    """An async call that can be continued after it was cancelled, if it is a tool runner."""

    def __init__(self, client: AsyncBaseten, plan: Plan) -> None:
        self._client = client
        self._plan = plan
        self._runner: Any = None
        self.outcome = CANCELLED  # It may be cancelled before its first step.

    async def go_on(self) -> None:
        """Make the call, or what is left of it."""
        plan = self._plan
        try:
            if plan.tools:
                self.outcome = await self._run_tools()
                plan.check_tools(self.outcome)
            else:
                self.outcome = await self._call()
        except BasetenError as error:
            self.outcome = plan.check_error(error)
        except asyncio.CancelledError:
            self.outcome = CANCELLED
            task = asyncio.current_task()
            assert task is not None
            assert task.cancelling(), "the call was cancelled, but not by the soak"
            raise
        except AssertionError:
            raise
        except Exception as error:  # Some ways of cancelling suppress TimeoutError and LookupError.
            raise AssertionError(f"{type(error).__name__} escaped from the call: {error}") from error

    async def _call(self) -> str:
        client, plan = self._client, self._plan
        if plan.call == "create":
            return plan.check(await client.messages.create(**plan.fields))
        if plan.call == "parse":
            parsed = await client.messages.parse(output_type=Output, **plan.fields)
            return plan.check(parsed, parsed.output.text)
        if plan.call == "stream":
            async with client.messages.stream(**plan.fields) as stream:
                return await _read_async(stream, plan)
        raw_stream = await client.messages.create(stream=True, **plan.fields)
        if plan.reading.startswith("drop"):
            return await _read_async(raw_stream, plan)
        async with raw_stream:
            return await _read_async(raw_stream, plan)

    async def _run_tools(self) -> str:
        plan, streams = self._plan, self._plan.call == "runner_of_streams"
        if self._runner is None:
            self._runner = self._client.messages.tool_runner(tools=[pay, fetch], stream=streams, **plan.fields)
        outcome = ""
        for _ in range(plan.resumes + 1):
            try:
                if not plan.reading.startswith("drop"):
                    return plan.check(await self._runner.until_done())
                async for turn in self._runner:
                    if isinstance(turn, AsyncMessageStream):
                        await anext(aiter(turn))
                    break
                return LEFT
            except BasetenError as error:
                outcome = plan.check_error(error)
        return outcome


async def _read_async(stream: AsyncMessageStream, plan: Plan) -> str:
    """Read a stream as far as planned."""
    if plan.reading == "text":
        text = "".join([part async for part in stream.text_stream])
        assert text == plan.answer, f"the text of the stream is {text!r}, but {plan.answer!r} was right"
    elif plan.reading == "close meanwhile":
        number, closing = 0, None
        try:
            async for _ in stream:
                number += 1
                if number == plan.events:
                    closing = asyncio.ensure_future(stream.close())
        finally:
            if closing is not None:
                await closing
    elif plan.reading != "final message":
        number = 0
        async for _ in stream:
            number += 1
            if plan.reading != "events" and number == plan.events:
                if plan.reading == "drop in a cycle":
                    Owner(stream)
                return plan.check_beginning(stream.current_message)
    return plan.check(cast("Any", await stream.get_final_message()))
