"""Schemas that must not become code are refused, with the place named."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from schema.build import load_yaml
from schema.errors import SchemaError
from schema.guard import check

from ..schema_changes import baseline
from ..schema_changes.corpus import edited

P = "MessagesRequest/properties"
STRING = {"type": "string"}
OVERLAY = load_yaml(baseline.FOLDER / "openapi-overlay.yaml")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (("/openapi", "2.0"), "not OpenAPI 3.0, 3.1 or 3.2"),
        (("/openapi", "3.3.0"), "not OpenAPI 3.0, 3.1 or 3.2"),
        (("/openapi", 3), "not OpenAPI 3.0, 3.1 or 3.2"),
        (("/paths", {}), "no POST /v1/messages"),
        (("/paths", []), "no POST /v1/messages"),
        (("/paths/~v1~messages", {"get": {}}), "no POST /v1/messages"),
        (("/paths/~v1~..~etc", {}), "/paths/~1v1~1..~1etc: a name must match"),
        (("../../x", {"type": "object"}), None),
        ((f"{P}/..", STRING), "a name must match"),
        ((f"{P}/a b", STRING), "properties/a b: this cannot be an attribute"),
        ((f'{P}/a"; import os', STRING), "a name must match"),
        ((f"{P}/_private", STRING), "properties/_private: this cannot be an attribute"),
        ((f"{P}/größe", STRING), "properties/größe: this cannot be an attribute"),
        ((f"{P}/2d", STRING), "properties/2d: this cannot be an attribute"),
        ((f"{P}/to_dict", STRING), "MessagesRequest/properties/to_dict: this cannot be an attribute"),
        ((f"{P}/toDict", STRING), "MessagesRequest/properties/toDict: this cannot be an attribute"),
        ((f"{P}/timeout", STRING), "properties/timeout: the client itself uses this name"),
        (("MessagesResponse/properties/text", STRING), "properties/text: the client itself uses this name"),
        (("Any", {"type": "object"}), "/components/schemas/Any: this name would break"),
        (("unset", {"type": "object"}), "/components/schemas/unset: this name would break"),
        ((f"{P}/seed", {"const": 'a"); import os; ("'}), "properties/seed/const: .* quotes"),
        ((f"{P}/seed", {"enum": ["a", "b\n"]}), "properties/seed/enum: .* control characters"),
        ((f"{P}/seed", {"enum": ["a" * 1000]}), "properties/seed/enum: .* too long"),
        (
            (f"{P}/seed", {"$ref": "file:///etc/passwd"}),
            "seed/.ref: only references to components of the schema itself",
        ),
        ((f"{P}/seed", {"$ref": "http://127.0.0.1/x.json"}), "only references to components of the schema itself"),
        ((f"{P}/seed", {"$ref": "#/paths"}), "only references to components of the schema itself"),
        ((f"{P}/seed", {"$ref": 1}), "only references to components of the schema itself"),
        (("/paths/~v1~messages/post/operationId", "../x"), "operationId: '../x' cannot become"),
        (("/paths/~v1~messages/post/tags", ["../x"]), "tags: '../x' cannot become"),
        (("Loop", {"$ref": "#/components/schemas/Loop"}), "/components/schemas/Loop: this schema is made of itself"),
        (("Loop", {"allOf": [{"anyOf": [{"$ref": "#/components/schemas/Loop"}]}]}), "made of itself"),
    ],
)
def test_a_schema_that_must_not_become_code_is_refused(edit: tuple[str, Any], message: str | None) -> None:
    if message is None:  # The name itself holds the separator of places.
        document = edited()
        document["components"]["schemas"][edit[0]] = edit[1]
        message = "a name must match"
    else:
        document = edited(edit)
    with pytest.raises(SchemaError, match=message):
        check(document, OVERLAY)


def test_two_schemas_that_consist_of_each_other_are_refused() -> None:
    a, b = ({"oneOf": [{"$ref": f"#/components/schemas/{name}"}]} for name in "BA")
    with pytest.raises(SchemaError, match="/components/schemas/A: this schema is made of itself"):
        check(edited(("A", a), ("B", b)), OVERLAY)


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (
            (f"{P}/größe", STRING),
            "  - {target: \"$.components.schemas.MessagesRequest.properties['größe']\", x-python-name: grosse, ",
        ),
        (
            (f"{P}/timeout", STRING),
            '  - {target: "$.components.schemas.MessagesRequest.properties.timeout", x-python-name: timeout_value, ',
        ),
        (("T", {"type": "object"}), '  - {target: "$.components.schemas.T", x-schema-name: TModel, description: '),
    ],
)
def test_a_name_that_needs_a_hand_gets_one_line_to_paste(edit: tuple[str, Any], line: str) -> None:
    document = edited(edit)
    with pytest.raises(SchemaError) as caught:
        check(document, OVERLAY)
    assert len(str(caught.value).splitlines()) == 2
    pasted = str(caught.value).splitlines()[1]
    assert pasted.startswith(line)
    (action,) = yaml.safe_load(pasted)
    check(document, {**OVERLAY, "actions": [action, *OVERLAY["actions"]]})
