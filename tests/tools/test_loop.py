"""The tool runner, sync and async, plain and streaming: what it calls, what it answers, and when it ends."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import Any

import anyio
import pytest

from baseten_messages_client import (
    AsyncBaseten,
    AsyncToolRunner,
    Baseten,
    MaxTurnsError,
    Message,
    StopRunner,
    StreamError,
    ToolRunner,
    errors,
    models,
    tool,
)
from baseten_messages_client.testing import LocalServer

from ..support import KEY, MODEL

ASK: dict[str, Any] = {"model": MODEL, "max_tokens": 256, "messages": [{"role": "user", "content": "Go."}]}


def use(identifier: str, name: str, arguments: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": identifier, "name": name, "input": arguments}


def turn(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"content": list(blocks), "stop_reason": "tool_use", **fields}


@tool
def double(number: int) -> int:
    """Double a number."""
    return 2 * number


@tool
async def triple(number: int) -> int:
    """Triple a number."""
    await asyncio.sleep(0)
    return 3 * number


@tool
def fail() -> None:
    """Fail."""
    raise RuntimeError("the disk is full")


class Outcome:
    """What a run left behind."""

    def __init__(self, turns: list[Message], runner: ToolRunner[Any] | AsyncToolRunner[Any]) -> None:
        self.turns = turns
        self.messages = runner.messages
        self.usage = runner.usage
        self.last = runner.last_message

    @property
    def results(self) -> list[Any]:
        """The first turn's results."""
        content: list[Any] = self.messages[2]["content"]
        return content


Run = Callable[..., Outcome]


@pytest.fixture(params=[False, True], ids=["plain", "streaming"])
def run(request: pytest.FixtureRequest, kind: str, server: LocalServer) -> Run:
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
        return run_sync(everything) if kind == "sync" else anyio.run(run_async, everything)

    return call


def result(identifier: str, content: Any, **fields: Any) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": identifier, "content": content, **fields}


# ---- One turn of calls ----------------------------------------------------------------------------------------------


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


def test_results_stand_in_one_turn_in_the_order_of_the_calls(run: Run, server: LocalServer) -> None:
    calls = [use("t1", "double", {"number": 1}), use("t2", "fail", {}), use("t3", "triple", {"number": 1})]
    server.enqueue(turn({"type": "text", "text": "All at once."}, *calls))
    server.enqueue("Done.")
    assert run(double, triple, fail).results == [
        result("t1", "2"),
        result("t2", "fail failed: RuntimeError: the disk is full", is_error=True),
        result("t3", "3"),
    ]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (use("t1", "unknown", {}), "There is no tool named 'unknown'. The tools are: double, triple."),
        (use("", "", {}), "There is no tool named ''. The tools are: double, triple."),
        (use("t1", "double", {"number": "x"}), "- number: expected `int`, got `str` (the argument was 'x')"),
        (use("t1", "double", {}), "- number: missing"),
        (use("t1", "double", '{"number": '), "The arguments of double are not a JSON object"),
        (use("t1", "double", "12"), "The arguments of double are not a JSON object"),
    ],
)
def test_a_call_that_cannot_be_made_tells_the_model_why(
    run: Run, server: LocalServer, call: dict[str, Any], told: str
) -> None:
    server.enqueue(turn(call))
    server.enqueue("I see.")
    (block,) = run(double, triple).results
    assert block["is_error"] is True
    assert told in block["content"]
    assert "Traceback" not in block["content"]


