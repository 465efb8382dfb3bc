"""The rules for every schema: answers are open, formats give no other types, and the keys of the wire stay."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schema.build import check_tools
from schema.errors import GenerateError, shortened
from schema.models import write_models
from schema.naming import suggested
from schema.params import write_params
from schema.paths import CONFIG, ROOT
from schema.rules import open_responses, without_formats

STRING: dict[str, Any] = {"type": "string"}


def document(**schemas: Any) -> dict[str, Any]:
    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    operation = {
        "operationId": "ask",
        "requestBody": {"content": content("Ask")},
        "responses": {"200": {"description": "OK", "content": content("Answer")}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "A small service", "version": "1"},
        "paths": {"/ask": {"post": operation}},
        "components": {"schemas": schemas},
    }


def closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def test_what_the_service_sends_is_open_and_what_it_only_gets_is_not() -> None:
    whole = document(Ask=closed(a=STRING), Answer={**closed(a=closed(b=STRING)), "unevaluatedProperties": False})
    open_responses(whole)
    schemas = whole["components"]["schemas"]
    assert schemas["Ask"]["additionalProperties"] is False
    assert schemas["Answer"]["additionalProperties"] is True
    assert schemas["Answer"]["properties"]["a"]["additionalProperties"] is True
    assert "unevaluatedProperties" not in schemas["Answer"]


def test_formats_are_left_out_but_a_field_may_have_that_name() -> None:
    before = document(Ask=closed(format={"type": "string", "format": "date-time"}), Answer={})
    after = without_formats(before)["components"]["schemas"]["Ask"]
    assert after["properties"] == {"format": STRING}
    assert before["components"]["schemas"]["Ask"]["properties"]["format"]["format"] == "date-time"


NAMES = {
    "serviceTier": {},
    "cache-control": {},
    "class": {},
    "größe": {"x-python-name": "size"},
    "2d mode": {"x-python-name": "mode"},
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    check_tools(ROOT)
    folder = tmp_path_factory.mktemp("generated")
    fields = {name: {**STRING, **extra} for name, extra in NAMES.items()}
    part = {**closed(**fields), "required": ["größe"]}
    asked = {**fields, "part": {"$ref": "#/components/schemas/Part"}}
    whole = document(Ask=closed(**asked), Answer=closed(**fields), Part=part)
    open_responses(whole)
    write_models(whole, {}, ROOT / CONFIG, folder / "small_names", folder)
    write_params(whole, "", folder / "small_names", folder)
    sys.path.insert(0, str(folder))
    yield "small_names"
    sys.path.remove(str(folder))


def module(package: str, name: str) -> ModuleType:
    return importlib.import_module(f"{package}.{name}")


def test_models_send_and_read_the_keys_of_the_wire(generated: str) -> None:
    models = module(generated, "models")
    on_the_wire = dict.fromkeys(NAMES, "v")
    sent = models.Ask(service_tier="v", cache_control="v", class_="v", size="v", mode="v", part=models.Part(size="v"))
    assert sent.to_dict() == {**on_the_wire, "part": {"größe": "v"}}
    answer = models.Answer.from_dict(on_the_wire)
    assert (answer.size, answer.mode, answer.service_tier) == ("v", "v", "v")
    assert answer.to_dict() == on_the_wire


def test_dicts_have_the_keys_of_the_wire_and_a_request_has_keywords(generated: str) -> None:
    params = module(generated, "params")
    assert params.Part.__annotations__.keys() == NAMES.keys()
    assert params.Ask.__annotations__.keys() == {"serviceTier", "cache-control", "class", "size", "mode", "part"}


def test_the_attributes_with_other_names_are_listed(generated: str) -> None:
    names = module(generated, "wire_names").WIRE_NAMES
    expected = {
        "service_tier": "serviceTier",
        "cache_control": "cache-control",
        "class_": "class",
        "size": "größe",
        "mode": "2d mode",
    }
    assert names == {"Answer": expected, "Ask": expected, "Part": expected}


def test_an_error_of_a_generator_is_one_short_line(tmp_path: Path) -> None:
    broken = document(Ask={"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Gone"}}}, Answer={})
    with pytest.raises(GenerateError) as caught:
        write_models(broken, {}, ROOT / CONFIG, tmp_path / "small_broken", tmp_path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert shortened("a\n" + "b" * 900) == "a " + "b" * 298 + " …"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2d", "field_2d"),
        ("größe", "grosse"),
        ("数", "field"),
        ("_a", "a"),
        ("timeout", "timeout_value"),
        ("a b", "a_b"),
    ],
)
def test_a_name_is_suggested(name: str, expected: str) -> None:
    assert suggested(name, {"timeout"}) == expected
