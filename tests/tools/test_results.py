"""From a tool's output to the block that answers its call."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from baseten_messages_client import models, tool_result

from .support import Box, Color, Inner, Outer, Point, Struct

CALL = models.ToolUseBlock(type="tool_use", id="toolu_1", name="f", input={})
TEXT = models.TextBlock(type="text", text="a")
IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA=="}}


class Holder(msgspec.Struct):
    """A type that msgspec knows, with a part that it does not know."""

    part: Any


class Price:
    def to_dict(self) -> dict[str, Any]:
        return {"euro": 5}


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
        ({1: Color.RED}, '{"1":"red"}'),
        (b"caf\xc3\xa9", "café"),
        (TEXT, [{"type": "text", "text": "a"}]),
        ([TEXT, IMAGE], [{"type": "text", "text": "a"}, IMAGE]),
        ([{"type": "text", "text": "a"}], [{"type": "text", "text": "a"}]),
        ([{"type": "text", "id": 5}], '[{"type":"text","id":5}]'),
        ([{"type": "row", "text": "a"}], '[{"type":"row","text":"a"}]'),
        (models.Usage(input_tokens=1), '{"input_tokens":1}'),
        (Holder(Price()), '{"part":{"euro":5}}'),
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
    ("output", "error", "told"),
    [
        (b"\xff", TypeError, "bytes that are not UTF-8 text"),
        (
            object(),
            TypeError,
            "the output is not text, a content block or a JSON value: a object cannot be written as JSON",
        ),
        ({"a": {1, object()}}, TypeError, "not text, a content block or a JSON value"),
        (float("nan"), ValueError, "the output is nan"),
        ("\ud800", ValueError, "half of a surrogate pair"),
    ],
)
def test_an_output_that_json_cannot_hold_is_refused(output: Any, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        tool_result(CALL, output)


def test_only_a_call_or_its_id_can_be_answered() -> None:
    with pytest.raises(TypeError, match="call must be a tool use block or its id, not a int"):
        tool_result(5, "text")  # type: ignore[arg-type]