def test_a_malformed_input_goes_back_as_an_object(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", '{"number": ')))
    server.enqueue("I see.")
    assert run(double).messages[1]["content"] == [use("t1", "double", {"_raw_input": '{"number": '})]


@pytest.mark.parametrize(
    ("output", "content"),
    [({"a": 1}, '{"a":1}'), (None, "null"), (b"bytes", "bytes"), ([1], "[1]"), ("", "")],
)
def test_a_tool_may_return_anything_that_can_be_sent(run: Run, server: LocalServer, output: Any, content: str) -> None:
    @tool
    def give() -> Any:
        return output

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("Thanks.")
    assert run(give).results == [result("t1", content)]


@pytest.mark.parametrize("output", [b"\xff", object(), float("nan"), "\ud800"])
def test_what_cannot_be_sent_is_an_error_result(run: Run, server: LocalServer, output: Any) -> None:
    @tool
    def give() -> Any:
        return output

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("Thanks.")
    (block,) = run(give).results
    assert block["is_error"] is True
    assert block["content"].startswith("give ran, but its result cannot be sent: the output")


def test_a_tool_may_return_the_result_block_itself(run: Run, server: LocalServer) -> None:
    @tool
    def give() -> models.ToolResultBlock:
        return models.ToolResultBlock(type="tool_result", tool_use_id="t1", content="mine")

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("Thanks.")
    assert run(give).results == [result("t1", "mine")]


def test_the_same_id_twice_is_answered_twice(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1}), use("t1", "double", {"number": 2})))
    server.enqueue("Done.")
    assert run(double).results == [result("t1", "2"), result("t1", "4")]


def test_the_same_id_in_a_later_turn_is_another_call(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})), repeat=2)
    server.enqueue("Done.")
    assert [len(message["content"]) for message in run(double).messages[2::2]] == [1, 1]


# ---- Side by side ---------------------------------------------------------------------------------------------------


def test_calls_of_one_turn_run_side_by_side(run: Run, server: LocalServer) -> None:
    barrier = threading.Barrier(4, timeout=10)

    @tool
    def meet(number: int) -> int:
        barrier.wait()  # Each waits for the three others: one after another they would never get past it.
        return number

    server.enqueue(turn(*(use(f"t{n}", "meet", {"number": n}) for n in range(4))))
    server.enqueue("Done.")
    assert run(meet).results == [result(f"t{n}", str(n)) for n in range(4)]


def test_async_calls_of_one_turn_run_side_by_side(kind: str, run: Run, server: LocalServer) -> None:
    barrier = threading.Barrier(3, timeout=10)

    @tool
    async def meet() -> str:
        await asyncio.to_thread(barrier.wait)
        return str(barrier.parties)

    server.enqueue(turn(*(use(f"t{n}", "meet", {}) for n in range(3))))
    server.enqueue("Done.")
    assert run(meet).results == [result(f"t{n}", "3") for n in range(3)]


def test_a_tool_that_hangs_is_given_up_after_its_timeout(run: Run, server: LocalServer) -> None:
    released = threading.Event()

    @tool(timeout=0.05)
    def hang() -> None:
        released.wait(30)

    @tool(timeout=0.05)
    async def hang_too() -> None:
        await asyncio.sleep(30)

    server.enqueue(turn(use("t1", "hang", {}), use("t2", "double", {"number": 1}), use("t3", "hang_too", {})))
    server.enqueue("Done.")
    assert run(hang, double, hang_too).results == [
        result("t1", "hang did not finish within 0.05 seconds.", is_error=True),
        result("t2", "2"),
        result("t3", "hang_too did not finish within 0.05 seconds.", is_error=True),
    ]
    released.set()


def test_sync_tools_do_not_block_the_loop(server: LocalServer) -> None:
    ticked = threading.Event()

    @tool
    def wait_for_tick() -> bool:
        return ticked.wait(10)

    answers: list[str] = []

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client, anyio.create_task_group() as tasks:

            async def tick() -> None:
                await asyncio.to_thread(server.wait_until, lambda: bool(server.requests))
                ticked.set()

            tasks.start_soon(tick)
            done = await client.messages.tool_runner(tools=[wait_for_tick], **ASK).until_done()
            answers.append(done.text)

    server.enqueue(turn(use("t1", "wait_for_tick", {})))
    anyio.run(main)
    assert 'returned "true"' in answers[0]


def test_tools_see_the_callers_context(run: Run, server: LocalServer) -> None:
    variable = contextvars.ContextVar("variable", default="lost")
    variable.set("kept")

    @tool
    def look() -> str:
        return variable.get()

    server.enqueue(turn(use("t1", "look", {}), use("t2", "look", {})))
    server.enqueue("Done.")
    assert run(look).results == [result("t1", "kept"), result("t2", "kept")]


