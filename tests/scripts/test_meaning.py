"""An edit of the vendor's file that means the same changes no byte of `openapi.yaml`."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from schema.normalize import dump, normalize

from ..schema_changes.baseline import DOCUMENT, OPENAPI, PUBLISHED
from ..schema_changes.corpus import BLOCKS_IN, BLOCKS_OUT, GONE, REQUEST, RESPONSE, Also, Edit, edited


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def schema(*place: str) -> Any:
    node: Any = PUBLISHED["components"]["schemas"]
    for part in place:
        node = node[part]
    return copy.deepcopy(node)


def renamed(old: str, new: str) -> dict[str, Any]:
    """Return the document with another name for a component."""
    text = json.dumps(PUBLISHED).replace(f'#/components/schemas/{old}"', f'#/components/schemas/{new}"')
    document: dict[str, Any] = json.loads(text)
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {new if name == old else name: node for name, node in schemas.items()}
    return document


def rewritten(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    document = copy.deepcopy(PUBLISHED)
    change(document["components"]["schemas"])
    return document


def inlined(schemas: dict[str, Any]) -> None:
    schemas["MessagesResponse"]["properties"]["usage"] = schemas.pop("Usage")


UNION = f"{RESPONSE}/content/items"
MEMBERS = [ref("TextBlock"), ref("ToolUseBlock")]
SAME: dict[str, tuple[Edit, ...]] = {
    "a reference in an allOf of one": ((f"{RESPONSE}/usage", {"allOf": [ref("Usage")]}),),
    "a scalar in an allOf of one": ((f"{RESPONSE}/id", {"allOf": [{"type": "string"}]}),),
    "an object in an allOf of one": (("Usage", {"allOf": [schema("Usage")], "description": "Counts."}),),
    "a reference in an anyOf of one": ((f"{RESPONSE}/usage", {"anyOf": [ref("Usage")]}),),
    "oneOf for anyOf": ((UNION, {"oneOf": MEMBERS}),),
    "oneOf for anyOf, with a discriminator": ((UNION, {"oneOf": MEMBERS, "discriminator": {"propertyName": "type"}}),),
    "a discriminator with a mapping": (
        (
            f"{UNION}/discriminator",
            {"propertyName": "type", "mapping": {"text": "#/components/schemas/TextBlock", "tool_use": "ToolUseBlock"}},
        ),
    ),
    "anyOf for oneOf": (("ToolChoice", {"anyOf": schema("ToolChoice", "oneOf")}),),
    "oneOf of a string and a list": (
        (f"{REQUEST}/system", {"oneOf": schema("MessagesRequest", "properties", "system", "anyOf")}),
    ),
    "a constant as an enumeration of one": (("TextBlock/properties/type", {"type": "string", "enum": ["text"]}),),
    "a constant without its type": (("TextBlock/properties/type", {"const": "text"}),),
    "a list of one type": ((f"{RESPONSE}/id/type", ["string"]),),
    "null as a type": ((f"{RESPONSE}/stop_sequence", {"type": ["string", "null"]}),),
    "null as a member": ((f"{RESPONSE}/stop_sequence", {"anyOf": [{"type": "string"}, {"type": "null"}]}),),
    "null as a member of oneOf": ((f"{RESPONSE}/stop_sequence", {"oneOf": [{"type": "null"}, {"type": "string"}]}),),
    "nullable in an allOf": ((f"{RESPONSE}/stop_sequence", {"allOf": [{"type": "string"}], "nullable": True}),),
    "what is false anyway": (
        (f"{REQUEST}/top_k/nullable", False),
        (f"{REQUEST}/top_k/deprecated", False),
        (f"{REQUEST}/stop_sequences/uniqueItems", False),
    ),
    "an open object that does not say so": (("Usage/additionalProperties", GONE),),
    "an open object that says so": ((f"{REQUEST}/metadata/additionalProperties", True),),
    "a list of required fields without any": (("Usage/required", []),),
    "an object without its type": (("TextBlock/type", GONE),),
    "a whole number with a point": ((f"{REQUEST}/max_tokens/minimum", 1.0),),
    "an inline object as a component": (
        ("RequestMetadata", schema("MessagesRequest", "properties", "metadata")),
        (f"{REQUEST}/metadata", ref("RequestMetadata")),
    ),
    "an inline enumeration as a component": (
        ("FinishReason", schema("MessagesResponse", "properties", "stop_reason")),
        (f"{RESPONSE}/stop_reason", ref("FinishReason")),
    ),
    "an inline union as a component": (("OutputBlock", schema(*UNION.split("/"))), (UNION, ref("OutputBlock"))),
    "inline variants as components": (
        *((f"Choice{i}", schema("ToolChoice", "oneOf")[i]) for i in range(4)),
        ("ToolChoice", {"oneOf": [ref(f"Choice{i}") for i in range(4)]}),
    ),
    "a later patch of the format": (("/openapi", "3.1.1"),),
    "OpenAPI 3.2": (("/openapi", "3.2.0"),),
    "extensions in maps of names": (
        ("/paths/x-group", {"a": 1}),
        ("x-internal", {"type": "what"}),
        (f"{REQUEST}/x-order", ["model"]),
        ("/paths/~v1~messages/post/responses/x-note", "n"),
        (f"{REQUEST}/top_k/x-stainless", {"const": "'\"\\"}),
    ),
}


@pytest.mark.parametrize("edits", SAME.values(), ids=SAME)
def test_an_edit_that_means_the_same_changes_no_byte(edits: tuple[Edit, ...]) -> None:
    assert dump(normalize(edited(*edits), DOCUMENT)[0]) == OPENAPI


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(renamed("TextBlock", "TextContentBlock"), id="a component with another name"),
        pytest.param(renamed("MessagesResponse", "Message"), id="the component of the response with another name"),
        pytest.param(rewritten(inlined), id="a component written out"),
    ],
)
def test_another_name_of_a_component_changes_no_byte(document: dict[str, Any]) -> None:
    assert dump(normalize(document, DOCUMENT)[0]) == OPENAPI


OTHER: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a union that gains a member and another keyword": (
        ((UNION, {"oneOf": [*MEMBERS, ref("ToolResultBlock")]}),),
        "items:\n            anyOf:\n              - $ref: '#/components/schemas/TextBlock'\n",
    ),
    "an inline schema that becomes a component and changes": (
        ((f"{RESPONSE}/stop_reason", ref("FinishReason")), ("FinishReason", {"enum": ["end_turn", "refusal"]})),
        "enum:\n            - end_turn\n            - refusal\n",
    ),
    "a new field that may be null": ((("Usage/properties/cost", {"type": "number", "nullable": True}),), "- 'null'\n"),
    "oneOf of members that overlap": (
        (("Loose", {"oneOf": [{"type": "object"}, ref("Usage")]}),),
        "oneOf:\n        - t",
    ),
}


@pytest.mark.parametrize(("edits", "written"), OTHER.values(), ids=OTHER)
def test_a_part_that_changes_keeps_our_spelling(edits: tuple[Edit, ...], written: str) -> None:
    text = dump(normalize(edited(*edits), DOCUMENT)[0])
    assert text != OPENAPI
    assert written in text
    assert "FinishReason" not in text


DIFFERENT: tuple[Edit, ...] = (
    (f"{RESPONSE}/stop_sequence/nullable", GONE),
    (f"{RESPONSE}/usage", ref("TextBlock")),
    ("TextBlock/properties/type/const", "other"),
    ("Usage/additionalProperties", False),
    (BLOCKS_IN, Also(ref("Usage"))),
    (BLOCKS_OUT, [ref("TextBlock")]),
    (f"{REQUEST}/max_tokens/minimum", 0),
    (f"{REQUEST}/stream/default", 0),
)


@pytest.mark.parametrize("edit", DIFFERENT, ids=lambda edit: str(edit[0]))
def test_an_edit_that_means_something_else_is_taken_over(edit: Edit) -> None:
    assert dump(normalize(edited(edit), DOCUMENT)[0]) != OPENAPI
