"""JSON in and out: a value that JSON would change is refused, and never changed silently."""

from __future__ import annotations

from datetime import date
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseten_messages_client import models
from baseten_messages_client._wire import json as wire_json


class Color(Enum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain)
def test_plain_data_survives_encoding_and_decoding(value: Any) -> None:
    assert wire_json.decode(wire_json.encode(wire_json.to_jsonable(value, "value"))) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((1, (2,)), [1, [2]]),
        (MappingProxyType({"a": 1}), {"a": 1}),
        (Color.RED, "red"),
        (Level.HIGH, 3),
        (10**30, 10**30),
        ({"a": models.UNSET, "b": 1}, {"b": 1}),
        (models.TextBlock(type="text", text="hi"), {"type": "text", "text": "hi"}),
        ([models.Usage(input_tokens=1)], [{"input_tokens": 1}]),
    ],
)
def test_a_value_with_a_counterpart_in_json_becomes_it(value: Any, expected: Any) -> None:
    assert wire_json.to_jsonable(value, "value") == expected


loop: list[Any] = []
loop.append(loop)


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        ({"a": [1, float("nan")]}, ValueError, r"value\.a\[1\] is nan"),
        (float("-inf"), ValueError, "value is -inf"),
        ("a\ud800b", ValueError, r"value contains half of a surrogate pair \(U\+D800 at index 1\)"),
        ({"\udfff": 1}, ValueError, "a key of value contains half"),
        (b"bytes", TypeError, "value is a bytes.*Base64"),
        ({1: 2}, TypeError, "value has the key 1, but keys of JSON objects must be strings"),
        ({"when": date(2026, 1, 1)}, TypeError, r"value\.when is a date, which JSON cannot represent"),
        ({"set": {1}}, TypeError, r"value\.set is a set"),
        (loop, ValueError, "contains itself"),
        (models.TextBlock, TypeError, "value is a type"),
        (
            models.InputMessage(role="user", content=[{"a": 1}]),  # type: ignore[list-item]
            TypeError,
            "value is a InputMessage with fields of the wrong type",
        ),
    ],
)
def test_a_value_that_json_cannot_hold_is_refused_with_its_place(value: Any, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        wire_json.to_jsonable(value, "value")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'"\\ud83d"', "\ud83d"),
        (b"1" + b"0" * 40, 10**40),
        ('{"a": "é\u2028"}', {"a": "é\u2028"}),
    ],
)
def test_unusual_json_is_decoded(text: bytes | str, expected: Any) -> None:
    assert wire_json.decode(text) == expected


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"NaN", b"[Infinity]", b"\xff", b"{'a': 1}", b"<html>", b"[" * 100_000, b'["\\ud800",' * 100_000],
)
def test_text_that_is_not_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        wire_json.decode(text)