def test_cancelling_the_runner_cancels_its_tools(server: LocalServer) -> None:
    ended: list[str] = []

    @tool
    async def hang() -> None:
        started.set()
        try:
            await asyncio.sleep(30)
        finally:
            ended.append("cancelled")

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            task = asyncio.create_task(client.messages.tool_runner(tools=[hang], **ASK).until_done())
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    server.enqueue(turn(use("t1", "hang", {}), use("t2", "hang", {})))
    started = asyncio.Event()
    asyncio.run(main())
    assert ended == ["cancelled", "cancelled"]


class Unprintable(Exception):
    def __str__(self) -> str:
        raise ValueError("no text")


def cancel() -> None:
    raise asyncio.CancelledError


def leave() -> None:
    raise SystemExit(2)


def unprintable() -> None:
    raise Unprintable


def lengthy() -> None:
    raise ValueError("x" * 100_000)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (cancel, "f failed: CancelledError"),
        (leave, "f failed: SystemExit: 2"),
        (unprintable, "f failed: Unprintable"),
        (lengthy, "f failed: ValueError: xxx"),
    ],
)
def test_whatever_a_tool_raises_is_a_result(
    run: Run, server: LocalServer, function: Callable[[], None], told: str
) -> None:
    server.enqueue(turn(use("t1", "f", {})))
    server.enqueue("I see.")
    (block,) = run(tool(function, name="f")).results
    assert block["content"].startswith(told)
    assert len(block["content"]) < 5000


def test_a_cancelled_future_within_a_tool_is_a_result(run: Run, server: LocalServer) -> None:
    @tool(timeout=30)
    async def f() -> None:
        waited = asyncio.ensure_future(asyncio.sleep(30))
        waited.cancel()
        await waited

    server.enqueue(turn(use("t1", "f", {})))
    server.enqueue("I see.")
    assert run(f).results[0]["content"] == "f failed: CancelledError"


class Unwilling:
    def to_dict(self) -> dict[str, Any]:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "output",
    [
        [{"type": "image", "source": {}}],
        Unwilling(),
        [models.TextBlock(type="text", text="\ud800")],
        models.ToolResultBlock(type="tool_result", tool_use_id="t1", content=object()),  # type: ignore[arg-type]
    ],
)
def test_an_output_that_would_spoil_the_history_is_an_error_result(run: Run, server: LocalServer, output: Any) -> None:
    @tool
    def give() -> Any:
        return output

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("I see.")
    outcome = run(give)
    assert outcome.results[0]["is_error"] is True
    assert len(outcome.turns) == 2


def test_a_result_answers_its_own_call_whatever_it_says(run: Run, server: LocalServer) -> None:
    @tool
    def give() -> models.ToolResultBlock:
        return models.ToolResultBlock(type="tool_result", tool_use_id="another", content="mine")

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("I see.")
    assert run(give).results == [result("t1", "mine")]


def test_an_async_function_behind_a_sync_wrapper_is_awaited(run: Run, server: LocalServer) -> None:
    async def inner(number: int) -> int:
        return number

    @tool
    def wrapper(number: int) -> Any:
        return inner(number)

    server.enqueue(turn(use("t1", "wrapper", {"number": 1})))
    server.enqueue("Done.")
    assert run(wrapper).results == [result("t1", "1")]


def test_async_tools_share_one_loop(run: Run, server: LocalServer) -> None:
    lock = asyncio.Lock()
    loops: set[int] = set()

    @tool(timeout=10)
    async def f() -> None:
        async with lock:
            loops.add(id(asyncio.get_running_loop()))
            await asyncio.sleep(0)

    server.enqueue(turn(use("t1", "f", {}), use("t2", "f", {})), repeat=2)
    server.enqueue("Done.")
    run(f)
    assert len(loops) == 1


def test_one_calls_time_is_not_anothers(run: Run, server: LocalServer) -> None:
    released = threading.Event()

    @tool
    def patient() -> str:
        released.wait(0.3)
        return "done"

    @tool(timeout=0.05)
    def hurried() -> str:
        released.wait(0.2)
        return "too late"

    server.enqueue(turn(use("t1", "patient", {}), use("t2", "hurried", {})))
    server.enqueue("Done.")
    results = run(patient, hurried).results
    assert results[0] == result("t1", "done")
    assert results[1]["is_error"] is True


