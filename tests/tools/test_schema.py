"""From a function's signature and docstring to the schema of its arguments."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, Optional, TypedDict
from uuid import UUID

import attrs
import jsonschema
import pydantic
import pytest
from msgspec import Meta

from baseten_messages_client import ToolInputError, tool

from .support import Box, Color, Inner, Outer, Point, Struct


class Options(TypedDict):
    verbose: bool
    level: NotRequired[int]


class Pair(NamedTuple):
    first: str
    second: int = 1


@dataclass
class Tree:
    name: str
    children: list[Tree] = field(default_factory=list)


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
    (Color, "red", Color.RED),
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
def test_the_schema_of_a_hint_accepts_what_converts_to_it(hint: Any, sent: Any, received: Any) -> None:
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


def test_a_function_without_a_docstring_has_no_description() -> None:
    def f() -> None: ...

    assert tool(f).definition == {"name": "f", "input_schema": tool(f).input_schema}
    assert tool(f).input_schema == {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def test_schemas_of_pydantic_models_are_whole() -> None:
    @tool
    def f(outer: Outer, maybe: Inner | None = None) -> None: ...

    validator = jsonschema.Draft202012Validator(f.input_schema)
    validator.validate({"outer": {"inner": [{"number": 1}]}})
    assert not validator.is_valid({"outer": {"inner": [{"number": "x"}]}})


def test_a_partial_hides_the_arguments_that_it_has_set() -> None:
    def scale(a: int, b: int, *, unit: str) -> str:
        """Scale it."""
        return f"{a * b}{unit}"

    made = tool(functools.partial(scale, 2, unit="m"))
    assert made.name == "scale"
    assert made.description == "Scale it."
    assert list(made.input_schema["properties"]) == ["b"]
    assert made.bind_arguments({"b": 3})() == "6m"
    with pytest.raises(ToolInputError, match="unit: unknown argument"):
        made.bind_arguments({"b": 3, "unit": "km"})


def test_a_hint_may_name_a_local_type_and_the_return_hint_does_not_matter() -> None:
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


def test_two_models_of_the_same_name_keep_their_own_schemas() -> None:
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


def test_two_dataclasses_of_the_same_name_keep_their_own_schemas() -> None:
    def one() -> type[Any]:
        return dataclasses.make_dataclass("Part", [("a", int)])

    def two() -> type[Any]:
        return dataclasses.make_dataclass("Part", [("b", str)])

    def f(first: Any, second: Any) -> None: ...

    f.__annotations__ = {"first": list[one()], "second": list[two()]}  # type: ignore[misc]
    validator = jsonschema.Draft202012Validator(tool(f).input_schema)
    validator.validate({"first": [{"a": 1}], "second": [{"b": "x"}]})
    assert not validator.is_valid({"first": [{"a": 1}], "second": [{"a": 1}]})


@pytest.mark.parametrize(
    ("hint", "default"), [(str, 5), (float, float("nan")), (Any, object())], ids=["wrong type", "nan", "no JSON"]
)
def test_a_default_that_the_schema_cannot_hold_is_left_out(hint: Any, default: Any) -> None:
    def f(value: Any = default) -> None: ...

    f.__annotations__ = {"value": hint}
    assert "default" not in tool(f).input_schema["properties"]["value"]
    assert tool(f).input_schema["required"] == []


def test_formats_descriptions_and_defaults_reach_the_schema() -> None:
    def f(when: datetime, at: Annotated[str, "Where to go."], color: Color = Color.RED) -> None: ...

    assert tool(f).input_schema["properties"] == {
        "when": {"type": "string", "format": "date-time"},
        "at": {"type": "string", "description": "Where to go."},
        "color": {"enum": ["blue", "red"], "default": "red"},
    }


def untyped(a) -> None: ...  # type: ignore[no-untyped-def]


def variadic(*numbers: int) -> None: ...


def keywords(**options: int) -> None: ...


def unsupported(value: Callable[[], int]) -> None: ...


def unknown(value: object) -> None: ...


def nested(value: list[complex]) -> None: ...


def ambiguous(value: Point | Struct) -> None: ...


def bounded(value: Annotated[int, pydantic.Field(ge=1)]) -> None: ...


def unhinted(value: Unhinted) -> None: ...


unresolved = eval("lambda value: value")
unresolved.__annotations__ = {"value": "Nowhere"}
unresolved.__name__ = "unresolved"


@attrs.define
class Unhinted:
    x = attrs.field()  # type: ignore[var-annotated]


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (untyped, "tool untyped: parameter a has no type hint: add one, such as a: str"),
        (variadic, r"tool variadic: a model cannot fill in \*numbers: replace it with named parameters"),
        (keywords, r"tool keywords: a model cannot fill in \*\*options: replace it with named parameters"),
        (unsupported, "tool unsupported: parameter value has a type that JSON Schema cannot describe"),
        (unknown, "tool unknown: parameter value has a type that JSON Schema cannot describe: object"),
        (nested, "tool nested: parameter value has a type that JSON Schema cannot describe: complex"),
        (ambiguous, "tool ambiguous: parameter value has a type that JSON Schema cannot describe: Type unions"),
        (unresolved, "tool unresolved: parameter value has a type hint that cannot be resolved: name 'Nowhere'"),
        (unhinted, "tool unhinted: parameter value has a type that JSON Schema cannot describe"),
        (
            bounded,
            "has a type that JSON Schema cannot describe: pydantic's Field works only inside pydantic models",
        ),
        (max, "tool max: its signature cannot be read"),
    ],
)
def test_a_parameter_that_no_schema_describes_is_refused_at_once(function: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        tool(function)
