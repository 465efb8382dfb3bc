"""The way in an OpenAPI document: objects, places and references."""

from __future__ import annotations

from typing import Any

from schema.document import at, objects, place_of, pointer, reachable

DOCUMENT: dict[str, Any] = {
    "paths": {"/a~b": {"get": {"responses": {"200": {"$ref": "#/components/schemas/A"}}}}},
    "components": {
        "schemas": {
            "A": {"properties": {"title": {"$ref": "#/components/schemas/B"}, "x": {"default": {"type": "x"}}}},
            "B": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]},
            "C": {"type": "string"},
        }
    },
}


def test_objects_are_those_of_the_format_and_not_names_or_values() -> None:
    places = [pointer(place) for place, _ in objects(DOCUMENT["components"]["schemas"]["A"])]
    assert places == ["", "/properties/title", "/properties/x"]


def test_a_pointer_leads_back_to_its_place() -> None:
    place = ("paths", "/a~b", "get")
    assert tuple(place_of(pointer(place))) == place
    assert at(DOCUMENT, *place_of("#/components/schemas/B/anyOf/1/type")) == "string"


def test_a_place_that_is_missing_holds_nothing() -> None:
    assert at(DOCUMENT, "paths", "/b") is None
    assert at(DOCUMENT, "components", "schemas", "B", "anyOf", "7") is None
    assert at(DOCUMENT, "components", "schemas", "B", "anyOf", "x", "y") is None


def test_references_are_followed_through_others_and_in_circles() -> None:
    assert reachable(DOCUMENT, DOCUMENT["paths"]) == {"A", "B"}
    assert reachable(DOCUMENT, {"$ref": "#/components/schemas/Missing"}) == {"Missing"}
