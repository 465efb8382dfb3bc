"""Overlay 1.1 applied to documents: update, copy, remove, and actions that match nothing."""

from __future__ import annotations

from typing import Any

import pytest

from schema.errors import OverlayError
from schema.overlay import apply_overlay

DOCUMENT: dict[str, Any] = {
    "a": {"b": 1, "list": [{"type": "x"}, {"type": "y"}, {"type": "x"}]},
    "union": [{"const": "one"}, {"const": "two"}],
}


def applied(*actions: dict[str, Any], purpose: str = "") -> dict[str, Any]:
    result, warnings = apply_overlay(DOCUMENT, {"actions": list(actions)}, purpose)
    assert warnings == []
    return result


@pytest.mark.parametrize(
    ("action", "place", "expected"),
    [
        ({"target": "$.a", "update": {"c": {"d": 2}}}, ("a", "c"), {"d": 2}),
        ({"target": "$.a", "update": {"b": 5}}, ("a", "b"), 5),
        ({"target": "$.a.b", "update": 7}, ("a", "b"), 7),
        ({"target": "$", "update": {"new": True}}, ("new",), True),
        ({"target": "$.union", "update": {"const": "three"}}, ("union", 2), {"const": "three"}),
        ({"target": "$.union", "update": [3, 4]}, ("union", 3), 4),
        ({"target": "$.a", "update": {"list": [9]}}, ("a", "list", 3), 9),
        ({"target": "$.a.list[?@.type == 'x']", "remove": True}, ("a", "list"), [{"type": "y"}]),
        ({"target": "$.a.b", "remove": True}, ("a",), {"list": DOCUMENT["a"]["list"]}),
        ({"target": "$.a", "copy": "$.union[?@.const == 'two']"}, ("a", "const"), "two"),
    ],
)
def test_an_action_changes_its_targets(action: dict[str, Any], place: tuple[Any, ...], expected: Any) -> None:
    result: Any = applied(action)
    for key in place:
        result = result[key]
    assert result == expected


def test_the_document_and_the_overlay_stay_as_they_were() -> None:
    before = repr(DOCUMENT)
    update: dict[str, list[int]] = {"inner": []}
    result = applied({"target": "$.a", "update": update}, {"target": "$.a.inner", "update": [1]})
    assert result["a"]["inner"] == [1]
    assert update == {"inner": []}
    assert repr(DOCUMENT) == before


def test_an_action_for_another_purpose_is_left_out() -> None:
    action = {"target": "$.a.b", "x-for": "models", "remove": True}
    assert "b" in applied(action)["a"]
    assert "b" in applied(action, purpose="params")["a"]
    assert "b" not in applied(action, purpose="models")["a"]


@pytest.mark.parametrize(
    ("action", "warning"),
    [
        ({"target": "$.missing", "remove": True}, r"overlay action 1 ($.missing) matches nothing"),
        ({"target": "$.a", "update": {"b": 1}}, "changes nothing any more, remove it"),
    ],
)
def test_an_action_that_finds_nothing_is_a_warning(action: dict[str, Any], warning: str) -> None:
    result, warnings = apply_overlay(DOCUMENT, {"actions": [action]})
    assert result == DOCUMENT
    assert len(warnings) == 1
    assert warning in warnings[0]


@pytest.mark.parametrize(
    "overlay",
    [
        {},
        {"actions": []},
        [],
        {"actions": [{}]},
        {"actions": ["x"]},
        {"actions": [{"target": "$.a["}]},
        {"actions": [{"target": "$.a"}]},
        {"actions": [{"target": "$", "remove": True}]},
    ],
)
def test_a_malformed_overlay_is_an_error(overlay: Any) -> None:
    with pytest.raises(OverlayError, match="overlay"):
        apply_overlay(DOCUMENT, overlay)


@pytest.mark.parametrize(
    ("update", "result", "warnings"),
    [
        ({"b": 2}, {"a": 1, "list": ["x"], "b": 2}, []),
        ({"a": 5, "b": 2}, {"a": 1, "list": ["x"], "b": 2}, ["a is in the schema by now, remove it here"]),
        ({"a": 5}, {"a": 1, "list": ["x"]}, ["a is in the schema by now, remove it here"]),
    ],
)
def test_what_the_vendor_publishes_wins_over_the_overlay(
    update: dict[str, Any], result: dict[str, Any], warnings: list[str]
) -> None:
    action = {"target": "$.names", "x-only-new": True, "update": update}
    document, said = apply_overlay({"names": {"a": 1, "list": ["x"]}}, {"actions": [action]})
    assert document == {"names": result}
    assert said == [f"overlay action 1 ($.names): {warning}" for warning in warnings]


