"""What a model gives a tool, and what the tool does to it: large values are quick, and the history does not change."""

from __future__ import annotations

import asyncio
import copy
import time
from dataclasses import dataclass
from typing import Any

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, Tool, ToolInputError, tool
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY

QUICKLY = 1.0
"""Seconds; the right way takes some hundredths of it."""


def calling(**tools: Any) -> dict[str, Any]:
    """Return a turn that calls each of these tools, with its input."""
    calls = [{"id": f"id_{name}", "name": name, "input": arguments} for name, arguments in tools.items()]
    return {"content": [{"type": "tool_use", **call} for call in calls]}


def run_tools(mode: str, url: str, tools: list[Any], **arguments: Any) -> tuple[list[Any], list[Any]]:
    """Run a conversation. Returns the model's turns and the history."""
    fields: dict[str, Any] = {**HELLO, "tools": tools, **arguments}
    if mode == "sync":
        with Baseten(api_key=KEY, base_url=url) as client:
            runner = client.messages.tool_runner(**fields)
            return list(runner), runner.messages

    async def main() -> tuple[list[Any], list[Any]]:
        async with AsyncBaseten(api_key=KEY, base_url=url) as client:
            runner = client.messages.tool_runner(**fields)
            return [turn async for turn in runner], runner.messages

    return asyncio.run(main())


# --- Whole numbers that are written as floats ---


@dataclass
class Point:
    x: int
    y: int


@tool
def describe_list(values: list[int]) -> str:
    """Describe."""
    return types_in(values)


@tool
def describe_rows(values: list[list[int]]) -> str:
    """Describe."""
    return types_in([number for row in values for number in row])


@tool
def describe_table(values: dict[str, int]) -> str:
    """Describe."""
    return types_in(list(values.values()))


@tool
def describe_tuple(values: tuple[int, ...]) -> str:
    """Describe."""
    return types_in(list(values))


@tool
def describe_optional(values: list[int | None]) -> str:
    """Describe."""
    return types_in(values)


@tool
def describe_points(values: list[Point]) -> str:
    """Describe."""
    return types_in([number for point in values for number in (point.x, point.y)])


def types_in(values: list[Any]) -> str:
    return f"{len(values)} {sorted({type(value).__name__ for value in values})} {sum(filter(None, values))}"


