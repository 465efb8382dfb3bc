"""Instances made up for JSON Schemas."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from baseten_messages_client.testing._examples import NoExampleError, example

# As pydantic, msgspec, zod and authors of MCP servers write them.
TOOL_SCHEMAS: dict[str, Any] = json.loads(Path(__file__).with_name("tool_schemas.json").read_text(encoding="utf-8"))
TREE = {
    "$defs": {
        "tree": {
            "type": "object",
            "required": ["value", "left", "children"],
            "properties": {
                "value": {"type": "integer"},
                "left": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]},
                "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
            },
        }
    },
    "$ref": "#/$defs/tree",
}


def required(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "Paris"),
        ({"type": "integer"}, 1),
        ({"type": "boolean"}, True),
        ({"type": "null"}, None),
        ({"type": "object"}, {}),
        ({"type": "array"}, ["Paris"]),
        ({"type": ["null", "string"]}, None),
        ({}, "Paris"),
        (True, "Paris"),
        ({"const": 7}, 7),
        ({"enum": ["b", "a"]}, "b"),
        ({"type": "string", "enum": [1, "a"]}, "a"),
        ({"type": "integer", "default": 5}, 5),
        ({"type": "integer", "examples": ["no", 6]}, 6),
        ({"type": "object", "properties": {"a": {}}}, {}),
        (required(a={"type": "string"}, b={"const": 2}), {"a": "Paris", "b": 2}),
        ({"required": ["a"]}, {"a": "Paris"}),
        ({"required": ["a"], "additionalProperties": {"type": "integer"}}, {"a": 1}),
        ({"type": "object", "minProperties": 2, "properties": {"a": {"const": 1}}}, {"a": 1, "property_1": "Paris"}),
        ({**required(a={}), "dependentRequired": {"a": ["b"]}}, {"a": "Paris", "b": "Paris"}),
        ({"anyOf": [{"type": "string", "maxLength": 1, "minLength": 2}, {"type": "integer"}]}, 1),
        ({"oneOf": [{"type": "integer"}, {"type": "number"}], "maximum": 0.5}, 0.5),
        ({"allOf": [{"type": "integer", "minimum": 3}, {"maximum": 3}]}, 3),
        ({"allOf": [{"type": "number"}, {"type": ["string", "integer"]}]}, 1),
        ({"allOf": [{"type": "integer"}, {"type": "number"}]}, 1),
        ({"allOf": [{"enum": [1, 2]}, {"enum": [2, 3]}, True]}, 2),
        ({"allOf": [required(a={"type": "integer"}), required(a={"minimum": 4})]}, {"a": 4}),
        (
            {"type": "array", "allOf": [{"items": {"type": "integer"}}, {"items": {"type": "integer", "minimum": 4}}]},
            [4],
        ),
        ({"type": "integer", "allOf": [{"examples": [1]}, {"examples": [2]}, {"minimum": 2}]}, 2),
        ({"allOf": [{"type": "integer", "minimum": 3}, {"minimum": 5, "maximum": 9}, {"maximum": 5}]}, 5),
        ({"allOf": [{"title": "a"}, {"title": "b", "type": "null"}]}, None),
        ({"type": "number", "minimum": 5}, 5),
        ({"type": "number", "maximum": -5}, -5),
        ({"type": "integer", "exclusiveMinimum": 5, "exclusiveMaximum": 7}, 6),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.25}, 0.125),
        ({"type": "integer", "minimum": 10, "multipleOf": 7}, 14),
        ({"type": "integer", "multipleOf": 1.5}, 3),
        ({"type": "number", "multipleOf": 0.25, "minimum": 0.3}, 0.5),
        ({"minLength": 8}, "Paris Pa"),
        (
            {"type": "array", "items": {"type": "string", "maxLength": 1}, "minItems": 3, "uniqueItems": True},
            ["P", "2", "3"],
        ),
        ({"type": "string", "maxLength": 0}, ""),
        ({"type": "string", "maxLength": 3}, "Par"),
        ({"type": "array", "minItems": 2}, ["Paris", "Paris"]),
        ({"type": "array", "minItems": 2, "uniqueItems": True}, ["Paris", "Paris 2"]),
        ({"type": "array", "minItems": 2.0, "maxItems": 2.0}, ["Paris", "Paris"]),
        ({"type": "array", "maxItems": 0}, []),
        ({"type": "array", "prefixItems": [{"const": 1}, {"type": "null"}]}, [1, None]),
        ({"type": "array", "items": {"enum": [1, 1, 2]}, "minItems": 2, "uniqueItems": True}, [1, 2]),
        ({"type": "array", "items": required(a={"type": "integer"}), "minItems": 2, "uniqueItems": True}, None),
        ({"type": "array", "items": False}, []),
        ({"type": "string", "pattern": "^P"}, "Paris"),
        ({"type": "string", "pattern": "^[a-z]{3}-[0-9]{2}$"}, "aaa-00"),
        ({"pattern": "^a+$", "type": "string", "minLength": 4}, "aaaa"),
        ({"type": "integer", "not": {"enum": [0, 1, 2]}}, None),
        (TREE, {"value": 1, "left": None, "children": []}),
        ({"$defs": {"a/b~": {"const": 1}}, "$ref": "#/$defs/a~1b~0"}, 1),
        ({"$defs": {"a": {"type": "integer"}}, "$ref": "#/$defs/a", "minimum": 9}, 9),
        ({"anyOf": [{"const": 3}], "properties": {"x": {"$ref": "#/anyOf/0"}}, "type": "integer"}, 3),
        (
            {
                "$defs": {"a": {"const": 1}, "b": {"minimum": 1}},
                "allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}],
            },
            1,
        ),
    ],
)
def test_the_plainest_value_is_chosen(schema: Any, expected: Any) -> None:
    value = example(schema, "in Paris")
    Draft202012Validator(schema).validate(value)
    if expected is not None:
        assert value == expected
        assert type(value) is type(expected)


@pytest.mark.parametrize(
    "name", ["date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"]
)
def test_formats_have_a_valid_example(name: str) -> None:
    schema = {"type": "string", "format": name}
    value = example(schema)
    assert value != "example"
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        (False, "false"),
        ({"type": "string", "minLength": 2, "maxLength": 1}, "minLength"),
        ({"$ref": "https://example.com/schema"}, "$ref"),
        ({"$ref": "#/$defs/missing"}, "$ref"),
        ({"$ref": "#"}, "$ref"),
        ({"type": "string", "pattern": "(?=a)b"}, "pattern"),
        ({"allOf": [{"$ref": "#"}]}, "$ref"),
        ({"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#"}}}, "$ref"),
        ({"type": "array", "minItems": 2, "uniqueItems": True, "items": {"const": 1}}, "minItems"),
        ({"required": ["a"], "additionalProperties": False, "type": "object"}, "false"),
        ({"type": "string", "pattern": "("}, "pattern"),
        ({"anyOf": [{"type": "string", "minLength": 2, "maxLength": 1}, False]}, "anyOf"),
        ({"anyOf": [{"type": "boolean", "enum": [1]}]}, "anyOf"),
        ({"type": "string", "minLength": 10**9}, "minLength"),
        ({"type": "array", "minItems": 10**9}, "minItems"),
        ({"type": "array", "items": {"enum": ["a", "b"]}, "contains": {"const": "b"}}, "contains"),
        (required(a={"type": "string", "not": {}}), "not"),
        (required(a={"type": "number", "not": {}}), "not"),
        ({**required(a={}), "patternProperties": {"^a": {"const": 1}}}, "patternProperties"),
    ],
)
def test_the_keyword_that_no_example_satisfies_is_named(schema: Any, keyword: str) -> None:
    with pytest.raises(NoExampleError, match=re.escape(f"schema keyword `{keyword}`: ")) as caught:
        example(schema)
    assert caught.value.keyword == keyword


@pytest.mark.parametrize("name", TOOL_SCHEMAS)
def test_schemas_of_real_tools_have_an_example_that_is_always_the_same(name: str) -> None:
    value = example(TOOL_SCHEMAS[name], "Move 17 boxes to Paris")
    Draft202012Validator(TOOL_SCHEMAS[name]).validate(value)
    assert value == example(TOOL_SCHEMAS[name], "Move 17 boxes to Paris")


def test_a_pattern_that_needs_a_very_long_string_is_not_supported() -> None:
    with pytest.raises(NoExampleError, match="`pattern`"):
        example({"type": "string", "pattern": r"[\s\S]{99999}"})


def _objects(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.dictionaries(st.text(max_size=5), parts, max_size=4)
    return names.flatmap(
        lambda properties: st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.just(properties),
                "required": st.just(list(properties)[:3]),
                "minProperties": st.integers(0, 5),
            }
        )
    )


_bounds = st.tuples(st.integers(-100, 100), st.integers(0, 100))
_leaves = st.one_of(
    st.sampled_from([{}, True, {"type": "boolean"}, {"type": "null"}, {"type": ["integer", "null"]}]),
    st.lists(st.none() | st.booleans() | st.integers() | st.text(), min_size=1).map(lambda values: {"enum": values}),
    _bounds.map(lambda pair: {"type": "integer", "minimum": pair[0], "maximum": sum(pair)}),
    _bounds.map(lambda pair: {"type": "number", "exclusiveMinimum": pair[0], "exclusiveMaximum": sum(pair) + 0.5}),
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
        lambda pair: {"type": "string", "minLength": pair[0], "maxLength": sum(pair)}
    ),
    st.sampled_from(["date", "email", "uuid"]).map(lambda name: {"type": "string", "format": name}),
    st.from_regex(r"\A[a-z]{1,5}[0-9]{0,3}\Z").map(lambda text: {"type": "string", "pattern": f"^{text}+$"}),
    st.integers(1, 50).map(lambda step: {"type": "integer", "multipleOf": step, "minimum": 60}),
)
_schemas = st.recursive(
    _leaves,
    lambda parts: st.one_of(
        _objects(parts),
        st.tuples(parts, st.integers(0, 3)).map(
            lambda pair: {"type": "array", "items": pair[0], "minItems": pair[1], "maxItems": pair[1] + 1}
        ),
        st.lists(parts, min_size=1, max_size=3).map(lambda members: {"anyOf": members}),
        parts.map(lambda part: {"allOf": [part, {"description": "again"}]}),
    ),
    max_leaves=6,
)


@given(schema=_schemas, text=st.text(max_size=30))
def test_the_example_fits(schema: Any, text: str) -> None:
    Draft202012Validator(schema).validate(example(schema, text))
