"""Edits with names and structures that generators take amiss, and what becomes of each.

The verdict `refused` means that the update changes nothing and says why. A row with `pasted` is refused with a line for
the overlay, and has its verdict after that line was pasted.
"""

from __future__ import annotations

from typing import Any

from .corpus import A_CITATION, BLOCKS_IN, BLOCKS_OUT, CITATION, GONE, REQUEST, RESPONSE, Also, Edit, Row
from .same_meaning import MEMBERS, UNION, ref, schema

STRING: Any = {"type": "string"}
CLOSED = {**CITATION[1], "additionalProperties": False}


def variant(name: str, /, **properties: Any) -> dict[str, Any]:
    constant = {"type": "string", "const": name}
    fields = {"type": constant, **properties}
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}


def moved(old: str, new: str, **changes: Any) -> tuple[Edit, ...]:
    """Return the edits that give a component of the response another name and one more field."""
    changed = schema(old)
    changed["properties"].update(changes)
    return (old, GONE), (new, changed)


STREAM: tuple[Edit, ...] = (
    ("TextDelta", variant("text_delta", text=STRING)),
    ("ContentBlockDeltaEvent", variant("content_block_delta", index={"type": "integer"}, delta=ref("TextDelta"))),
    ("MessageStopEvent", variant("message_stop")),
    ("StreamEvent", {"oneOf": [ref("ContentBlockDeltaEvent"), ref("MessageStopEvent")]}),
)
INLINE_STREAM: tuple[Edit, ...] = (
    *STREAM[:1],
    ("UsageDelta", variant("usage_delta", tokens={"type": "integer"})),
    (
        "ContentBlockDeltaEvent",
        variant(
            "content_block_delta",
            index={"type": "integer"},
            delta={"oneOf": [ref("TextDelta"), ref("UsageDelta")], "discriminator": {"propertyName": "type"}},
        ),
    ),
    ("ContentBlockDelta", {"anyOf": [ref("TextDelta"), ref("UsageDelta")]}),
)
SOURCES: tuple[Edit, ...] = (
    ("PageSource", variant("page", url=STRING)),
    ("BookSource", variant("book", name=STRING)),
)