SHAPES: list[tuple[Tool[..., Any], Any]] = [
    (describe_list, lambda count: [1.0] * count),
    (describe_rows, lambda count: [[1.0] * 10] * (count // 10)),
    (describe_table, lambda count: {f"key {n}": 1.0 for n in range(count)}),
    (describe_tuple, lambda count: [1.0] * count),
    (describe_optional, lambda count: [1.0] * count),
    (describe_points, lambda count: [{"x": 1.0, "y": 1.0}] * (count // 2)),
]


@pytest.mark.parametrize("count", [10, 1500, 20_000])
@pytest.mark.parametrize(("described", "make"), SHAPES, ids=lambda value: getattr(value, "name", ""))
def test_many_whole_floats_are_integers_quickly(described: Tool[..., Any], make: Any, count: int) -> None:
    started = time.monotonic()
    result = described.bind_arguments({"values": make(count)})()
    assert time.monotonic() - started < QUICKLY
    assert result == f"{count} ['int'] {count}"


def test_many_whole_floats_of_a_model_reach_the_tool(server: LocalServer, mode: str) -> None:
    server.enqueue(calling(describe_list={"values": [1.0] * 1500}))
    server.enqueue("Done.")
    _, messages = run_tools(mode, server.url, [describe_list])
    result = messages[2]["content"][0]
    assert not result.get("is_error")
    assert "1500 ['int'] 1500" in str(result["content"])


@pytest.mark.parametrize("wrong", [1.5, "1", True, None])
def test_one_value_among_many_that_is_not_whole_is_named(wrong: Any) -> None:
    values = [1.0] * 700 + [wrong] + [2.0] * 799
    started = time.monotonic()
    with pytest.raises(ToolInputError, match=r"values\[700\]") as caught:
        describe_list.bind_arguments({"values": values})
    assert time.monotonic() - started < QUICKLY
    assert "RecursionError" not in str(caught.value)
    assert len(str(caught.value)) < 2000


def test_a_float_stays_one_where_it_may_be_one() -> None:
    @tool
    def describe_mixed(values: list[int | float]) -> str:
        """Describe."""
        return types_in(values)

    assert describe_mixed.bind_arguments({"values": [1.0, 2]})() == "2 ['float', 'int'] 3.0"


# --- Tools that change their arguments ---


@tool
def typed(items: list[str], options: dict[str, Any]) -> str:
    """Change the arguments."""
    change(items, options)
    return "changed"


@tool
async def typed_async(items: list[str], options: dict[str, Any]) -> str:
    """Change the arguments."""
    change(items, options)
    return "changed"


@tool
def anything(items: Any, options: Any) -> str:
    """Change the arguments."""
    change(items, options)
    return "changed"


def change(items: list[str], options: dict[str, Any]) -> None:
    items.append("added")
    options["added"] = True
    options["inner"]["list"].clear()


def untyped_function(items: list[str], options: dict[str, Any]) -> list[str]:
    change(items, options)
    return items


untyped = Tool(name="untyped", input_schema={"type": "object"}, function=untyped_function)

INPUT: dict[str, Any] = {"items": ["given"], "options": {"inner": {"list": [1, 2]}}}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("changing", [typed, typed_async, anything, untyped], ids=lambda tool: tool.name)
def test_a_tool_that_changes_its_arguments_does_not_change_the_turn_that_called_it(
    server: LocalServer, mode: str, changing: Tool[..., Any], stream: bool
) -> None:
    server.enqueue(calling(**{changing.name: INPUT}))
    server.enqueue("Done.")
    turns, messages = run_tools(mode, server.url, [changing], stream=stream)
    assert not messages[2]["content"][0].get("is_error")
    assert messages[1]["content"][0]["input"] == INPUT
    assert server.requests[1].json["messages"][1]["content"][0]["input"] == INPUT
    if not stream:
        assert turns[0].content[0].input == INPUT


def test_tools_that_change_their_arguments_do_not_see_each_other(server: LocalServer, mode: str) -> None:
    server.enqueue(calling(typed=INPUT, untyped=INPUT))
    server.enqueue("Done.")
    _, messages = run_tools(mode, server.url, [typed, untyped])
    assert [block["input"] for block in messages[1]["content"]] == [INPUT, INPUT]


@pytest.mark.parametrize("changing", [typed, anything, untyped], ids=lambda tool: tool.name)
def test_binding_arguments_does_not_hand_out_the_callers_own(changing: Tool[..., Any]) -> None:
    arguments = copy.deepcopy(INPUT)
    changing.bind_arguments(arguments)()
    assert arguments == INPUT


def test_what_a_tool_returned_may_change_later_without_changing_the_history(server: LocalServer, mode: str) -> None:
    kept: list[dict[str, Any]] = []

    @tool
    def remember() -> dict[str, Any]:
        """Remember."""
        kept.append({"values": [len(kept)]})
        return kept[-1]

    def forget(call: Any) -> None:
        for value in kept:
            value["values"].clear()

    server.enqueue(calling(remember={}))
    server.enqueue(calling(remember={}))
    server.enqueue("Done.")
    _, messages = run_tools(mode, server.url, [remember], before_tool=forget)
    assert "[0]" in str(messages[2]["content"][0]["content"]).replace(" ", "")


def test_the_history_that_a_runner_hands_out_is_a_copy(server: LocalServer, mode: str) -> None:
    server.enqueue(calling(typed=INPUT))
    server.enqueue("Done.")
    given = copy.deepcopy(HELLO["messages"])
    _, messages = run_tools(mode, server.url, [typed], messages=given)
    messages.clear()
    assert given == HELLO["messages"]
