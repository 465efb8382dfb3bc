"""`@tool`, `Tool` and `tool_result`: from a function to a schema, to a call, to a result."""

from __future__ import annotations

import asyncio
import enum
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, Optional, Required, TypedDict
from uuid import UUID

import attrs
import jsonschema
import msgspec
import pydantic
import pytest
from msgspec import Meta

from baseten_messages_client import Tool, ToolInputError, models, tool, tool_result
from baseten_messages_client._request_body import build_body

from ..support import HELLO


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@dataclass
class Point:
    x: int
    y: int = 0


@attrs.define
class Box:
    width: float
    labels: list[str] = attrs.field(factory=list)


class Options(TypedDict):
    verbose: bool
    level: NotRequired[int]


class Pair(NamedTuple):
    first: str
    second: int = 1


class Struct(msgspec.Struct):
    name: str
    point: Point | None = None


class Inner(pydantic.BaseModel):
    number: int


class Outer(pydantic.BaseModel):
    inner: list[Inner]


@dataclass
class Tree:
    name: str
    children: list[Tree] = field(default_factory=list)


# ---- Schemas --------------------------------------------------------------------------------------------------------

HINTS: list[tuple[Any, Any, Any]] = [
    (str, "a", "a"),
    (int, 5, 5),
    (int, 5.0, 5),
    (float, 5, 5.0),
    (bool, True, True),
    (None, None, None),
    (list[int], [1, 2], [1, 2]),
    (list[int], [1.0], [1]),
    (set[str], ["a"], {"a"}),
    (tuple[int, str], [1, "a"], (1, "a")),
    (dict[str, int], {"a": 1}, {"a": 1}),
    (Optional[int], None, None),  # noqa: UP045
    (int | str, "a", "a"),
    (Literal["a", "b"], "b", "b"),
    (Colour, "red", Colour.RED),
    (Point, {"x": 1}, Point(1)),
    (Box, {"width": 1.5}, Box(1.5)),
    (Options, {"verbose": True}, {"verbose": True}),
    (Pair, ["a", 2], Pair("a", 2)),
    (Struct, {"name": "a", "point": {"x": 1, "y": 2}}, Struct("a", Point(1, 2))),
    (Outer, {"inner": [{"number": 1}]}, Outer(inner=[Inner(number=1)])),
    (list[Point], [{"x": 1}, {"x": 2}], [Point(1), Point(2)]),
    (dict[str, list[Box]], {"a": [{"width": 1}]}, {"a": [Box(1)]}),
    (Tree, {"name": "a", "children": [{"name": "b"}]}, Tree("a", [Tree("b")])),
    (datetime, "2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    (date, "2026-01-02", date(2026, 1, 2)),
    (UUID, "12345678-1234-5678-1234-567812345678", UUID("12345678-1234-5678-1234-567812345678")),
    (Decimal, "1.50", Decimal("1.50")),
    (Any, {"a": [1]}, {"a": [1]}),
    (Annotated[int, Meta(ge=1, le=9)], 9, 9),
    (Annotated[str, Meta(pattern="^a", max_length=3)], "abc", "abc"),
    (Annotated[list[int], Meta(max_length=2)] | None, [1], [1]),
]


@pytest.mark.parametrize(("hint", "sent", "received"), HINTS, ids=[str(hint) for hint, _, _ in HINTS])
def test_a_hinted_parameter_is_described_and_converted(hint: Any, sent: Any, received: Any) -> None:
    def keep(value: Any) -> Any:
        return value

    keep.__annotations__ = {"value": hint}
    made = tool(keep)
    jsonschema.Draft202012Validator.check_schema(made.input_schema)
    jsonschema.Draft202012Validator(made.input_schema).validate({"value": sent})
    assert made.input_schema["required"] == ["value"]
    assert made.input_schema["additionalProperties"] is False
    result = made.bind_arguments({"value": sent})()
    assert result == received
    assert type(result) is type(received)


def test_a_whole_signature_becomes_a_schema() -> None:
    @tool
    def search(
        query: Annotated[str, Meta(description="What to look for.", min_length=1)],
        limit: Annotated[int, Meta(ge=1)] = 10,
        *,
        near: Point | None = None,
        tags: list[str] = ["a"],  # noqa: B006
    ) -> str:
        """Search the shop.

        Only what is in stock is found.

        Args:
            query: Not read, since the hint says more.
            limit: How many results
                to give at most.
            near: Where to look.
        """
        return query

    assert search.name == "search"
    assert search.description == "Search the shop.\n\nOnly what is in stock is found."
    assert search.input_schema == {
        "type": "object",
        "properties": {
            "query": {"type": "string", "minLength": 1, "description": "What to look for."},
            "limit": {
                "type": "integer",
                "minimum": 1,
                "default": 10,
                "description": "How many results to give at most.",
            },
            "near": {
                "anyOf": [{"$ref": "#/$defs/Point"}, {"type": "null"}],
                "default": None,
                "description": "Where to look.",
            },
            "tags": {"type": "array", "items": {"type": "string"}, "default": ["a"]},
        },
        "required": ["query"],
        "additionalProperties": False,
        "$defs": {
            "Point": {
                "title": "Point",
                "type": "object",
                "properties": {"x": {"type": "integer"}, "y": {"type": "integer", "default": 0}},
                "required": ["x"],
            }
        },
    }
    assert search.definition == {
        "name": "search",
        "description": "Search the shop.\n\nOnly what is in stock is found.",
        "input_schema": search.input_schema,
    }
    assert search.bind_arguments({"query": "tea"})() == "tea"


GOOGLE = """Add up.

    Args:
        a (int): The first
            one.

    Returns:
        The sum.
    """
NUMPY = """Add up.

    Parameters
    ----------
    a : int
        The first
        one.

    Returns
    -------
    int
        The sum.
    """
REST = """Add up.

    :param a: The first
        one.
    :type a: int
    :returns: The sum.
    """


@pytest.mark.parametrize("docstring", [GOOGLE, NUMPY, REST], ids=["Google", "NumPy", "reST"])
def test_descriptions_come_from_docstrings_of_every_style(docstring: str) -> None:
    def add(a: int) -> int:
        return a

    add.__doc__ = docstring
    made = tool(add)
    assert made.description == "Add up."
    assert made.input_schema["properties"]["a"]["description"] == "The first one."


def test_no_docstring_is_no_description() -> None:
    def f() -> None: ...

    assert tool(f).definition == {"name": "f", "input_schema": tool(f).input_schema}
    assert tool(f).input_schema == {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def test_schemas_of_pydantic_models_are_whole() -> None:
    @tool
    def f(outer: Outer, maybe: Inner | None = None) -> None: ...

    validator = jsonschema.Draft202012Validator(f.input_schema)
    validator.validate({"outer": {"inner": [{"number": 1}]}})
    assert not validator.is_valid({"outer": {"inner": [{"number": "x"}]}})


# ---- What can be a tool ----------------------------------------------------------------------------------------------


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


def test_partials_hide_what_they_have_set() -> None:
    def scale(a: int, b: int, *, unit: str) -> str:
        """Scale it."""
        return f"{a * b}{unit}"

    made = tool(functools.partial(scale, 2, unit="m"))
    assert made.name == "scale"
    assert made.description == "Scale it."
    assert list(made.input_schema["properties"]) == ["b"]
    assert made.bind_arguments({"b": 3})() == "6m"
    with pytest.raises(ToolInputError, match="unit: no such argument"):
        made.bind_arguments({"b": 3, "unit": "km"})


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


def test_positional_only_parameters_work() -> None:
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


def untyped(a) -> None: ...  # type: ignore[no-untyped-def]
def variadic(*numbers: int) -> None: ...
def keywords(**options: int) -> None: ...
def unsupported(value: Callable[[], int]) -> None: ...
def unknown(value: object) -> None: ...
def nested(value: list[complex]) -> None: ...
def ambiguous(value: Point | Struct) -> None: ...


unresolved = eval("lambda value: value")
unresolved.__annotations__ = {"value": "Nowhere"}
unresolved.__name__ = "unresolved"


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (untyped, "tool untyped: parameter a has no type hint: add one, such as a: str"),
        (variadic, r"tool variadic: \*numbers cannot be described to a model: name every parameter"),
        (keywords, r"tool keywords: \*\*options cannot be described"),
        (unsupported, "tool unsupported: parameter value has a type that no schema describes"),
        (unknown, "tool unknown: parameter value has a type that no schema describes: object"),
        (nested, "tool nested: parameter value has a type that no schema describes: complex"),
        (ambiguous, "tool ambiguous: parameter value has a type that no schema describes: Type unions"),
        (unresolved, "tool unresolved: parameter value has a type hint that cannot be resolved: name 'Nowhere'"),
        ("text", "not of a str"),
    ],
)
def test_what_cannot_be_described_is_refused_at_once(function: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        tool(function)


def test_a_name_that_the_service_would_refuse_is_refused() -> None:
    with pytest.raises(ValueError, match="must be 1 to 128 letters, digits, _ or -, not '<lambda>': pass name="):
        tool(lambda: 1)
    assert tool(lambda: 1, name="one").name == "one"


@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
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
def test_an_impossible_tool_is_refused(arguments: dict[str, Any], kind: type[Exception], told: str) -> None:
    good: dict[str, Any] = {"name": "f", "description": "", "input_schema": {"type": "object"}, "function": print}
    with pytest.raises(kind, match=told):
        Tool(**{**good, **arguments})


def test_a_tool_without_inference_gets_the_arguments_as_they_are() -> None:
    def f(**arguments: Any) -> Any:
        return arguments

    made = Tool(name="f", input_schema={"type": "object"}, function=f)
    assert made.bind_arguments({"a": [1], "b": None})() == {"a": [1], "b": None}


def test_a_tool_stands_for_its_definition_in_a_request() -> None:
    @tool
    def f(a: int) -> int:
        return a

    assert build_body(None, {**HELLO, "tools": [f]}, None, stream=False)["tools"] == [f.definition]


# ---- Arguments ------------------------------------------------------------------------------------------------------


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
            ["town: no such argument; there is city, nights, kind, guests, outer"],
        ),
    ],
)
def test_every_wrong_argument_is_named(arguments: dict[str, Any], lines: list[str]) -> None:
    with pytest.raises(ToolInputError) as caught:
        book.bind_arguments(arguments)
    assert [line[2:] for line in str(caught.value).splitlines() if line.startswith("- ")] == lines
    assert caught.value.tool_name == "book"
    assert caught.value.raw_input == arguments


