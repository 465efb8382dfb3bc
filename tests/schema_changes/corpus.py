"""Small changes of the published schema, each with what it does to a caller.

An edit is a place and what to do there: a value to set, `GONE` to remove it, or `Also`/`Without` an item of a list.
Places start at `components/schemas`, or at the document with a leading slash.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from .baseline import PUBLISHED

GONE = object()
SETS = ("required", "enum", "anyOf", "oneOf")


@dataclass(frozen=True)
class Also:
    """Append an item to the list that is there."""

    item: Any


@dataclass(frozen=True)
class Without:
    """Take an item out of the list that is there."""

    item: Any


Edit = tuple[str, Any]


@dataclass(frozen=True)
class Row:
    """One change: its name, its verdict, its edits, and what the report or the refusal says.

    A change that is `pasted` is refused with lines for the overlay, and taken over after these lines are in it. With
    `types`, the types of the package are checked in the quick tests too, and not only in the slow ones.
    """

    name: str
    verdict: str
    edits: tuple[Edit, ...]
    says: tuple[str, ...] = ()
    pasted: bool = False
    types: bool = False


def edited(*edits: Edit, document: dict[str, Any] = PUBLISHED) -> dict[str, Any]:
    """Return a changed copy of the published schema."""
    document = copy.deepcopy(document)
    for place, value in edits:
        root = document if place.startswith("/") else document["components"]["schemas"]
        *parents, last = (part.replace("~", "/") for part in place.strip("/").split("/"))
        node: Any = root
        for part in parents:
            node = node[int(part) if isinstance(node, list) else part]
        key: Any = int(last) if isinstance(node, list) else last
        if value is GONE:
            del node[key]
        elif isinstance(value, Also):
            node[key].append(value.item)
        elif isinstance(value, Without):
            node[key].remove(value.item)
        else:
            node[key] = value
    return document


def reordered(node: Any) -> Any:
    """Return the same with every object's keys, and every list whose order means nothing, backwards."""
    if isinstance(node, dict):
        backwards = {key: reordered(value) for key, value in reversed(node.items())}
        return {k: v[::-1] if k in SETS and isinstance(v, list) else v for k, v in backwards.items()}
    return [reordered(item) for item in node] if isinstance(node, list) else node


def reworded(node: Any) -> Any:
    """Return the same with other texts."""
    if isinstance(node, dict):
        texts = ("description", "title", "summary")
        return {k: f"Other. {v}" if k in texts and isinstance(v, str) else reworded(v) for k, v in node.items()}
    return [reworded(item) for item in node] if isinstance(node, list) else node


REQUEST, RESPONSE = "MessagesRequest/properties", "MessagesResponse/properties"
BLOCKS_IN, BLOCKS_OUT = "InputMessage/properties/content/anyOf/1/items/anyOf", f"{RESPONSE}/content/items/anyOf"
CITATION: Edit = (
    "CitationBlock",
    {
        "type": "object",
        "description": "Where a statement comes from.",
        "required": ["type", "url"],
        "properties": {
            "type": {"type": "string", "const": "citation", "description": "Always citation."},
            "url": {"type": "string", "description": "Address of the source."},
        },
    },
)
A_CITATION = {"$ref": "#/components/schemas/CitationBlock"}
BEARER = {"type": "http", "scheme": "bearer", "description": "The key as a bearer token."}
LIST_MODELS = {"get": {"operationId": "listModels", "tags": ["Models"], "responses": {"200": {"description": "All."}}}}
COUNT_TOKENS = {
    "post": {
        "operationId": "countTokens",
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/InputMessage"}}}},
        "responses": {"200": {"description": "The number."}},
    }
}