# ---- When it ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turns", [1, 12])
def test_any_number_of_turns_within_the_limit(run: Run, server: LocalServer, turns: int) -> None:
    for number in range(turns):
        server.enqueue(turn(use(f"t{number}", "double", {"number": number})))
    server.enqueue("Done.")
    outcome = run(double, max_turns=turns + 1)
    assert len(outcome.turns) == turns + 1
    assert len(outcome.messages) == 2 * turns + 2


def test_the_limit_of_turns_leaves_a_history_to_go_on_with(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})), repeat=5)
    with pytest.raises(MaxTurnsError, match="max_turns is reached") as caught:
        run(double, max_turns=2)
    assert len(server.requests) == 2
    assert [message["role"] for message in caught.value.messages] == ["user", "assistant"] * 2 + ["user"]
    assert caught.value.messages[-1]["content"] == [result("t1", "2")]
    assert caught.value.last_message is not None
    server.reset()
    server.enqueue("Done.")
    assert run(double, messages=caught.value.messages).turns[0].text == "Done."


def test_nothing_runs_from_a_turn_cut_by_max_tokens(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1}), stop_reason="max_tokens"))
    outcome = run(double)
    assert len(server.requests) == 1
    assert outcome.turns[0].stop_reason == "max_tokens"
    assert len(outcome.messages) == 2


def test_a_paused_turn_is_sent_back_to_go_on(run: Run, server: LocalServer) -> None:
    server.enqueue({"content": [{"type": "text", "text": "Wait."}], "stop_reason": "pause_turn"})
    server.enqueue("Done.")
    outcome = run(double)
    assert [message.stop_reason for message in outcome.turns] == ["pause_turn", "end_turn"]
    assert server.requests[1].json["messages"][-1] == {
        "role": "assistant",
        "content": [{"type": "text", "text": "Wait."}],
    }


HOSTED = {"type": "baseten__exa__web_search_exa"}


def test_hosted_results_are_shown_and_never_run_again(run: Run, server: LocalServer) -> None:
    hosted = [use("h1", "baseten__exa__web_search_exa", {"query": "x"}), result("h1", "found")]
    server.enqueue(turn(*hosted, use("t1", "double", {"number": 1})))
    server.enqueue(turn(*hosted, {"type": "text", "text": "Done."}, stop_reason="end_turn"))
    outcome = run(double, HOSTED)
    assert server.requests[0].headers["x-baseten-server-tools"] == "true"
    assert server.requests[0].json["tools"] == [double.definition, HOSTED]
    assert outcome.results == [result("t1", "2")]
    assert outcome.messages[1]["content"][:2] == hosted
    assert outcome.turns[1].text == "Done."


def test_a_turn_with_hosted_calls_alone_needs_no_answer(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("h1", "baseten__exa__web_search_exa", {}), result("h1", "found")))
    assert len(run(HOSTED).turns) == 1


def test_the_stand_ins_own_hosted_tool_works(run: Run) -> None:
    (message,) = run(HOSTED).turns
    assert message.stop_reason == "end_turn"
    assert message.tool_calls == []


def test_a_failed_request_leaves_the_history_as_it_was(kind: str, server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
        server.enqueue(turn(use("t1", "double", {"number": 1})))
        server.enqueue(status=500)
        runner = client.messages.tool_runner(tools=[double], **ASK)
        with pytest.raises(errors.InternalServerError):
            runner.until_done()
        assert len(runner.messages) == 3
        assert client.messages.tool_runner(tools=[double], **{**ASK, "messages": runner.messages}).until_done().text


def test_after_a_failure_the_same_runner_goes_on(kind: str, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})))
    server.enqueue(status=500)
    server.enqueue("Done.")
    if kind == "sync":
        with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner = client.messages.tool_runner(tools=[double], **ASK)
            with pytest.raises(errors.InternalServerError):
                runner.until_done()
            assert runner.until_done().text == "Done."
            return

    async def main() -> str:
        async with AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            runner = client.messages.tool_runner(tools=[double], **ASK)
            with pytest.raises(errors.InternalServerError):
                await runner.until_done()
            return (await runner.until_done()).text

    assert anyio.run(main) == "Done."


def test_a_stream_that_is_cut_runs_nothing(server: LocalServer) -> None:
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


# ---- Hooks ----------------------------------------------------------------------------------------------------------