def test_a_member_of_a_union_is_not_added_twice() -> None:
    action = {"target": "$.union", "x-only-new": True, "update": [{"$ref": "A"}, {"$ref": "B"}]}
    document, said = apply_overlay({"union": [{"$ref": "A"}]}, {"actions": [action]})
    assert document == {"union": [{"$ref": "A"}, {"$ref": "B"}]}
    assert said == ["overlay action 1 ($.union): A is in the schema by now, remove it here"]


def test_an_action_that_changes_nothing_is_reported() -> None:
    said = apply_overlay({"a": {"b": 1}}, {"actions": [{"target": "$.a", "update": {"b": 1}}]})[1]
    assert said == ["overlay action 1 ($.a): changes nothing any more, remove it"]


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"target": "$.a", "copy": "$.missing"}, r"copies from \$.missing, which matches 0 places, not 1: correct its"),
        ({"target": "$.a", "copy": "$.union[*]"}, "matches 2 places, not 1: correct its `copy`, or remove the action"),
        (
            {"target": "$.missing", "remove": True, "x-required": True},
            "matches nothing any more, and the client",
        ),
        ({"target": "$.union[*]", "x-schema-name": "Both"}, "matches 2 places, but one name is for one schema"),
    ],
)
def test_an_action_that_the_client_depends_on_refuses_the_schema(action: dict[str, Any], message: str) -> None:
    with pytest.raises(OverlayError, match=message) as caught:
        apply_overlay({**DOCUMENT, "components": {"schemas": {}}}, {"actions": [action]})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "action",
    [
        {"target": "$.missing", "remove": True, "x-optional": True},
        {"target": "$.a", "copy": "$.missing", "x-optional": True},
        {"target": "$.a", "update": {"b": 1}, "x-optional": True},
    ],
)
def test_an_action_for_a_later_schema_is_silent(action: dict[str, Any]) -> None:
    assert apply_overlay(DOCUMENT, {"actions": [action]}) == (DOCUMENT, [])


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def schemas(*actions: dict[str, Any], **components: Any) -> Any:
    document = {"components": {"schemas": components}}
    return apply_overlay(document, {"actions": list(actions)})[0]["components"]["schemas"]


FIELD = "$.components.schemas.A.properties.field"


@pytest.mark.parametrize(
    ("field", "moved", "place"),
    [
        ({"enum": ["a"], "description": "Text."}, {"enum": ["a"], "description": "Text."}, ref("Kind")),
        ({"enum": ["a", None], "type": ["string", "null"]}, {"enum": ["a"], "type": "string"}, None),
        ({"enum": ["a"], "nullable": True}, {"enum": ["a"]}, None),
        ({"anyOf": [{"enum": ["a"]}, {"type": "null"}]}, {"enum": ["a"]}, None),
    ],
)
def test_an_inline_schema_gets_a_name_and_leaves_null_at_its_place(field: Any, moved: Any, place: Any) -> None:
    found = schemas({"target": FIELD, "x-schema-name": "Kind"}, A={"properties": {"field": field}})
    assert found["Kind"] == moved
    left = {key: value for key, value in found["A"]["properties"]["field"].items() if key != "description"}
    assert left == place or left == {"anyOf": [ref("Kind"), {"type": "null"}]}


def test_a_component_gets_another_name_wherever_it_is_referred_to() -> None:
    a = {"properties": {"field": ref("B")}, "discriminator": {"mapping": {"b": "#/components/schemas/B"}}}
    action = {"target": "$.components.schemas.B", "x-schema-name": "C"}
    expected = {"properties": {"field": ref("C")}, "discriminator": {"mapping": {"b": "#/components/schemas/C"}}}
    assert schemas(action, A=a, B={"type": "string"}) == {"A": expected, "C": {"type": "string"}}
    through_a_reference = {"target": FIELD, "x-schema-name": "C"}
    assert schemas(through_a_reference, A=a, B={"type": "string"}) == {"A": expected, "C": {"type": "string"}}


def test_a_name_that_the_vendor_uses_by_now_is_reported() -> None:
    document = {"components": {"schemas": {"A": {"properties": {"field": ref("B")}}, "B": {}}}}
    action = {"target": FIELD, "x-schema-name": "B", "x-required": True}
    assert apply_overlay(document, {"actions": [action]})[1] == [
        f"overlay action 1 ({FIELD}): B is in the schema by now, remove it here"
    ]
    inline = {"components": {"schemas": {"A": {"properties": {"field": {"enum": ["a"]}}}, "B": {"type": "string"}}}}
    with pytest.raises(OverlayError, match="the schema has another B by now"):
        apply_overlay(inline, {"actions": [action]})
