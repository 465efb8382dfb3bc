"""From a model's arguments to Python values, and the description of every argument that does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Required, TypedDict

import msgspec
import pytest
from msgspec import Meta

from baseten_messages_client import ToolInputError, tool

from .support import Outer, Point


@tool
def book(
    city: str,
    nights: Annotated[int, Meta(ge=1)],
    kind: Literal["single", "double"] = "single",
    guests: list[Point] = [],  # noqa: B006
    outer: Outer | None = None,
) -> str:
    return city


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        ({"nights": 1}, ["city: missing"]),
        ({}, ["city: missing", "nights: missing"]),
        ({"city": "Rome", "nights": "2"}, ["nights: expected `int`, got `str` (the argument was '2')"]),
        ({"city": "Rome", "nights": 0}, ["nights: expected `int` >= 1 (the argument was 0)"]),
        ({"city": "Rome", "nights": 2.5}, ["nights: expected `int`, got `float` (the argument was 2.5)"]),
        (
            {"city": 1, "nights": None, "kind": "triple"},
            [
                "city: expected `str`, got `int` (the argument was 1)",
                "nights: expected `int`, got `null` (the argument was None)",
                "kind: expected one of 'double', 'single' (the argument was 'triple')",
            ],
        ),
        (
            {"city": "Rome", "nights": 1, "guests": [{"x": "a"}, {"x": 1}, {"y": 2}]},
            ["guests[0].x: expected `int`, got `str` (the argument was 'a')", "guests[2].x: missing"],
        ),
        (
            {"city": "Rome", "nights": 1, "outer": {"inner": [{"number": "a"}]}},
            [
                "outer.inner[0].number: input should be a valid integer, unable to parse string as an integer "
                "(the argument was 'a')"
            ],
        ),
        (
            {"city": "Rome", "nights": 1, "town": "x"},
            ["town: unknown argument; the arguments are: city, nights, kind, guests, outer"],
        ),
    ],
)
def test_every_wrong_argument_is_named(arguments: dict[str, Any], lines: list[str]) -> None:
    with pytest.raises(ToolInputError) as caught:
        book.bind_arguments(arguments)
    assert [line[2:] for line in str(caught.value).splitlines() if line.startswith("- ")] == lines
    assert caught.value.tool_name == "book"
    assert caught.value.raw_input == arguments


def test_a_long_argument_is_shortened_in_the_error() -> None:
    with pytest.raises(ToolInputError) as caught:
        book.bind_arguments({"city": ["x" * 10_000], "nights": 1})
    assert len(str(caught.value)) < 300


@dataclass
class Validated:
    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise RuntimeError("negative")


class Renamed(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    first_name: str
    last_name: str


class Strict(TypedDict, total=False):
    needed: Required[int]
    rest: str


class Cat(msgspec.Struct, tag=True):
    lives: int


class Dog(msgspec.Struct, tag=True):
    owner: str


PROBLEMS: list[tuple[Any, Any, list[str]]] = [
    (Literal["a"], ["a"], ["value: expected one of 'a' (the argument was ['a'])"]),
    (tuple[int, str], ["a", 1], ["value[0]: expected `int`", "value[1]: expected `str`"]),
    (Mapping[str, int], {"a": "x", "b": "y"}, ["value.a: expected `int`", "value.b: expected `int`"]),
    (dict[int, str], {"x": "a"}, ["value: expected `int`, got `str`"]),
    (Point | str, {"x": "a", "y": "b"}, ["value.x: expected `int`", "value.y: expected `int`"]),
    (Strict, {"rest": 5}, ["value.rest: expected `str`", "value.needed: missing"]),
    (
        Renamed,
        {"firstName": 1, "x": 2},
        ["value.firstName: expected", "value.lastName: missing", "value.x: unknown field"],
    ),
    (Validated, {"number": -1}, ["value: RuntimeError: negative"]),
    (
        list[Point],
        [{"x": "a"}] * 50,
        ["value[0].x: expected"] + [f"value[{n}].x" for n in range(1, 20)] + ["… and 30 more"],
    ),
    (Outer, {"inner": [{}]}, ["value.inner[0].number: missing"]),
    (Point, {"x": 1.5}, ["value.x: expected `int`, got `float`"]),
    (list[int] | Point, ["a"], ["value[0]: expected `int`, got `str`"]),
    (Cat | Dog, {"type": "Cat", "lives": "x"}, ["value.lives: expected `int`, got `str` (the argument was 'x')"]),
]


@pytest.mark.parametrize(("hint", "sent", "lines"), PROBLEMS, ids=[str(hint) for hint, _, _ in PROBLEMS])
def test_every_wrong_part_of_an_argument_is_named(hint: Any, sent: Any, lines: list[str]) -> None:
    def keep(value: Any) -> Any:
        return value

    keep.__annotations__ = {"value": hint}
    with pytest.raises(ToolInputError) as caught:
        tool(keep).bind_arguments({"value": sent})
    told = [line[2:] for line in str(caught.value).splitlines() if line.startswith("- ")]
    assert len(told) == len(lines)
    assert all(line.startswith(start) for line, start in zip(told, lines, strict=True))


def test_only_a_number_whose_hint_is_int_becomes_an_integer() -> None:
    @tool
    def f(count: int, prices: list[int], data: dict[str, Any]) -> tuple[int, list[int], dict[str, Any]]:
        return count, prices, data

    count, prices, data = f.bind_arguments({"count": 2.0, "prices": [1, 3.0], "data": {"price": 10.0}})()
    assert (count, prices) == (2, [1, 3])
    assert (type(count), type(data["price"])) == (int, float)


@pytest.mark.parametrize(
    ("hint", "sent", "received"),
    [
        (Point, {"x": 1.0}, Point(1)),
        (list[Point], [{"x": 1}, {"x": 2.0}], [Point(1), Point(2)]),
        (list[int] | None, [1.0], [1]),
        (tuple[int, str], [1.0, "a"], (1, "a")),
    ],
)
def test_a_whole_number_written_with_a_decimal_point_is_an_integer(hint: Any, sent: Any, received: Any) -> None:
    def keep(value: Any) -> Any:
        return value

    keep.__annotations__ = {"value": hint}
    assert tool(keep).bind_arguments({"value": sent})() == received


def test_a_parameter_whose_default_is_none_accepts_null() -> None:
    def f(city: str = None) -> Any:  # type: ignore[assignment]  # noqa: RUF013
        return city

    assert tool(f).bind_arguments({"city": None})() is None
