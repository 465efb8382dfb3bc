"""Edits in which the vendor publishes a name that the overlay, the generators or the client use too.

Either the vendor's meaning is used where the overlay has the same, or the name is refused with a line that renames it.
"""

from __future__ import annotations

from typing import Any

from .corpus import A_CITATION, BLOCKS_IN, BLOCKS_OUT, CITATION, REQUEST, RESPONSE, Also, Edit, Row
from .same_meaning import MEMBERS, ref
from .structures import STRING, moved, variant

REASONS: Any = {"type": "string", "enum": ["end_turn", "max_tokens", "stop_sequence", "tool_use", "refusal"]}
OTHER: Any = {"type": "object", "required": ["code"], "properties": {"code": STRING}}


def received(name: str, meaning: Any = OTHER) -> tuple[Edit, ...]:
    """Return the edits that publish a schema and a new field of the response of this type."""
    return (name, meaning), (f"{RESPONSE}/details", ref(name))


def sent(name: str, meaning: Any = OTHER) -> tuple[Edit, ...]:
    """Return the edits that publish a schema and a new field of the request of this type."""
    return (name, meaning), (f"{REQUEST}/details", ref(name))


def renamed(name: str, edits: tuple[Edit, ...] = (), *says: str) -> Row:
    """Return the row of a name that is taken. After the line is pasted, the schema has another name."""
    paste = f"x-schema-name: {name}Schema"
    return Row(f"a schema called {name}", "compatible", edits or received(name), (paste, *says), pasted=True)


# fmt: off
NAMES = (
    # What the overlay adds, with another meaning
    renamed("StopReason"),
    Row("a list of reasons called StopReason for something else", "compatible", received("StopReason", REASONS),
        ("x-schema-name: StopReasonSchema",), pasted=True),
    renamed("KnownStopReason"),
    renamed("OtherStopReason"),
    renamed("ContentBlock"),
    renamed("InputContentBlock"),
    renamed("UnknownBlock"),
    Row("a block of the type unknown called UnknownBlock", "compatible",
        (("UnknownBlock", variant("unknown")), (BLOCKS_OUT, Also(ref("UnknownBlock")))),
        ("x-schema-name: UnknownBlockSchema", "gains `UnknownBlock"), pasted=True),
    renamed("UnknownBlockType", received("UnknownBlockType", STRING)),
    renamed("StreamEvent"),
    renamed("MessageDelta"),
    renamed("ErrorDetail"),
    renamed("HostedTool"),
    renamed("Metadata"),
    renamed("ToolChoiceAuto"),
    renamed("ParseRequest"),
    renamed("DocumentBlock", sent("DocumentBlock")),
    # What the overlay adds, with the same meaning
    Row("the stop reasons are a schema called StopReason", "compatible",
        (("StopReason", REASONS), (f"{RESPONSE}/stop_reason", ref("StopReason"))), ("gains `'refusal'`",)),
    Row("the stop reasons are a schema called StopReason, or null", "compatible",
        (("StopReason", REASONS), (f"{RESPONSE}/stop_reason", {"anyOf": [ref("StopReason"), {"type": "null"}]}))),
    Row("the stop reasons are a schema called KnownStopReason", "compatible",
        (("KnownStopReason", REASONS), (f"{RESPONSE}/stop_reason", ref("KnownStopReason"))), ("gains `'refusal'`",)),
    Row("the blocks are a schema called ContentBlock", "compatible",
        (CITATION, ("ContentBlock", {"oneOf": [*MEMBERS, A_CITATION]}),
         (f"{RESPONSE}/content/items", ref("ContentBlock"))), ("gains `CitationBlock`",)),
    Row("all blocks are one schema called ContentBlock", "compatible",
        (("ContentBlock", {"anyOf": [*MEMBERS, ref("ToolResultBlock")]}),
         (f"{RESPONSE}/content/items", ref("ContentBlock")),
         (BLOCKS_IN.removesuffix("/anyOf"), ref("ContentBlock"))), ("gains `ToolResultBlock`",)),
    Row("the service publishes documents, with less fields", "breaking",
        (("DocumentBlock", variant("document", source={"type": "object", "properties": {"data": STRING}})),
         (BLOCKS_IN, Also(ref("DocumentBlock")))), ("`InputMessage.content[]`", "DocumentBlock is in the schema by now",
                                                        "`params.DocumentBlock[")),
    Row("an open block is called UnknownBlock", "compatible",
        (("UnknownBlock", {"type": "object", "required": ["type"], "properties": {"type": STRING}}),
         (BLOCKS_OUT, Also(ref("UnknownBlock")))), ("x-schema-name: UnknownBlockSchema",), pasted=True),
    Row("the events of the stream are published inline", "compatible",
        (("StreamEvent", {"oneOf": [variant("ping"), variant("message_stop"), variant("usage", tokens=STRING)]}),),
        ("x-schema-name: PingEvent", "x-schema-name: MessageStopEvent", "`models.UsageEvent`"), pasted=True),
    Row("a block of the response is published inline", "compatible",
        ((BLOCKS_OUT, Also(variant("citation", url=STRING))),),
        ("x-schema-name: CitationBlock", "`models.CitationBlock"), pasted=True),
    # What the client calls so, in rooms where no schema is
    Row("a schema called Message", "compatible", received("Message"), ("`models.Message`",)),
    Row("a schema of the request called Message", "compatible", sent("Message"), ("`params.AnyMessage`",)),
    Row("a schema called Tool", "compatible", sent("Tool"), ("`models.Tool`",)),
    Row("the definition of a tool is called Tool and gains a field", "compatible",
        (*moved("ToolDefinition", "Tool", strict={"type": "boolean"}), (f"{REQUEST}/tools/items", ref("Tool"))),
        ("x-schema-name: ToolDefinition",), pasted=True),
    # What the generators make themselves
    renamed("InputMessageRole", received("InputMessageRole"), "a part of InputMessage is a class of this name"),
    renamed("text_block", received("text_block"), "the same class as TextBlock"),
    renamed("AnyTextBlock", sent("AnyTextBlock")),
    renamed("TextBlockModel", sent("TextBlockModel")),
)
# fmt: on