@pytest.mark.parametrize("arguments", ['{"city": ', "12", None, [1]])
def test_arguments_that_are_no_object_are_refused(arguments: Any) -> None:
    with pytest.raises(ToolInputError, match="The arguments of book are not a JSON object"):
        book.bind_arguments(arguments)


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


PROBLEMS: list[tuple[Any, Any, list[str]]] = [
    (Literal["a"], ["a"], ["value: expected one of 'a' (the argument was ['a'])"]),
    (tuple[int, str], ["a", 1], ["value[0]: expected `int`", "value[1]: expected `str`"]),
    (Mapping[str, int], {"a": "x", "b": "y"}, ["value.a: expected `int`", "value.b: expected `int`"]),
    (dict[int, str], {"x": "a"}, ["value: expected `int`, got `str`"]),
    (Point | str, {"x": "a", "y": "b"}, ["value.x: expected `int`", "value.y: expected `int`"]),
    (Strict, {"rest": 5}, ["value.rest: expected `str`", "value.needed: missing"]),
    (Renamed, {"firstName": 1, "x": 2}, ["value.firstName: expected", "value.lastName: missing", "value.x: no such"]),
    (Validated, {"number": -1}, ["value: RuntimeError: negative"]),
    (
        list[Point],
        [{"x": "a"}] * 50,
        ["value[0].x: expected"] + [f"value[{n}].x" for n in range(1, 20)] + ["… and 30 more"],
    ),
    (Outer, {"inner": [{}]}, ["value.inner[0].number: missing"]),
]


