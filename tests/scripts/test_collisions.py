"""A name that means something else than what the overlay or the generators call so is refused, with a way out."""

from __future__ import annotations

from typing import Any

import pytest

from schema.build import load_yaml
from schema.collisions import check_class_names, check_overlay_names, check_variants
from schema.errors import GenerateError, OverlayError
from schema.overlay import names_given

from ..schema_changes import baseline
from ..schema_changes.corpus import edited
from ..schema_changes.same_meaning import ref

OVERLAY = load_yaml(baseline.FOLDER / "openapi-overlay.yaml")
STRING = {"type": "string"}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def checked(name: str, meaning: Any) -> None:
    check_overlay_names(names_given(edited((name, meaning)), OVERLAY), OVERLAY)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("StopReason", thing(code=STRING)),
        ("StopReason", {"type": "string", "enum": ["a", "b"]}),
        ("StopReason", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ("StopReason", {"anyOf": [ref("TextBlock"), ref("ToolUseBlock")]}),
        ("UnknownBlock", thing(type=STRING)),
        ("UnknownBlockType", STRING),
        ("StreamEvent", thing(type=STRING)),
        ("ThinkingBlock", thing(type={"const": "thought"})),
        ("MessageDelta", thing(code=STRING)),
        ("ErrorDetail", thing(message=STRING)),
        ("ToolRunnerRequest", thing(model=STRING)),
    ],
)
def test_another_meaning_of_a_name_of_the_overlay_is_refused_with_a_line_to_paste(name: str, meaning: Any) -> None:
    with pytest.raises(GenerateError) as caught:
        checked(name, meaning)
    first, line = str(caught.value).splitlines()
    assert first.startswith(f"/components/schemas/{name}: the overlay adds a schema of this name")
    assert f'{{target: "$.components.schemas.{name}", x-schema-name: {name}Schema,' in line


@pytest.mark.parametrize("name", ["KnownStopReason", "ContentBlock", "Metadata", "ToolChoiceAuto"])
def test_another_meaning_of_a_name_that_the_overlay_gives_is_refused_with_a_line_to_paste(name: str) -> None:
    with pytest.raises(OverlayError) as caught:
        checked(name, thing(code=STRING))
    first, line = str(caught.value).splitlines()
    assert first.startswith(f"the schema has another {name} by now")
    assert f"x-schema-name: {name}Schema" in line


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("ThinkingBlock", thing(type={"const": "thinking"}, depth=STRING)),
        ("StreamEvent", {"oneOf": [ref("TextBlock"), ref("ToolUseBlock")]}),
        ("MessageDelta", thing(stop_reason=STRING)),
        ("ErrorDetail", thing(type=STRING, message=STRING, hint=STRING)),
        ("Message", thing(code=STRING)),
        ("Tool", thing(code=STRING)),
    ],
)
def test_the_same_meaning_and_any_other_name_are_let_through(name: str, meaning: Any) -> None:
    checked(name, meaning)


def test_members_without_a_name_are_refused_with_a_line_each_and_not_more_than_three() -> None:
    variants = [thing(type={"const": f"{name}_event"}) for name in ("a", "b", "c", "d")]
    document = edited(("StreamEvent", {"oneOf": [*variants, thing(type={"const": "ping"})]}))
    with pytest.raises(GenerateError, match="StreamEvent has members without a name") as caught:
        check_variants(document, OVERLAY)
    _, *lines = str(caught.value).splitlines()
    assert len(lines) == 3
    place = '$.components.schemas.StreamEvent["anyOf","oneOf"][?@.properties.type.const == "a_event"]'
    assert lines[0].startswith(f"  - {{target: '{place}', x-schema-name: AEvent, ")


def test_two_components_of_one_class_are_refused_with_a_line_to_paste() -> None:
    with pytest.raises(GenerateError, match="text_block: it would be the same class as TextBlock"):
        check_class_names(edited(("text_block", thing())))


@pytest.mark.parametrize(
    ("name", "owner"),
    [("InputMessageRole", "InputMessage"), ("ToolChoiceType0", "ToolChoice"), ("MessagesRequestMetadata", "Messages")],
)
def test_a_name_that_a_generator_makes_of_a_field_is_refused_with_a_line_to_paste(name: str, owner: str) -> None:
    with pytest.raises(GenerateError, match=f"{name}: a part of {owner}\\w* is a class of this name"):
        check_class_names(edited((name, thing())))
    check_class_names(edited((f"{name}Schema", thing())))
