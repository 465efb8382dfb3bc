"""How a call changes, as two lines of Python."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from diff.calls import with_call
from diff.changes import Change


def schema(**fields: Any) -> dict[str, Any]:
    request = {"properties": fields}
    return {"components": {"schemas": {"MessagesRequest": request, "TextBlock": request}}}


def lines(rule: str, old: Any, new: Any, owner: str = "MessagesRequest", texts: tuple[str, str] = ("", "")) -> Any:
    pointer = f"/components/schemas/{owner}/properties/a"
    place = f"{owner}.a maximum" if rule == "bound-changed" else f"{owner}.a"
    change = Change(place, *texts, True, "request", rule=rule, pointer=pointer)
    return with_call(change, schema(**({"a": old} if old else {})), schema(**({"a": new} if new else {})), REQUEST).call


INTEGER, STRING = {"type": "integer"}, {"type": "string"}
REQUEST = "MessagesRequest"
CREATE = "client.messages.create(**request"


@pytest.mark.parametrize(
    ("found", "before", "after"),
    [
        (lines("field-removed", INTEGER, None), f"{CREATE}, a=1)", f"{CREATE})"),
        (lines("field-added", None, STRING), f"{CREATE})", f'{CREATE}, a="text")'),
        (lines("field-required", INTEGER, INTEGER), f"{CREATE})", f"{CREATE}, a=1)"),
        (lines("type-changed", INTEGER, {"enum": ["low"]}), f"{CREATE}, a=1)", f'{CREATE}, a="low")'),
        (
            lines("type-changed", {"type": "object"}, {"required": ["a"], "properties": {"a": {"const": "x"}}}),
            f"{CREATE}, a={{}})",
            f'{CREATE}, a={{"a": "x"}})',
        ),
        (lines("field-removed", INTEGER, None, "TextBlock"), '{**text_block, "a": 1}', "{**text_block}"),
        (lines("bound-changed", INTEGER, INTEGER, texts=("", "9")), f"{CREATE}, a=10)", f"{CREATE}, a=9)"),
        (
            lines("values-removed", {"enum": ["x", "y"]}, {"enum": ["y"]}, texts=("'x'", "")),
            f'{CREATE}, a="x")',
            f'{CREATE}, a="y")',
        ),
    ],
)
def test_a_changed_field_changes_the_call_or_the_dict(found: tuple[str, str], before: str, after: str) -> None:
    assert found == (before, after)
    assert [type(ast.parse(line)) for line in found] == [ast.Module, ast.Module]


@pytest.mark.parametrize(
    ("place", "old", "new", "before", "after"),
    [
        ("Baseten(timeout)", "keyword, float = 1.0", "", "Baseten(timeout=0.5)", "Baseten()"),
        ("tool(name)", "keyword, str", "keyword, int", 'tool(name="text")', "tool(name=1)"),
        (
            "messages.Messages.create[1](mode)",
            "",
            "keyword, Literal['fast', 'slow']",
            "client.messages.create()",
            'client.messages.create(mode="fast")',
        ),
    ],
)
def test_a_changed_argument_changes_the_call(place: str, old: str, new: str, before: str, after: str) -> None:
    assert with_call(Change(place, old, new, True), {}, {}, REQUEST).call == (before, after)


def test_what_changes_no_call_has_no_lines() -> None:
    assert with_call(Change("Baseten(timeout)", "keyword, int", "", False), {}, {}, REQUEST).call is None
    assert with_call(Change("models.A.b", "field, int", "", True), {}, {}, REQUEST).call is None
    assert lines("field-removed", INTEGER, None, owner="x y") is None


def test_a_name_that_is_not_python_has_no_lines() -> None:
    pointer = "/components/schemas/MessagesRequest/properties/x-y"
    change = Change("MessagesRequest.x-y", "integer", "", True, "request", rule="field-removed", pointer=pointer)
    assert with_call(change, schema(**{"x-y": INTEGER}), schema(), REQUEST).call is None
