"""Null taken out of a schema, in each of the ways in which OpenAPI says it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from schema.nullable import without_null

STRING, NULL, A = {"type": "string"}, {"type": "null"}, {"$ref": "#/components/schemas/A"}
B = {"$ref": "#/components/schemas/B"}


@pytest.mark.parametrize(
    ("schema", "left"),
    [
        ({"type": "string", "nullable": True}, STRING),
        ({"type": ["string", "null"]}, STRING),
        ({"type": ["string", "integer", "null"]}, {"type": ["string", "integer"]}),
        ({"type": ["string", "null"], "enum": ["a", None]}, {"type": "string", "enum": ["a"]}),
        ({"enum": ["a", None]}, {"enum": ["a"]}),
        ({"anyOf": [A, NULL]}, A),
        ({"oneOf": [A, NULL], "description": "x"}, {**A, "description": "x"}),
        ({"anyOf": [A, {"type": "null", "description": "none"}]}, A),
        ({"anyOf": [A, B, NULL]}, {"anyOf": [A, B]}),
        ({"anyOf": [A, B, {"const": None}]}, {"anyOf": [A, B]}),
        ({"anyOf": [A, {"enum": [None]}], "minProperties": 1}, {"anyOf": [A], "minProperties": 1}),
    ],
)
def test_null_is_taken_out(schema: dict[str, Any], left: dict[str, Any]) -> None:
    schema = copy.deepcopy(schema)
    assert without_null(schema)
    assert schema == left


@pytest.mark.parametrize("schema", [STRING, {"type": "string", "nullable": False}, {"anyOf": [A, B]}, A, {}])
def test_what_does_not_allow_null_keeps_its_meaning(schema: dict[str, Any]) -> None:
    left = copy.deepcopy(schema)
    assert not without_null(left)
    assert left == {key: value for key, value in schema.items() if key != "nullable"}