@pytest.mark.parametrize(("hint", "sent", "lines"), PROBLEMS, ids=[str(hint) for hint, _, _ in PROBLEMS])
def test_every_part_that_is_wrong_is_named(hint: Any, sent: Any, lines: list[str]) -> None:
    def keep(value: Any) -> Any:
        return value

    keep.__annotations__ = {"value": hint}
    with pytest.raises(ToolInputError) as caught:
        tool(keep).bind_arguments({"value": sent})
    told = [line[2:] for line in str(caught.value).splitlines() if line.startswith("- ")]
    assert len(told) == len(lines)
    assert all(line.startswith(start) for line, start in zip(told, lines, strict=True))


def test_only_the_number_that_has_to_be_whole_is_made_so() -> None:
    @tool
    def f(count: int, prices: list[int], data: dict[str, Any]) -> tuple[int, list[int], dict[str, Any]]:
        return count, prices, data

    count, prices, data = f.bind_arguments({"count": 2.0, "prices": [1, 3.0], "data": {"price": 10.0}})()
    assert (count, prices) == (2, [1, 3])
    assert (type(count), type(data["price"])) == (int, float)


def test_hints_that_are_local_or_do_not_matter_are_no_obstacle() -> None:
    @dataclass
    class Local:
        a: int

    @tool
    def f(local: Local, times: int = 1) -> Nowhere:  # type: ignore[name-defined]  # noqa: F821
        return local.a * times

    class Shop:
        @tool
        def clone(self: Shop, name: str) -> Shop:
            return self

    assert f.bind_arguments({"local": {"a": 2}})() == 2
    assert list(Shop.clone.input_schema["properties"]) == ["name"]


def test_none_as_a_default_may_be_given_too() -> None:
    def f(city: str = None) -> Any:  # type: ignore[assignment]  # noqa: RUF013
        return city

    assert tool(f).bind_arguments({"city": None})() is None


