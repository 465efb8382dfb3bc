"""Schemas that must not become code are refused, with the place named."""

from __future__ import annotations

from typing import Any

import pytest

from schema.errors import SchemaError
from schema.guard import check

from ..schema_changes.corpus import edited

P = "MessagesRequest/properties"
STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (("/openapi", "2.0"), "not OpenAPI 3.0 or 3.1"),
        (("/openapi", "3.2.0"), "not OpenAPI 3.0 or 3.1"),
        (("/openapi", 3), "not OpenAPI 3.0 or 3.1"),
        (("/paths", {}), "no POST /v1/messages"),
        (("/paths", []), "no POST /v1/messages"),
        (("/paths/~v1~messages", {"get": {}}), "no POST /v1/messages"),
        (("/paths/~v1~..~etc", {}), "/paths/~1v1~1..~1etc: a name must match"),
        (("../../x", {"type": "object"}), None),
        ((f"{P}/..", STRING), "a name must match"),
        ((f"{P}/a b", STRING), "a name must match"),
        ((f'{P}/a"; import os', STRING), "a name must match"),
        ((f"{P}/_private", STRING), "a name must match"),
        ((f"{P}/größe", STRING), "a name must match"),
        ((f"{P}/to_dict", STRING), "MessagesRequest/properties/to_dict: this name would break"),
        ((f"{P}/timeout", STRING), "MessagesRequest: the client itself uses the name `timeout`"),
        (("MessagesResponse/properties/text", STRING), "MessagesResponse: the client itself uses the name `text`"),
        (("Any", {"type": "object"}), "this name would break"),
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
        check(document)


def test_two_schemas_that_consist_of_each_other_are_refused() -> None:
    a, b = ({"oneOf": [{"$ref": f"#/components/schemas/{name}"}]} for name in "BA")
    with pytest.raises(SchemaError, match="/components/schemas/A: this schema is made of itself"):
        check(edited(("A", a), ("B", b)))
