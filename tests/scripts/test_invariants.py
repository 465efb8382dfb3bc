"""What the client depends on is checked after generating, and a violation says what to do."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from schema.build import load_yaml
from schema.errors import GenerateError
from schema.invariants import check_code, check_document, check_names
from schema.paths import PACKAGE, ROOT

from ..schema_changes import baseline

OVERLAY = load_yaml(baseline.FOLDER / "openapi-overlay.yaml")


def served() -> Any:
    return copy.deepcopy(baseline.served())


def test_the_baseline_has_all_that_the_client_depends_on() -> None:
    check_names(baseline.DOCUMENT, OVERLAY, ROOT)
    check_document(served(), OVERLAY)


@pytest.mark.parametrize("union", OVERLAY["x-client"]["open-unions"])
def test_a_union_that_does_not_end_open_is_refused(union: str) -> None:
    document = served()
    members = document["components"]["schemas"][union]["anyOf"]
    members.insert(0, members.pop())
    with pytest.raises(GenerateError, match=f"^{union} must be a union that ends with Unknown"):
        check_document(document, OVERLAY)


@pytest.mark.parametrize(
    ("union", "missing"),
    [(union, name) for union, names in OVERLAY["x-client"]["known-types"].items() for name in names],
)
def test_an_event_or_delta_that_is_not_known_is_refused(union: str, missing: str) -> None:
    document = served()
    schemas = document["components"]["schemas"]
    schemas[union] = {
        key: [m for m in members if missing != type_of(schemas, m)] if key in ("anyOf", "oneOf") else members
        for key, members in schemas[union].items()
    }
    with pytest.raises(GenerateError, match=f"^{union} must have a member of the type '{missing}'"):
        check_document(document, OVERLAY)


def type_of(schemas: Any, member: Any) -> Any:
    return schemas[member["$ref"].rpartition("/")[2]]["properties"]["type"].get("const")


@pytest.mark.parametrize("name", ["MessagesResponse", "Usage", "TextBlock", "MessageDelta", "CitationsDelta"])
def test_a_closed_object_of_a_response_is_refused(name: str) -> None:
    document = served()
    document["components"]["schemas"][name]["additionalProperties"] = False
    with pytest.raises(GenerateError, match=f"/components/schemas/{name} is sent by the service and must be open"):
        check_document(document, OVERLAY)


@pytest.mark.parametrize(
    ("name", "who"),
    [("MessagesRequest", "the client uses"), ("ToolDefinition", "the overlay refers to")],
)
def test_a_name_that_is_gone_is_refused_with_a_line_to_paste(name: str, who: str) -> None:
    document = copy.deepcopy(baseline.DOCUMENT)
    schemas = document["components"]["schemas"]
    schemas[f"New{name}"] = schemas.pop(name)
    with pytest.raises(GenerateError) as caught:
        check_names(document, OVERLAY, ROOT, baseline.DOCUMENT)
    first, line = str(caught.value).splitlines()
    assert f"the schema has no {name}, which {who}" in first
    assert f'{{target: "$.components.schemas.New{name}", x-schema-name: {name},' in line


def test_the_names_that_the_client_uses_are_read_from_its_code(tmp_path: Path) -> None:
    (tmp_path / PACKAGE).mkdir()
    (tmp_path / PACKAGE / "any.py").write_text("from . import models\nblock = models.VideoBlock\n", encoding="utf-8")
    with pytest.raises(GenerateError, match="the schema has no VideoBlock, which the client uses"):
        check_names(baseline.DOCUMENT, OVERLAY, tmp_path)


@pytest.mark.parametrize(
    ("unions", "message"),
    [
        ("ContentBlock: TypeAlias = TextBlock | UnknownBlock", "the generated InputContentBlock does not end with"),
        ("ContentBlock: TypeAlias = UnknownBlock | TextBlock", "the generated ContentBlock does not end with Unknown"),
    ],
)
def test_generated_code_without_an_open_union_is_refused(unions: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "unions.py").write_text(unions, encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").touch()
    with pytest.raises(GenerateError, match=message):
        check_code(served(), OVERLAY, tmp_path)
