"""`@tool` and `Tool`: what can become a tool, and how a tool is called."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterator
from typing import Any

import pytest

from baseten_messages_client import Tool, ToolInputError, tool
from baseten_messages_client._request_body import build_body

from ..support import HELLO
from .support import Point


def test_methods_are_tools_of_their_object() -> None:
    class Shop:
        def __init__(self, stock: int) -> None:
            self.stock = stock

        @tool
        def count(self, factor: int) -> int:
            """Count the stock."""
            return self.stock * factor

        @tool
        @staticmethod
        def fixed(a: int) -> int:
            return a

        def plain(self, factor: int) -> int:
            return self.stock + factor

    assert Shop(3).count.bind_arguments({"factor": 2})() == 6
    assert Shop(4).count(factor=2) == 8
    assert list(Shop.count.input_schema["properties"]) == ["factor"]
    assert Shop(3).fixed.bind_arguments({"a": 2})() == 2
    assert tool(Shop(3).plain).bind_arguments({"factor": 2})() == 5


def test_async_functions_are_tools() -> None:
    @tool
    async def f(a: int) -> int:
        return a

    assert f.is_async
    assert asyncio.run(f.bind_arguments({"a": 2})()) == 2
    assert tool(functools.partial(f.function, 1)).is_async


def test_callable_objects_are_tools() -> None:
    class Doubler:
        def __call__(self, a: int) -> int:
            """Double it."""
            return 2 * a

    made = tool(Doubler())
    assert (made.name, made.description) == ("Doubler", "Double it.")
    assert made.bind_arguments({"a": 2})() == 4


def test_positional_only_parameters_are_filled_by_name() -> None:
    def f(a: int, b: int = 2, /, c: int = 3) -> tuple[int, int, int]:
        return a, b, c

    assert tool(f).bind_arguments({"a": 1, "c": 9})() == (1, 2, 9)
    assert tool(f).bind_arguments({"c": 9, "b": 8, "a": 1})() == (1, 8, 9)


def test_the_decorator_takes_a_name_a_description_and_a_timeout() -> None:
    @tool(name="better-name", description="Better.", timeout=2)
    def f(a: int) -> int:
        """Worse."""
        return a

    assert (f.name, f.description, f.timeout) == ("better-name", "Better.", 2.0)
    assert f(3) == 3
    assert repr(f) == "Tool('better-name')"


def generator() -> Iterator[int]:
    yield 1


@pytest.mark.parametrize(
    ("function", "told"),
    [
        ("text", "not a str"),
        (generator, "generator is a generator"),
        (Point, "needs a function, not a class"),
        (classmethod(print), "not a classmethod: put @classmethod above @tool"),
    ],
)
def test_only_functions_that_return_become_tools(function: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        tool(function)


def test_a_name_that_the_service_would_refuse_is_refused() -> None:
    with pytest.raises(ValueError, match="must be 1 to 128 letters, digits, _ or -, not '<lambda>': set it with name="):
        tool(lambda: 1)
    assert tool(lambda: 1, name="one").name == "one"


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"name": "a b"}, ValueError, "must be 1 to 128 letters"),
        ({"name": ""}, ValueError, "must be 1 to 128 letters"),
        ({"description": None}, TypeError, "description must be a string"),
        ({"input_schema": []}, TypeError, "input_schema must be a JSON Schema of type"),
        ({"input_schema": {"type": "array"}}, TypeError, "input_schema must be a JSON Schema of type"),
        ({"input_schema": {"type": "object", "x": {1}}}, TypeError, r"input_schema\.x is a set"),
        ({"function": "f"}, TypeError, "function must be callable, not str"),
        ({"timeout": 0}, ValueError, "timeout must be more than 0 seconds"),
        ({"timeout": "1"}, TypeError, "timeout must be a number of seconds"),
    ],
)
def test_an_impossible_tool_is_refused(arguments: dict[str, Any], error: type[Exception], told: str) -> None:
    good: dict[str, Any] = {"name": "f", "description": "", "input_schema": {"type": "object"}, "function": print}
    with pytest.raises(error, match=told):
        Tool(**{**good, **arguments})


def test_a_tool_without_inference_gets_the_arguments_as_they_are() -> None:
    def f(**arguments: Any) -> Any:
        return arguments

    made = Tool(name="f", input_schema={"type": "object"}, function=f)
    assert made.bind_arguments({"a": [1], "b": None})() == {"a": [1], "b": None}


@pytest.mark.parametrize("arguments", ['{"city": ', "12", None, [1]])
def test_arguments_that_are_not_an_object_are_refused(arguments: Any) -> None:
    @tool
    def book(city: str) -> str:
        return city

    with pytest.raises(ToolInputError, match="The arguments of book are not a JSON object") as caught:
        book.bind_arguments(arguments)
    assert caught.value.raw_input == arguments


def test_a_tool_in_a_request_is_sent_as_its_definition() -> None:
    @tool
    def f(a: int) -> int:
        return a

    assert build_body(None, {**HELLO, "tools": [f]}, None, stream=False)["tools"] == [f.definition]
