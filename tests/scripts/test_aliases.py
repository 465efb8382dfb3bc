"""The types of the generated models: names for unions and open strings, and no UNSET in what is read."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import attrs
import pytest

from schema.aliases import known_values
from schema.build import check_tools
from schema.errors import GenerateError
from schema.models import write_models
from schema.params import write_params
from schema.paths import ROOT
from schema.responses import _without_unset, names_of_responses


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def variant(name: str, **properties: Any) -> dict[str, Any]:
    tag = {"type": "string", "const": name}
    return {"type": "object", "required": ["type"], "properties": {"type": tag, **properties}}


SCHEMAS: dict[str, Any] = {
    "AskRequest": {
        "type": "object",
        "properties": {
            "parts": {"type": "array", "items": ref("Part")},
            "choice": ref("Choice"),
            "words": {"type": "array", "items": {"type": "string"}},
            "limit": {"type": "integer"},
        },
    },
    "Answer": {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "default": 0},
            "wire-name": {"type": "string"},
            "part": ref("Part"),
            "parts": {"type": "array", "items": ref("Part")},
            "nullable": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "reason": {"anyOf": [ref("Reason"), ref("OtherReason"), {"type": "null"}]},
        },
    },
    "Part": {"description": "A part.", "anyOf": [ref("Text"), ref("Other")]},
    "Choice": {"oneOf": [ref("Text"), variant("inline")]},
    "Text": variant("text", text={"type": "string"}),
    "Other": {"type": "object", "required": ["type"], "properties": {"type": ref("OtherType")}},
    "OtherType": {"type": "string", "description": "Any type.", "x-known-elsewhere": ["text", "image", "sound"]},
    "Reason": {"type": "string", "enum": ["end"]},
    "OtherReason": {"type": "string", "description": "Any reason.", "x-known-elsewhere": ["end", "pause"]},
}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "A small service", "version": "1"},
    "paths": {
        "/v1/ask": {
            "post": {
                "operationId": "ask",
                "requestBody": {"content": {"application/json": {"schema": ref("AskRequest")}}},
                "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": ref("Answer")}}}},
            }
        }
    },
    "components": {"schemas": SCHEMAS},
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    check_tools(ROOT)
    folder = tmp_path_factory.mktemp("aliases")
    output = folder / "small_service"
    write_models(DOCUMENT, {}, ROOT / "generator-config.yaml", output, folder)
    write_params(DOCUMENT, "# Made by a test.", output, folder)
    sys.path.insert(0, str(folder))
    yield output
    sys.path.remove(str(folder))


def module(name: str) -> ModuleType:
    return importlib.import_module(f"small_service.{name}")


FIELDS = [
    ("Answer.count", "int", 0),
    ("Answer.wire_name", "str | None", None),
    ("Answer.part", "Part | None", None),
    ("Answer.parts", "list[Part] | None", None),
    ("Answer.nullable", "None | str", None),
    ("Answer.reason", "None | Reason | OtherReason", None),
    ("Other.type", "OtherType", attrs.NOTHING),
    ("AskRequest.choice", "Choice | Unset", "UNSET"),
    ("AskRequest.parts", "list[Part] | Unset", "UNSET"),
    ("AskRequest.limit", "int | Unset", "UNSET"),
]


@pytest.mark.parametrize(("field", "annotation", "default"), FIELDS)
def test_a_field_is_typed_as_it_is_used(generated: Path, field: str, annotation: str, default: Any) -> None:
    model, _, name = field.partition(".")
    found = attrs.fields_dict(getattr(module("models"), model))[name]
    assert str(found.type) == annotation
    assert found.default == (module("types").UNSET if default == "UNSET" else default)


SENT: list[dict[str, Any]] = [
    {},
    {"count": 0, "wire-name": None, "nullable": None, "reason": None},
    {"count": None},
    {"count": 3, "wire-name": "", "nullable": "x", "reason": "novel", "novel": None},
    {"part": {"type": "text"}, "parts": [{"type": "text", "text": "x"}, {"type": "novel", "more": 1}]},
    {"part": None, "parts": None},
]


@pytest.mark.parametrize("sent", SENT)
def test_what_arrived_is_written_and_nothing_else(generated: Path, sent: dict[str, Any]) -> None:
    answer = module("models").Answer.from_dict(sent)
    assert answer.to_dict() == sent
    assert type(answer.count) is int


def test_a_union_has_a_name_even_if_a_member_has_none(generated: Path) -> None:
    unions, models = module("unions"), module("models")
    assert get_args(unions.Part) == (models.Text, models.Other)
    unnamed, named = get_args(unions.Choice)
    assert named is models.Text
    assert unnamed.__module__.startswith("small_service.models.choice")
    assert set(unions.__all__) == {"Part", "Choice"}


def test_checkers_see_the_known_values_of_an_open_string_and_the_interpreter_any_string(generated: Path) -> None:
    text = (generated / "open_strings.py").read_text()
    assert 'OtherType: TypeAlias = Literal["image", "sound"]' in text
    assert 'OtherReason: TypeAlias = Literal["pause"]' in text
    assert module("open_strings").OtherType is str


def test_a_list_of_strings_is_not_a_string_in_the_dicts(generated: Path) -> None:
    text = (generated / "params.py").read_text()
    assert "words: NotRequired[list[str] | tuple[str, ...] | Unset | None]" in text
    assert '__all__ = ["AskRequest", "Choice", ' in text


def test_a_value_that_the_schema_knows_is_not_known_elsewhere() -> None:
    assert known_values(SCHEMAS) == {"OtherType": ["image", "sound"], "OtherReason": ["pause"]}
    known = {"type": "string", "x-known-elsewhere": ["text"]}
    assert known_values({**SCHEMAS, "OtherType": known})["OtherType"] == ["unknown"]


def test_what_only_requests_have_is_not_of_responses() -> None:
    assert SCHEMAS.keys() - names_of_responses(DOCUMENT) == {"AskRequest", "Choice"}


@pytest.mark.parametrize(
    "text",
    [
        "    field: int | Unset = UNSET\n",
        "    field: int | Unset = UNSET\n        if field is not UNSET:\n            field_dict['field'] = field\n",
    ],
)
def test_code_that_the_generator_writes_in_a_new_way_is_refused(text: str) -> None:
    with pytest.raises(GenerateError, match=r"models/new\.py: openapi-python-client"):
        _without_unset(text, "models/new.py")
