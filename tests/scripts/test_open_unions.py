"""Every union of objects that the service sends has an open member, and that one is the last of its objects."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from schema.errors import GenerateError
from schema.invariants import check_document
from schema.open_unions import closed_unions, open_unions

from ..schema_changes import baseline
from .test_rules import STRING, document

A, B, ANY, OTHER = ({"$ref": f"#/components/schemas/{name}"} for name in ("A", "B", "Any", "Other"))
NULL = {"type": "null"}
VARIANT = {"$ref": "#/components/schemas/UnknownVariant"}
FREE = {"$ref": "#/components/schemas/UnknownObject"}


def variant(**constants: str) -> dict[str, Any]:
    fields = {name: {"type": "string", "const": value} for name, value in constants.items()}
    return {"type": "object", "required": list(fields), "properties": fields}


def opened(union: Any, **schemas: Any) -> dict[str, Any]:
    """Return the schemas after the rule, of a document whose answer has the union in a field."""
    whole = document(
        Ask={"type": "object", "properties": {"a": {"anyOf": [A, B]}}},
        Answer={"type": "object", "properties": {"part": {"type": "array", "items": union}}},
        **{"A": variant(type="a"), "B": variant(type="b"), **schemas},
    )
    open_unions(whole)
    assert closed_unions(whole) == []
    before = copy.deepcopy(whole)
    open_unions(whole)
    assert whole == before
    result: dict[str, Any] = whole["components"]["schemas"]
    return result


def part(schemas: dict[str, Any]) -> Any:
    return schemas["Answer"]["properties"]["part"]["items"]


ANYTHING = {"type": "object", "required": ["type"], "properties": {"type": STRING}}


@pytest.mark.parametrize(
    ("members", "schemas", "expected"),
    [
        pytest.param([A, B], {}, [A, B, VARIANT], id="two variants"),
        pytest.param([A, B, NULL], {}, [A, B, VARIANT, NULL], id="with null"),
        pytest.param([STRING, A, B], {}, [STRING, A, B, VARIANT], id="with a text"),
        pytest.param([A, NULL], {}, [A, NULL], id="one object"),
        pytest.param([A, B, ANY], {"Any": ANYTHING}, [A, B, ANY], id="open already"),
        pytest.param([ANY, A, NULL, B], {"Any": ANYTHING}, [A, NULL, B, ANY], id="the open member is not the last"),
        pytest.param([A, B, ANY, OTHER], {"Any": ANYTHING, "Other": ANYTHING}, [A, B, OTHER], id="two open ones"),
        pytest.param([OTHER, B], {"Other": {"anyOf": [A, ANY]}, "Any": ANYTHING}, [B, OTHER], id="open within"),
        pytest.param([OTHER, B], {"Other": {"allOf": [A, {"type": "object"}]}}, [OTHER, B, VARIANT], id="allOf"),
        pytest.param(
            [A, OTHER], {"Other": {"type": "object", "required": ["x"]}}, [A, OTHER, FREE], id="no common constant"
        ),
    ],
)
def test_a_union_gets_one_open_member_at_its_end(members: Any, schemas: Any, expected: Any) -> None:
    assert part(opened({"oneOf": members}, **schemas)) == {"oneOf": expected}


def test_the_field_that_names_the_variant_stays_its_name() -> None:
    schemas = opened({"anyOf": [A, B]}, A=variant(role="a", version="1"), B=variant(role="b"))
    assert schemas["UnknownRoleVariant"]["properties"] == {
        "role": {"$ref": "#/components/schemas/UnknownRoleVariantType"}
    }
    assert schemas["UnknownRoleVariantType"]["type"] == "string"


def test_what_is_only_sent_stays_closed() -> None:
    assert opened({"type": "string"})["Ask"]["properties"]["a"] == {"anyOf": [A, B]}


def test_a_schema_with_the_name_of_the_open_member_is_refused_with_a_line_to_paste() -> None:
    with pytest.raises(GenerateError, match="x-schema-name: UnknownVariantSchema"):
        opened({"anyOf": [A, B]}, UnknownVariant=variant(type="c"))


def test_the_schema_of_the_project_has_no_closed_union_and_a_closed_one_is_refused() -> None:
    document = copy.deepcopy(baseline.served())
    check_document(document, {})
    document["components"]["schemas"]["Usage"]["properties"]["of"] = {
        "anyOf": [{"$ref": "#/components/schemas/TextBlock"}, {"$ref": "#/components/schemas/ToolUseBlock"}]
    }
    with pytest.raises(GenerateError, match="schemas/Usage/properties/of is sent by the service and must have an open"):
        check_document(document, {})
