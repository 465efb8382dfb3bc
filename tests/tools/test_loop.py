"""The conversation of a runner: what goes into its history, which calls it makes, and when it ends."""

from __future__ import annotations

from collections import UserList, deque
from functools import partial
from types import MethodType
from typing import Any

import pytest

from baseten_messages_client import (
    Baseten,
    MaxTurnsError,
    StopRunner,
    models,
    tool,
)
from baseten_messages_client.testing import LocalServer

from ..support import KEY
from .support import ASK, HOSTED, Run, double, fail, result, triple, turn, use


def test_results_of_one_turn_follow_the_order_of_its_calls(run: Run, server: LocalServer) -> None:
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


def test_a_call_of_a_tool_that_runs_elsewhere_tells_the_model_that_there_are_no_tools(
    run: Run, server: LocalServer
) -> None:
    server.enqueue(turn(use("t1", "x" * 101, {})))
    server.enqueue("I see.")
    (block,) = run(HOSTED).results
    assert block["content"] == f"There is no tool named {'x' * 100!r}. The tools are: none."


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
def test_an_output_that_cannot_be_sent_is_an_error_result(run: Run, server: LocalServer, output: Any) -> None:
    @tool
    def give() -> Any:
        return output

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("Thanks.")
    (block,) = run(give).results
    assert block["is_error"] is True
    assert block["content"].startswith("give ran, but its result cannot be sent: the output")


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


def test_a_tool_may_return_the_result_block_itself(run: Run, server: LocalServer) -> None:
    @tool
    def give() -> models.ToolResultBlock:
        return models.ToolResultBlock(type="tool_result", tool_use_id="t1", content="mine")

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("Thanks.")
    assert run(give).results == [result("t1", "mine")]


def test_a_result_block_answers_its_own_call_whatever_id_it_holds(run: Run, server: LocalServer) -> None:
    @tool
    def give() -> models.ToolResultBlock:
        return models.ToolResultBlock(type="tool_result", tool_use_id="another", content="mine")

    server.enqueue(turn(use("t1", "give", {})))
    server.enqueue("I see.")
    assert run(give).results == [result("t1", "mine")]


def test_the_same_id_twice_is_answered_twice(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1}), use("t1", "double", {"number": 2})))
    server.enqueue("Done.")
    assert run(double).results == [result("t1", "2"), result("t1", "4")]


def test_the_same_id_in_a_later_turn_is_another_call(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})), repeat=2)
    server.enqueue("Done.")
    assert [len(message["content"]) for message in run(double).messages[2::2]] == [1, 1]


@pytest.mark.parametrize("turns", [1, 12])
def test_a_conversation_may_take_any_number_of_turns_within_the_limit(
    run: Run, server: LocalServer, turns: int
) -> None:
    for number in range(turns):
        server.enqueue(turn(use(f"t{number}", "double", {"number": number})))
    server.enqueue("Done.")
    outcome = run(double, max_turns=turns + 1)
    assert len(outcome.turns) == turns + 1
    assert len(outcome.messages) == 2 * turns + 2


def test_the_usage_of_all_turns_is_summed_and_other_values_are_the_last(run: Run, server: LocalServer) -> None:
    call = use("t1", "double", {"number": 1})
    server.enqueue(turn(call, usage={"input_tokens": 5, "output_tokens": 7, "service_tier": "standard"}))
    server.enqueue(turn(call, usage={"input_tokens": 1, "output_tokens": None, "service_tier": "batch"}))
    server.enqueue({"content": [], "stop_reason": "end_turn", "usage": {"input_tokens": 10}})
    usage = run(double).usage
    assert (usage.input_tokens, usage.output_tokens, usage.additional_properties["service_tier"]) == (16, 7, "batch")


def test_a_runner_begins_without_usage_and_without_a_message() -> None:
    with Baseten(api_key=KEY) as client:
        runner = client.messages.tool_runner(tools=[double], **ASK)
    assert runner.usage == models.Usage(input_tokens=0, output_tokens=0)
    assert runner.last_message is None
    assert runner.messages == ASK["messages"]


def test_the_limit_of_turns_leaves_a_history_to_go_on_with(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})), repeat=5)
    with pytest.raises(MaxTurnsError) as caught:
        run(double, max_turns=2)
    assert str(caught.value) == (
        "max_turns is reached, but the model is not done: increase max_turns, or continue with error.messages"
    )
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


def test_hosted_calls_keep_their_results_and_are_never_run_again(run: Run, server: LocalServer) -> None:
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


def test_a_hosted_call_of_the_local_server_needs_no_answer(run: Run) -> None:
    (message,) = run(HOSTED).turns
    assert message.stop_reason == "end_turn"
    assert message.tool_calls == []


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