# fmt: off
ROWS = (
    # Fields of the request
    Row("an optional request field is added", "compatible", ((f"{REQUEST}/seed", {"type": "integer"}),),
        ('→ `models.MessagesRequest.seed`, `params.MessagesRequest["seed"]` | new, `integer` |',)),
    Row("a required request field is added", "breaking",
        ((f"{REQUEST}/seed", {"type": "integer"}), ("MessagesRequest/required", Also("seed"))),
        ("| new, `integer, required` | calls without it fail |",
         "client.messages.create(**request, seed=1)  # 1 after")),
    Row("an optional request field is removed", "breaking", ((f"{REQUEST}/top_k", GONE),),
        ('`params.MessagesRequest["top_k"]` | removed, was `integer` | calls with it fail |',
         "client.messages.create(**request, top_k=1)  # 1 before")),
    Row("a request field is renamed", "breaking", ((f"{REQUEST}/top_k", GONE), (f"{REQUEST}/k", {"type": "integer"})),
        ('`params.MessagesRequest["top_k"]`', '`params.MessagesRequest["k"]`')),
    Row("a request field is retyped", "breaking",
        ((f"{REQUEST}/top_k/type", "string"), (f"{REQUEST}/top_k/minimum", GONE)),
        ("| `integer` → `string` | calls with the old type may fail |",)),
    Row("a request field takes more types", "compatible", ((f"{REQUEST}/top_k/type", "number"),),
        ("| `integer` → `number` |",)),
    Row("a request field becomes required", "breaking", (("MessagesRequest/required", Also("top_k")),),
        ("| `optional` → `required` | calls without it fail |",)),
    Row("a request field becomes optional", "compatible", (("MessagesRequest/required", Without("max_tokens")),),
        ("| `required` → `optional` |",)),
    Row("a request field may be null", "compatible", ((f"{REQUEST}/top_k/type", ["integer", "null"]),),
        ("| `integer` → `integer \\| null` |",)),
    Row("a request field may be null, as OpenAPI 3.0 says it", "compatible", ((f"{REQUEST}/top_k/nullable", True),)),
    Row("a bound of the request is tightened", "breaking", ((f"{REQUEST}/max_tokens/maximum", 4096),),
        ("`MessagesRequest.max_tokens maximum` | new, `4096` | calls beyond it fail |",)),
    Row("a bound of the request is loosened", "compatible", ((f"{REQUEST}/temperature/maximum", 2),),
        ("`MessagesRequest.temperature maximum` | `1` → `2` |",)),
    Row("a default changes", "compatible", ((f"{REQUEST}/temperature/default", 0.7),), ("| `1` → `0.7` |",)),
    Row("a request object may hold more", "compatible", (("MessagesRequest/additionalProperties", True),)),
    Row("a request object may hold less", "breaking", (("ToolChoice/oneOf/1/additionalProperties", False),),
        ("`ToolChoice additionalProperties`", "calls with other fields fail")),
    Row("a shared object may hold more", "compatible", (("TextBlock/additionalProperties", True),)),
    Row("the body of the request may be left out", "compatible",
        (("/paths/~v1~messages/post/requestBody/required", False),)),
    Row("the security moves from the document to the operation", "none",
        (("/security", GONE), ("/paths/~v1~messages/post/security", [{"ApiKeyAuth": []}]))),
    Row("a header may be sent", "compatible",
        (("/paths/~v1~messages/post/parameters", [{"name": "X-A", "in": "header", "schema": {"type": "string"}}]),)),
    Row("a header must be sent", "breaking",
        (("/paths/~v1~messages/post/parameters",
          [{"name": "X-A", "in": "header", "required": True, "schema": {"type": "string"}}]),)),
    # Values, constants and unions
    Row("an enum of the request gains a value", "compatible", (("InputMessage/properties/role/enum", Also("system")),),
        ("`models.InputMessageRole`", "gains `'system'`")),
    Row("an enum of the request loses a value", "breaking",
        (("InputMessage/properties/role/enum", Without("assistant")),),
        ("request | `InputMessage.role` →", "loses `'assistant'` | calls with it fail |")),
    Row("an enum of the response gains a value", "compatible", ((f"{RESPONSE}/stop_reason/enum", Also("pause_turn")),),
        ("`models.KnownStopReason`, `models.StopReason` | gains `'pause_turn'` | the client keeps what it",)),
    Row("an enum of the response loses a value", "compatible", ((f"{RESPONSE}/stop_reason/enum", Without("tool_use")),),
        ("response | `MessagesResponse.stop_reason` →", "loses `'tool_use'`")),
    Row("a constant of request and response changes", "breaking", (("TextBlock/properties/type/const", "plain"),),
        ("request and response | `TextBlock.type const` →", "`'text'` → `'plain'`")),
    Row("a union of the request gains a member", "compatible", (CITATION, (BLOCKS_IN, Also(A_CITATION))),
        ("`InputMessage.content[]` →", "gains `CitationBlock`")),
    Row("a union of the request loses a member", "breaking", ((f"{BLOCKS_IN}/2", GONE),),
        ("request | `InputMessage.content[]`", "loses `ToolResultBlock` | calls with it fail |")),
    Row("the response holds a new block", "compatible", (CITATION, (BLOCKS_OUT, Also(A_CITATION))),
        ("`MessagesResponse.content[]` → `models.CitationBlock`", "gains `CitationBlock` | the client keeps")),
    Row("a union of the response loses a member", "compatible", ((f"{BLOCKS_OUT}/1", GONE),)),
    Row("the response names a block that the overlay has", "compatible",
        (("ThinkingBlock", {"type": "object", "required": ["type", "thinking"], "properties": {
            "type": {"const": "thinking"}, "thinking": {"type": "string"}, "signature": {"type": "string"}}}),
         (BLOCKS_OUT, Also({"$ref": "#/components/schemas/ThinkingBlock"}))),
        ("ThinkingBlock is in the schema by now, remove it here",)),
    Row("a variant of an inline union is added", "compatible",
        (("ToolChoice/oneOf", Also({"type": "object", "required": ["type"],
                                    "properties": {"type": {"type": "string", "const": "prefer"}}})),)),
    Row("a variant of an inline union is dropped", "refused", (("ToolChoice/oneOf/0", GONE),),
        ("'auto'", "matches nothing any more", "remove the action")),
    # Fields of the response
    Row("a response field is added", "compatible", ((f"{RESPONSE}/container", {"type": "string"}),),
        ("`MessagesResponse.container` → `models.MessagesResponse.container` | new, `string` |",)),
    Row("a required response field is added", "compatible",
        ((f"{RESPONSE}/container", {"type": "string"}), ("MessagesResponse/required", Also("container")))),
    Row("a response field is removed", "breaking",
        ((f"{RESPONSE}/model", GONE), ("MessagesResponse/required", Without("model"))),
        ("→ `models.MessagesResponse.model` | removed, was `string` | callers may read it |",)),
    Row("a response field is retyped", "breaking", (("Usage/properties/input_tokens/type", "string"),),
        ("| `integer` → `string` | callers may get another type |",)),
    Row("a response field may be left out", "breaking", (("MessagesResponse/required", Without("model")),),
        ("| `required` → `optional` | it may be missing |",)),
    Row("a response field is always there", "compatible", (("MessagesResponse/required", Also("stop_sequence")),)),
    Row("a response field may be null", "breaking", ((f"{RESPONSE}/model/type", ["string", "null"]),),
        ("| `string` → `string \\| null` | callers may get another type |",)),
    Row("a response field that the client reads as nullable may be null", "compatible",
        ((f"{RESPONSE}/stop_reason/nullable", True),), ("the client keeps what it does not know here",)),
    Row("a response field is never null", "compatible", ((f"{RESPONSE}/stop_sequence/nullable", GONE),),
        ("overlay action",)),
    # The rest
    Row("an endpoint is added", "compatible", (("/paths/~v1~models", LIST_MODELS),),
        ("`GET /v1/models` | added (models only, no client method) |",)),
    Row("a status is added", "compatible", (("/paths/~v1~messages/post/responses/402", {"description": "Unpaid."}),)),
    Row("a status is removed", "breaking", (("/paths/~v1~messages/post/responses/404", GONE),)),
    Row("the security scheme becomes HTTP bearer", "breaking", (("/components/securitySchemes/ApiKeyAuth", BEARER),),
        ("| request | `security` | `ApiKeyAuth (the header Authorization)` → `ApiKeyAuth (HTTP bearer)` |",
         'Baseten(auth_scheme="Api-Key")  # 1 before')),
    Row("the security scheme has another name", "compatible",
        (("/components/securitySchemes", {"Key": PUBLISHED["components"]["securitySchemes"]["ApiKeyAuth"]}),
         ("/security", [{"Key": []}])),
        ("the client sends the same header as before",)),
    Row("the security scheme demands the header x-api-key", "breaking",
        (("/components/securitySchemes/ApiKeyAuth/name", "x-api-key"),),
        ("neither `Authorization: Bearer KEY` nor `Api-Key KEY` can work", "`security-unreachable`")),
    Row("the server has another address", "breaking", (("/servers/0/url", "https://api.example.com"),),
        ("`DEFAULT_BASE_URL` differs", '`DEFAULT_BASE_URL = "https://api.example.com"`')),
    Row("the server is a template, whose default is the address", "compatible",
        (("/servers/0", {"url": "https://{host}.baseten.co/", "variables": {"host": {"default": "inference"}}}),),
        ("`DEFAULT_BASE_URL` is one of them",)),
    Row("a tag of the operation changes", "none", (("/paths/~v1~messages/post/tags", ["Chat"]),)),
    Row("there is one more server", "compatible",
        (("/servers", [*PUBLISHED["servers"], {"url": "https://eu.example.com"}]),),
        ("`DEFAULT_BASE_URL` is one of them",)),
    Row("an endpoint with a body is added", "compatible", (("/paths/~v1~messages~count_tokens", COUNT_TOKENS),),
        ("`POST /v1/messages/count_tokens` | added (models only, no client method) |",)),
    Row("the name of the operation changes", "compatible", (("/paths/~v1~messages/post/operationId", "sendMessage"),)),
    Row("the version of the document changes", "none", (("/info/version", "1.1.0"),)),
)
# fmt: on

