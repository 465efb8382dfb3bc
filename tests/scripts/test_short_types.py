"""Schemas and values as short types."""

from __future__ import annotations

from typing import Any

import pytest

from diff.short_types import short_type, value_text


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "integer", "minimum": 0}, "integer"),
        ({"type": ["integer", "null"]}, "integer | null"),
        ({"type": "string", "nullable": True}, "string | null"),
        ({"type": "string", "enum": ["a", "b"]}, "'a' | 'b'"),
        ({"type": "string", "const": "a"}, "'a'"),
        ({"$ref": "#/components/schemas/TextBlock"}, "TextBlock"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/TextBlock"}}, "list[TextBlock]"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string | null"),
        ({"type": "object", "required": ["a"], "properties": {"a": {"const": 1}, "b": {}}}, "{a: 1, b?: any}"),
        ({"type": "object"}, "object"),
        ({}, "any"),
        (True, "any"),
        (False, "nothing"),
    ],
)
def test_a_schema_is_one_short_line(schema: Any, text: str) -> None:
    assert short_type(schema) == text


def test_a_schema_that_nests_in_itself_ends() -> None:
    deep: dict[str, Any] = {"type": "object", "properties": {}}
    deep["properties"]["a"] = deep
    assert short_type(deep) == "{a?: {a?: {a?: object}}}"


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (None, "null"), (1, "1"), ("a", "'a'"), (["a", 1], "'a' | 1")]
)
def test_a_value_is_written_as_in_the_schema(value: Any, text: str) -> None:
    assert value_text(value) == text