def test_a_hook_before_one_call_may_stop_the_runner_and_keeps_the_results_before_it(
    run: Run, server: LocalServer
) -> None:
    def before_tool(call: models.ToolUseBlock) -> str:
        if call.name == "double":
            raise StopRunner
        return "never called"

    server.enqueue(turn(use("t1", "fail", {}), use("t2", "double", {"number": 1})))
    outcome = run(fail, double, before_tool=before_tool)
    assert outcome.results == [
        result("t1", "never called"),
        result("t2", "The conversation was stopped, so this call has no result.", is_error=True),
    ]
    assert len(server.requests) == 1


def test_a_hook_after_one_call_may_stop_the_runner_and_the_others_are_still_seen(run: Run, server: LocalServer) -> None:
    seen: list[str] = []

    def after_tool(call: models.ToolUseBlock, block: models.ToolResultBlock) -> str | None:
        seen.append(call.id)
        if call.id == "t1":
            raise StopRunner
        return "replaced"

    server.enqueue(turn(use("t1", "double", {"number": 1}), use("t2", "double", {"number": 2})))
    outcome = run(double, after_tool=after_tool)
    assert outcome.results == [result("t1", "2"), result("t2", "replaced")]
    assert seen == ["t1", "t2"]
    assert len(server.requests) == 1


def test_a_tool_that_stops_the_runner_lets_the_others_of_its_turn_finish(run: Run, server: LocalServer) -> None:
    server.enqueue(turn(use("t1", "stopping", {"number": 1}), use("t2", "double", {"number": 1})))
    outcome = run(tool(stopping), double)
    assert [block["content"] for block in outcome.results] == [
        "The conversation was stopped, so this call has no result.",
        "2",
    ]
    assert len(server.requests) == 1


def stop(*_: Any) -> None:
    raise StopRunner


def stopping(number: int) -> None:
    raise StopRunner


@pytest.mark.parametrize("hooks", [{"before_tool": stop}, {"after_tool": stop}, {}], ids=["before", "after", "tool"])
def test_hooks_and_tools_may_stop_the_runner(run: Run, server: LocalServer, hooks: dict[str, Any]) -> None:
    server.enqueue(turn(use("t1", "double", {"number": 1})))
    outcome = run(double if hooks else tool(stopping, name="double"), **hooks)
    assert len(server.requests) == 1
    assert [message.stop_reason for message in outcome.turns] == ["tool_use"]
    (block,) = outcome.results  # The history can still be sent.
    assert block["content"] == (
        "2" if "after_tool" in hooks else "The conversation was stopped, so this call has no result."
    )


class Shop:
    @tool
    def count(self) -> int:
        return 1


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"tools": [len]}, TypeError, "'len' is a plain function: decorate it with @tool"),
        ({"tools": [partial(len)]}, TypeError, r"functools\.partial\(.*\) is a plain function: decorate it with @tool"),
        ({"tools": double}, TypeError, "tools must be a list of tools, not Tool"),
        ({"tools": [double, double]}, ValueError, "two tools are named 'double'"),
        ({"tools": [Shop.count]}, TypeError, "'count' is a method that is not bound to an object: pass object.count"),
        ({"max_turns": 0}, ValueError, "max_turns must be a whole number of at least 1, not 0"),
        ({"max_turns": True}, ValueError, "max_turns must be"),
        ({"max_concurrency": 0}, ValueError, "max_concurrency must be a whole number of at least 1, not 0"),
        ({"tools": "double"}, TypeError, "tools must be a list of tools, not str"),
        ({"tools": b"double"}, TypeError, "tools must be a list of tools, not bytes"),
        ({"messages": [{"role": "user", "content": "Hi"}, object()]}, TypeError, r"^messages\[1\]"),
        ({"messages": "Hi"}, TypeError, "messages must be a list of messages, not str"),
    ],
)
def test_an_impossible_argument_is_refused_at_once(arguments: Any, error: type[Exception], told: str) -> None:
    with Baseten(api_key=KEY) as client, pytest.raises(error, match=told):
        client.messages.tool_runner(**{**ASK, "tools": [], **arguments})


class Maths:
    factor = 3

    @classmethod
    @tool
    def scale(cls, number: int) -> int:
        """Multiply a number."""
        return cls.factor * number


# Until Python 3.12, a class method binds the tool itself. After that, it makes a bound method of it.
@pytest.mark.parametrize("scale", [Maths.scale, MethodType(vars(Maths)["scale"].__func__, Maths)])
def test_a_class_method_can_be_a_tool(run: Run, server: LocalServer, scale: Any) -> None:
    server.enqueue(turn(use("t1", "scale", {"number": 2})))
    assert run(scale).results == [{"type": "tool_result", "tool_use_id": "t1", "content": "6"}]
    assert scale(2) == 6


@pytest.mark.parametrize("sequence", [list, tuple, deque, UserList])
def test_messages_may_be_any_sequence(run: Run, server: LocalServer, sequence: Any) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client:
        messages = sequence(ASK["messages"])
        assert client.messages.create(**{**ASK, "messages": messages}).text
        assert client.messages.tool_runner(tools=[double], **{**ASK, "messages": messages}).until_done().text