def test_namesakes_do_not_replace_each_other() -> None:
    def one() -> type[Any]:
        class Sub(pydantic.BaseModel):
            a: int

        class First(pydantic.BaseModel):
            subs: list[Sub]

        return First

    def two() -> type[Any]:
        class Sub(pydantic.BaseModel):
            b: str

        class Second(pydantic.BaseModel):
            subs: list[Sub]

        return Second

    def f(first: Any, second: Any) -> None: ...

    f.__annotations__ = {"first": one(), "second": two()}
    validator = jsonschema.Draft202012Validator(tool(f).input_schema)
    validator.validate({"first": {"subs": [{"a": 1}]}, "second": {"subs": [{"b": "x"}]}})
    assert not validator.is_valid({"first": {"subs": [{"b": "x"}]}, "second": {"subs": []}})


def test_dates_and_words_reach_the_schema() -> None:
    def f(when: datetime, at: Annotated[str, "Where to go."], colour: Colour = Colour.RED) -> None: ...

    assert tool(f).input_schema["properties"] == {
        "when": {"type": "string", "format": "date-time"},
        "at": {"type": "string", "description": "Where to go."},
        "colour": {"enum": ["blue", "red"], "default": "red"},
    }


@attrs.define
class Unhinted:
    x = attrs.field()  # type: ignore[var-annotated]


def generator() -> Iterator[int]:
    yield 1


def bounded(value: Annotated[int, pydantic.Field(ge=1)]) -> None: ...
def unhinted(value: Unhinted) -> None: ...


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (unhinted, "tool unhinted: parameter value has a type that no schema describes"),
        (
            bounded,
            "parameter value has a type that no schema describes: pydantic's Field counts within pydantic models",
        ),
        (generator, "not of the generator generator"),
        (max, "tool max: its signature cannot be read"),
        (Point, "makes a tool of a function, not of a class"),
        (classmethod(untyped), "not of a classmethod: put @classmethod above @tool"),
    ],
)
def test_what_could_never_be_called_is_refused_at_once(function: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        tool(function)


# ---- Results --------------------------------------------------------------------------------------------------------

CALL = models.ToolUseBlock(type="tool_use", id="toolu_1", name="f", input={})
TEXT = models.TextBlock(type="text", text="a")
IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA=="}}


@pytest.mark.parametrize(
    ("output", "content"),
    [
        ("text", "text"),
        ("", ""),
        (None, "null"),
        (5, "5"),
        ({"text": "é", "type": "text"}, '{"text":"é","type":"text"}'),
        ([], "[]"),
        ([1, "a"], '[1,"a"]'),
        (Point(1), '{"x":1,"y":0}'),
        (Box(1.5), '{"labels":[],"width":1.5}'),
        (Struct("a"), '{"name":"a","point":null}'),
        (Outer(inner=[Inner(number=1)]), '{"inner":[{"number":1}]}'),
        ([Outer(inner=[])], '[{"inner":[]}]'),
        (datetime(2026, 1, 2, tzinfo=UTC), '"2026-01-02T00:00:00Z"'),
        ({1: Colour.RED}, '{"1":"red"}'),
        (b"caf\xc3\xa9", "café"),
        (TEXT, [{"type": "text", "text": "a"}]),
        ([TEXT, IMAGE], [{"type": "text", "text": "a"}, IMAGE]),
        ([{"type": "text", "text": "a"}], [{"type": "text", "text": "a"}]),
        ([{"type": "text", "id": 5}], '[{"type":"text","id":5}]'),
        ([{"type": "row", "text": "a"}], '[{"type":"row","text":"a"}]'),
        (models.Usage(input_tokens=1), '{"input_tokens":1}'),
    ],
)
def test_any_output_becomes_content(output: Any, content: Any) -> None:
    assert tool_result(CALL, output).to_dict() == {
        "type": "tool_result",
        "tool_use_id": "toolu_1",
        "content": content,
    }


def test_a_result_may_be_an_error_and_name_the_call_by_its_id() -> None:
    assert tool_result("toolu_2", "no", is_error=True).to_dict() == {
        "type": "tool_result",
        "tool_use_id": "toolu_2",
        "content": "no",
        "is_error": True,
    }


@pytest.mark.parametrize(
    ("output", "kind", "told"),
    [
        (b"\xff", TypeError, "bytes that are no UTF-8 text"),
        (object(), TypeError, "the output is no text, content block or JSON value: a object cannot be written as JSON"),
        ({"a": {1, object()}}, TypeError, "no text, content block or JSON value"),
        (float("nan"), ValueError, "the output is nan"),
        ("\ud800", ValueError, "half of a surrogate pair"),
    ],
)
def test_what_json_cannot_hold_is_no_output(output: Any, kind: type[Exception], told: str) -> None:
    with pytest.raises(kind, match=told):
        tool_result(CALL, output)