def test_hooks_see_every_call_and_result(run: Run, server: LocalServer) -> None:
    seen: list[Any] = []
    server.enqueue(turn(use("t1", "double", {"number": 1}), use("t2", "unknown", {})))
    server.enqueue("Done.")
    run(
        double,
        before_tool=lambda call: seen.append(("before", call.id)),
        after_tool=lambda call, block: seen.append(("after", call.id, bool(block.is_error))),
    )
    assert seen == [("before", "t1"), ("before", "t2"), ("after", "t1", False), ("after", "t2", True)]


def test_hooks_may_replace_a_result(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "fail", {}), use("t2", "double", {"number": 1})))
    server.enqueue("Done.")
    outcome = run(
        fail,
        double,
        before_tool=lambda call: "never called" if call.name == "fail" else None,
        after_tool=lambda call, block: {"was": block.content} if call.name == "double" else None,
    )
    assert outcome.results == [result("t1", "never called"), result("t2", '{"was":"2"}')]


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
    with Baseten(api_key=KEY, base_url=server.url) as client, pytest.raises(TypeError, match="async hooks need AsyncB"):
        client.messages.tool_runner(tools=[double], before_tool=approve, **ASK).until_done()


def stop(*_: Any) -> None:
    raise StopRunner


@pytest.mark.parametrize("hooks", [{"before_tool": stop}, {"after_tool": stop}, {}], ids=["before", "after", "tool"])
def test_hooks_and_tools_may_stop_the_runner(run: Run, server: LocalServer, hooks: dict[str, Any]) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})))
    outcome = run(double if hooks else tool(stopping, name="double"), **hooks)
    assert len(server.requests) == 1
    assert [message.stop_reason for message in outcome.turns] == ["tool_use"]
    (block,) = outcome.results  # The history stays one that can be sent on.
    assert block["content"] == ("2" if "after_tool" in hooks else "The conversation was stopped at this call.")


def stopping(number: int) -> None:
    raise StopRunner


def test_a_keyboard_interrupt_passes_through(server: LocalServer) -> None:
    @tool
    def interrupt() -> None:
        raise KeyboardInterrupt

    for calls in (1, 2):
        server.enqueue(turn(*(use(f"t{n}", "interrupt", {}) for n in range(calls))))
        with Baseten(api_key=KEY, base_url=server.url) as client, pytest.raises(KeyboardInterrupt):
            client.messages.tool_runner(tools=[interrupt], **ASK).until_done()


class Shop:
    @tool
    def count(self) -> int:
        return 1


# ---- Arguments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
    [
        ({"tools": [len]}, TypeError, "'len' is a plain function: put @tool in front of it"),
        ({"tools": double}, TypeError, "tools must be a list of tools, not Tool"),
        ({"tools": [double, double]}, ValueError, "two tools are named 'double'"),
        ({"tools": [Shop.count]}, TypeError, "'count' is a method without its object: pass it as object.count"),
        ({"max_turns": 0}, ValueError, "max_turns must be a whole number of at least 1, not 0"),
        ({"max_turns": True}, ValueError, "max_turns must be"),
        ({"messages": "Hi"}, TypeError, "messages must be a list of messages, not str"),
    ],
)
def test_an_impossible_argument_is_refused_at_once(arguments: Any, kind: type[Exception], told: str) -> None:
    with Baseten(api_key=KEY) as client, pytest.raises(kind, match=told):
        client.messages.tool_runner(**{**ASK, "tools": [], **arguments})


def test_a_history_may_hold_models_and_stays_the_callers(server: LocalServer) -> None:
    history: list[Any] = [models.InputMessage(role="user", content="Hello!")]
    with Baseten(api_key=KEY, base_url=server.url) as client:
        client.messages.tool_runner(tools=[], **{**ASK, "messages": history}).until_done()
    assert len(history) == 1


def test_turns_can_be_left_and_taken_up_again(server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})))
    server.enqueue("Done.")
    with Baseten(api_key=KEY, base_url=server.url) as client:
        runner = client.messages.tool_runner(tools=[double], **ASK)
        assert next(runner).stop_reason == "tool_use"
        assert len(runner.messages) == 2
        assert runner.until_done().text == "Done."
        assert list(runner) == []
        assert runner.until_done().text == "Done."