# fmt: off
STRUCTURES = (
    # Names
    Row("a field of the request in camel case", "compatible", ((f"{REQUEST}/serviceTier", STRING),),
        ('`params.MessagesRequest["serviceTier"]`',), types=True),
    Row("a field of the response in camel case", "compatible", ((f"{RESPONSE}/serviceTier", STRING),),
        ("`models.MessagesResponse.service_tier`",)),
    Row("a field of a block with a dash", "compatible", (("TextBlock/properties/cache-control", STRING),), types=True),
    Row("a field of the response that is a keyword", "compatible", ((f"{RESPONSE}/from", STRING),)),
    Row("a field that begins with a digit", "compatible", ((f"{REQUEST}/2d_mode", STRING),),
        ("x-python-name: field_2d_mode",), pasted=True, types=True),
    Row("a field with letters beyond ASCII", "compatible", ((f"{RESPONSE}/größe", STRING),),
        ("x-python-name: grosse",), pasted=True),
    Row("a field with a space", "compatible", (("Usage/properties/total tokens", {"type": "integer"}),),
        ("x-python-name: total_tokens",), pasted=True),
    Row("a field that hides a helper", "compatible", ((f"{RESPONSE}/text", STRING),),
        ("the client itself uses this name", "x-python-name: text_value"), pasted=True, types=True),
    Row("a field that hides an option", "compatible", ((f"{REQUEST}/timeout", {"type": "integer"}),),
        ("the client itself uses this name", "x-python-name: timeout_value"), pasted=True, types=True),
    Row("a schema called T", "compatible", (("T", variant("t")), (f"{RESPONSE}/t", ref("T"))),
        ("x-schema-name: TModel",), pasted=True),
    Row("a schema called Unset", "compatible", (("Unset", variant("t")), (f"{RESPONSE}/t", ref("Unset"))),
        ("x-schema-name: UnsetModel",), pasted=True),
    Row("a schema called File", "compatible", (("File", variant("t")), (f"{REQUEST}/file", ref("File"))),
        ("x-schema-name: FileModel",), pasted=True, types=True),
    Row("a schema called Response", "compatible", (("Response", variant("t")), (f"{RESPONSE}/t", ref("Response"))),
        ("x-schema-name: ResponseModel",), pasted=True),
    Row("a component gets another name and a field", "compatible",
        (*moved("Usage", "TokenUsage", total={"type": "integer"}), (f"{RESPONSE}/usage", ref("TokenUsage"))),
        ("x-schema-name: Usage",), pasted=True),
    Row("the response gets another name and a field", "compatible",
        (*moved("MessagesResponse", "Message", container=STRING),
         ("/paths/~v1~messages/post/responses/200/content/application~json/schema", ref("Message"))),
        ("x-schema-name: MessagesResponse",), pasted=True),
    Row("several fields with names that are taken", "compatible",
        ((f"{RESPONSE}/text", STRING), ("Usage/properties/cls", STRING), (f"{REQUEST}/timeout", STRING)),
        ("x-python-name: text_value", "x-python-name: cls_value", "x-python-name: timeout_value", "(and 2 more)"),
        pasted=True, types=True),
    Row("a block of the response without a type", "refused",
        (("LegacyText", {"type": "object", "required": ["completion"], "properties": {"completion": STRING}}),
         (BLOCKS_OUT, Also(ref("LegacyText")))), ("ContentBlock", "LegacyText", "no constant `type`")),
    Row("a field of the request called self", "compatible", ((f"{REQUEST}/self", STRING),),
        ("the client itself uses this name", "x-python-name: self_value"), pasted=True, types=True),
    Row("a field with the name of an argument in the generated code", "compatible",
        (("Usage/properties/src_dict", {}),),
        ("this cannot be an attribute", "x-python-name: src_dict_value"), pasted=True, types=True),
    Row("a field called unset, and the word in a description", "compatible",
        ((f"{RESPONSE}/unset", {"type": "integer", "description": "Unset, if none was UNSET."}),),
        ("`models.MessagesResponse.unset`",), types=True),
    Row("a field of the request called Any", "compatible", ((f"{REQUEST}/Any", STRING),),
        ('Schema: 1 change, compatible',), types=True),
    Row("a map of lists with a known field", "compatible",
        ((f"{RESPONSE}/scores", {"type": "object", "properties": {"prop_value": STRING},
                                 "additionalProperties": {"type": "array", "items": STRING}}),), types=True),
    # Dates, bytes and other formats
    Row("a date in the request", "compatible", ((f"{REQUEST}/expires_at", {"type": "string", "format": "date-time"}),),
        ('`params.MessagesRequest["expires_at"]`',)),
    Row("a date in the response", "compatible", ((f"{RESPONSE}/created", {"type": "string", "format": "date-time"}),),
        ("`models.MessagesResponse.created`",)),
    Row("bytes and an identifier in the request", "compatible",
        ((f"{REQUEST}/data", {"type": "string", "format": "binary"}),
         (f"{REQUEST}/trace", {"type": "string", "format": "uuid"}))),
    # Unions
    Row("oneOf for anyOf, and a new block", "compatible",
        (CITATION, (UNION, {"oneOf": [*MEMBERS, A_CITATION], "discriminator": {"propertyName": "type"}})),
        ("gains `CitationBlock`",)),
    Row("oneOf for anyOf in the request, and a new block", "compatible",
        (CITATION, (BLOCKS_IN.removesuffix("/anyOf"), {"oneOf": [*MEMBERS, ref("ToolResultBlock"), A_CITATION]})),
        ("`params.CitationBlock`",), types=True),
    Row("a block that is closed", "compatible", (("CitationBlock", CLOSED), (BLOCKS_OUT, Also(A_CITATION))),
        ("gains `CitationBlock`",)),
    Row("a block with a closed object in it", "compatible",
        (("CitationBlock", variant("citation", source={"type": "object", "properties": {"url": STRING},
                                                       "additionalProperties": False})),
         (BLOCKS_OUT, Also(A_CITATION))),
        ("CitationBlockSource",)),
    Row("a block made of another one", "compatible",
        (("CitationBlock", {"allOf": [ref("TextBlock"), {"type": "object", "properties": {"url": STRING}}]}),
         (f"{RESPONSE}/note", A_CITATION))),
    Row("a new union in the response", "compatible",
        (*SOURCES, (f"{RESPONSE}/source", {"oneOf": [ref("PageSource"), ref("BookSource")]})),
        ("→ `models.BookSource`",), types=True),
    Row("a new union, written inline", "compatible",
        ((f"{RESPONSE}/sources", {"type": "array", "items": {"oneOf": [value for _, value in SOURCES]}}),),
        ("`models.MessagesResponseSourcesItemType0`",)),
    Row("a new union whose variants have no constants", "compatible",
        ((f"{RESPONSE}/source", {"anyOf": [{"type": "object", "required": ["url"], "properties": {"url": STRING}},
                                           {"type": "object", "required": ["id"], "properties": {"id": STRING}}]}),),
        ("new, `{url: string} \\| {id: string}`",)),
    Row("a new union in the response, and a schema called UnknownVariant", "compatible",
        (*SOURCES, (f"{RESPONSE}/source", {"oneOf": [ref("PageSource"), ref("BookSource")]}),
         ("UnknownVariant", variant("x")), (f"{RESPONSE}/x", ref("UnknownVariant"))),
        ("x-schema-name: UnknownVariantSchema",), pasted=True),
    Row("blocks of any form", "refused", ((UNION, {"type": "object"}),), ("ContentBlock",)),
    Row("a tool result of more blocks", "compatible",
        (("ToolResultBlock/properties/content/anyOf/1/items", {"anyOf": [ref("TextBlock"), ref("ToolUseBlock")]}),),
        ("gains `ToolUseBlock` | the client keeps what it does not know here",)),
    Row("more blocks in a field of the request", "compatible",
        ((f"{REQUEST}/system/anyOf/1/items", {"oneOf": [ref("ToolUseBlock"), ref("TextBlock")]}),),
        ("| request | `MessagesRequest.system[]` →", "gains `ToolUseBlock`")),
    Row("a choice of tools may be a text", "compatible",
        ((f"{REQUEST}/tool_choice", {"oneOf": [ref("ToolChoice"), STRING]}),),
        ("`MessagesRequest.tool_choice` →", "gains `string`")),
    Row("a field with the name of its class", "compatible",
        (("Error", {"type": "object", "required": ["error"], "properties": {
            "error": {"anyOf": [STRING, {"type": "object", "properties": {"message": STRING}}]}, "code": STRING}}),
         ("/paths/~v1~messages/post/responses/400/content", {"application/json": {"schema": ref("Error")}})),
        ("`models.Error`",), types=True),
    Row("an optional field with the name of its class", "compatible",
        (("Usage/properties/usage", {"anyOf": [ref("Usage"), STRING]}),), ("`models.Usage.usage`",), types=True),
    # The stream
    Row("a part of the stream is published", "compatible", STREAM, ("StreamEvent is in the schema by now",),
        types=True),
    Row("deltas are published inline", "compatible", INLINE_STREAM, ("`models.UsageDelta",)),
    # What names and places of the overlay depend on
    Row("the stop reasons become a component and gain a value", "compatible",
        (("FinishReason", {"enum": ["end_turn", "max_tokens", "stop_sequence", "tool_use", "refusal"]}),
         (f"{RESPONSE}/stop_reason", ref("FinishReason"))), ("`models.StopReason`",)),
    Row("the stop reasons become any text", "compatible", ((f"{RESPONSE}/stop_reason", STRING),), types=True),
    Row("the metadata becomes a component and gains a field", "compatible",
        (("RequestMetadata", {"type": "object", "properties": {"user_id": STRING, "trace": STRING}}),
         (f"{REQUEST}/metadata", ref("RequestMetadata"))), ("`models.Metadata.trace`",)),
    Row("the usage may be null", "breaking", ((f"{RESPONSE}/usage", {"anyOf": [ref("Usage"), {"type": "null"}]}),)),
    Row("the service publishes the envelope of errors, without an ID", "breaking",
        (("ErrorResponse", variant("error", error=ref("ErrorDetail"))),
         ("ErrorDetail", {"type": "object", "required": ["type", "message"],
                          "properties": {"type": STRING, "message": STRING, "hint": STRING}}),
         ("/paths/~v1~messages/post/responses/400/content", {"application/json": {"schema": ref("ErrorResponse")}})),
        ("ErrorResponse is in the schema by now", "`models.ErrorResponse.request_id`")),
    # Other types
    Row("a map of numbers in the response", "compatible",
        (("Usage/properties/by_tool", {"type": "object", "additionalProperties": {"type": "integer"}}),)),
    Row("the delta of a message is published", "compatible",
        (("MessageDelta", {"type": "object", "properties": {
            "stop_reason": {"anyOf": [schema("MessagesResponse", "properties", "stop_reason"), {"type": "null"}]},
            "stop_sequence": {"type": ["string", "null"]}}}),), ("MessageDelta is in the schema by now",), types=True),
    Row("required maps, lists and objects in the response", "compatible",
        (("Score", variant("score", value={"type": "number"})),
         (f"{RESPONSE}/scores", {"type": "object", "additionalProperties": ref("Score")}),
         (f"{RESPONSE}/best", ref("Score")), (f"{RESPONSE}/all", {"type": "array", "items": ref("Score")}),
         ("MessagesResponse/required", [*schema("MessagesResponse", "required"), "scores", "best", "all"]))),
    Row("maps of lists in the response", "compatible",
        ((f"{RESPONSE}/scores", {"type": "object", "additionalProperties": {"type": "array", "items": STRING}}),
         ("Usage/properties/by_tier", {"type": "object", "additionalProperties": {"type": "array", "items": STRING}}))),
    Row("a map of lists in the request", "compatible",
        ((f"{REQUEST}/labels", {"type": "object", "additionalProperties": {"type": "array", "items": STRING}}),)),
    Row("a map of choices in the response", "compatible",
        ((f"{RESPONSE}/flags", {"type": "object", "additionalProperties": {"type": "string", "enum": ["a", "b"]}}),)),
    Row("a field of any type in the request", "compatible", ((f"{REQUEST}/anything", {}),)),
    Row("numbers to choose from in the response", "compatible", ((f"{RESPONSE}/level", {"enum": [1, 2, 3]}),)),
    Row("a choice that may be null in the request", "compatible",
        ((f"{REQUEST}/effort", {"type": "string", "enum": ["low", "high", None], "nullable": True}),), types=True),
    Row("numbers with fractions to choose from in the request", "compatible",
        ((f"{REQUEST}/ratio", {"type": "number", "enum": [0.5, 1, 2.25]}),), types=True),
    Row("a field that may be anything, and a list of fixed length", "compatible",
        ((f"{REQUEST}/anything", True),
         (f"{REQUEST}/box", {"type": "array", "prefixItems": [{"type": "number"}, STRING], "items": False})),
        types=True),
    Row("a map of names with a pattern", "compatible",
        ((f"{REQUEST}/labels", {"type": "object", "patternProperties": {"^x-": STRING}, "propertyNames": STRING,
                                "additionalProperties": False}),), types=True),
    Row("a required header with values to choose from", "breaking",
        (("/paths/~v1~messages/post/parameters", [
            {"in": "header", "name": "version", "required": True, "schema": {"type": "string", "enum": ["1", "2"]}}]),),
        ("version",)),
    Row("a header with a list", "compatible",
        (("/paths/~v1~messages/post/parameters", [
            {"in": "header", "name": "betas", "schema": {"type": "array", "items": STRING}}]),)),
    Row("the tools are a union with a tool of the service", "compatible",
        (("WebSearchTool", variant("web_search", uses={"type": "integer"})),
         (f"{REQUEST}/tools/items", {"anyOf": [ref("ToolDefinition"), ref("WebSearchTool")]})),
        ("`models.WebSearchTool`",), types=True),
    Row("the tools are a named union with a tool of the service", "compatible",
        (("WebSearchTool", variant("web_search", uses={"type": "integer"})),
         ("AnyTool", {"anyOf": [ref("ToolDefinition"), ref("WebSearchTool")]}),
         (f"{REQUEST}/tools/items", ref("AnyTool"))), ("`models.WebSearchTool`",)),
    Row("a variant of the tool choice is a component and gains a field", "compatible",
        (("Forced", {"type": "object", "required": ["type"], "properties": {
            "type": {"type": "string", "const": "any"}, "limit": {"type": "integer"}}}),
         ("ToolChoice/oneOf/1", ref("Forced"))), ("`models.ToolChoiceAny.limit`",)),
    Row("a header of the operation", "compatible",
        (("/paths/~v1~messages/post/parameters", [{"in": "header", "name": "x-trace", "schema": STRING}]),)),
    Row("a turn needs a field", "breaking",
        (("InputMessage/properties/id", STRING), ("InputMessage/required", Also("id")))),
    Row("the messages get another name", "breaking",
        ((f"{REQUEST}/messages", GONE), (f"{REQUEST}/input", schema("MessagesRequest", "properties", "messages")),
         ("MessagesRequest/required", ["model", "input", "max_tokens"])),
        ("The client does not work with this edition",)),
)
# fmt: on
