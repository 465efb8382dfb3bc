"""A part of the vendor's file that changes keeps our spelling, and no change passes for the same meaning."""

from __future__ import annotations

import pytest

from schema.normalize import dump, normalize

from ..schema_changes.baseline import DOCUMENT, OPENAPI
from ..schema_changes.corpus import BLOCKS_IN, BLOCKS_OUT, GONE, REQUEST, RESPONSE, Also, Edit, edited
from ..schema_changes.same_meaning import MEMBERS, UNION, ref

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
