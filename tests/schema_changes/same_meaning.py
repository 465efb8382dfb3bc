"""Edits of the published schema that mean the same, so that an update changes nothing."""

from __future__ import annotations

import copy
import json
from typing import Any

from .baseline import PUBLISHED
from .corpus import GONE, REQUEST, RESPONSE, Edit, edited, reordered, reworded


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


def written_out(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the usage written out where it is used."""
    document = copy.deepcopy(document)
    schemas = document["components"]["schemas"]
    schemas["MessagesResponse"]["properties"]["usage"] = schemas.pop("Usage")
    return document


def extracted(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the body and the responses of the operation as components."""
    document = copy.deepcopy(document)
    operation, components = document["paths"]["/v1/messages"]["post"], document["components"]
    components["requestBodies"] = {"Body": operation["requestBody"]}
    components["responses"] = {f"Status{status}": answer for status, answer in operation["responses"].items()}
    operation["requestBody"] = {"$ref": "#/components/requestBodies/Body"}
    operation["responses"] = {s: {"$ref": f"#/components/responses/Status{s}"} for s in operation["responses"]}
    return document


UNION = f"{RESPONSE}/content/items"
MEMBERS: list[Any] = [ref("TextBlock"), ref("ToolUseBlock")]
EDITS: dict[str, tuple[Edit, ...]] = {
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
SAME: dict[str, dict[str, Any]] = {
    **{name: edited(*edits) for name, edits in EDITS.items()},
    "a component with another name": renamed("TextBlock", "TextContentBlock"),
    "the component of the response with another name": renamed("MessagesResponse", "Message"),
    "a component written out": written_out(PUBLISHED),
    "a request body and responses as components": extracted(PUBLISHED),
    "another order": reordered(PUBLISHED),
    "other descriptions": reworded(PUBLISHED),
}