# Ten changes at once, of each sort some. docs/combined-report.md is the report on them.
COMBINED = edited(
    (f"{REQUEST}/top_k", GONE),
    (f"{REQUEST}/seed", {"type": "integer", "description": "Makes the sampling repeatable."}),
    (f"{REQUEST}/effort", {"type": "string", "enum": ["low", "high"], "description": "How much to think."}),
    ("MessagesRequest/required", Also("effort")),
    (f"{REQUEST}/max_tokens/maximum", 4096),
    ("InputMessage/properties/role/enum", Without("assistant")),
    CITATION,
    (BLOCKS_OUT, Also(A_CITATION)),
    (f"{RESPONSE}/stop_reason/enum", Also("pause_turn")),
    ("MessagesResponse/required", Without("model")),
    ("/components/securitySchemes/ApiKeyAuth", BEARER),
    ("/servers/0/url", "https://api.example.com"),
)

# A later edition of the whole: new words everywhere, another security scheme, a new field and a new block.
LATER = reworded(
    edited(
        ("/components/securitySchemes/ApiKeyAuth", BEARER),
        (f"{REQUEST}/seed", {"type": "integer", "description": "Makes the sampling repeatable."}),
        CITATION,
        (BLOCKS_OUT, Also(A_CITATION)),
    )
)
