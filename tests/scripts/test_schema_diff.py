"""Two schemas compared: nothing hides a finding, and the overlay softens what it keeps open."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff import schema_diff
from diff.changes import Change
from diff.rules import STEPS
from schema.normalize import normalize

from ..schema_changes import baseline
from ..schema_changes.baseline import PUBLISHED
from ..schema_changes.corpus import GONE, REQUEST, ROWS, Also, edited, reworded
from ..schema_changes.project import needs_node
from ..schema_changes.same_meaning import ref

OPENAPI = baseline.DOCUMENT
AS_SERVED = baseline.served()
CLIENT = ("paths", "/v1/messages", "post")


def changes_of(document: dict[str, Any]) -> list[Change]:
    return schema_diff.compare(OPENAPI, normalize(document, OPENAPI)[0], AS_SERVED, CLIENT)


@needs_node
def test_the_published_file_changes_nothing() -> None:
    assert changes_of(PUBLISHED) == []
    assert changes_of(reworded(PUBLISHED)) == []


@needs_node
def test_a_configuration_file_nearby_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: eight planted breaks are found, although a configuration in sight turns every rule off."""
    rules = ("property-removed", "required-properties-added", "enum-values-removed", "schema-type-changed")
    config = {"rules": dict.fromkeys((*rules, "schema-constraint-changed", "path-removed"), "off")}
    (tmp_path / "redocly.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    planted = edited(
        (f"{REQUEST}/top_k", {"type": "string"}),
        (f"{REQUEST}/max_tokens/maximum", 10),
        (f"{REQUEST}/stop_sequences", {"type": "array", "items": {"type": "integer"}}),
        ("InputMessage/properties/role/enum", ["user"]),
        ("MessagesRequest/required", ["model", "messages", "max_tokens", "tools"]),
        ("MessagesResponse/required", ["id"]),
        ("TextBlock/properties/type/const", "plain"),
        ("/components/securitySchemes/ApiKeyAuth/name", "X-Key"),
    )
    breaking = {change.place for change in changes_of(planted) if change.breaking}
    assert breaking == {
        "MessagesRequest.top_k",
        "MessagesRequest.max_tokens maximum",
        "MessagesRequest.stop_sequences[]",
        "InputMessage.role",
        "MessagesRequest.tools",
        *(f"MessagesResponse.{name}" for name in ("type", "role", "content", "model", "stop_reason", "usage")),
        "TextBlock.type const",
        "security",
    }


@needs_node
def test_a_rule_is_the_same_for_the_same_sort_of_change_and_has_a_next_step() -> None:
    for row in ROWS:
        for change in changes_of(edited(*row.edits)) if row.name in SORTS else ():
            assert change.rule == SORTS[row.name]
            assert bool(STEPS[change.rule]) or not change.breaking


SORTS = {
    "an optional request field is added": "field-added",
    "an optional request field is removed": "field-removed",
    "a request field becomes required": "field-required",
    "a response field may be left out": "field-optional",
    "a constant of request and response changes": "constant-changed",
    "a status is removed": "status-removed",
}


@needs_node
def test_what_only_another_operation_uses_breaks_nobody() -> None:
    """The client has no method for it; if a Python name changes, the Python part says so."""
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Other"}}}}
    other = {"post": {"operationId": "o", "requestBody": body, "responses": {"200": {"description": "."}}}}
    old = edited(("/paths/~v1~other", other), ("Other", schema))
    new = edited(("Other/properties/b", GONE), ("Other/required", ["a", "c"]), document=old)
    changes = schema_diff.compare(old, new, AS_SERVED, CLIENT)
    assert {(change.place, change.breaking, change.side) for change in changes} == {
        ("Other.b", False, "none"),
        ("Other.c", False, "none"),
    }


@needs_node
def test_a_bound_of_the_response_breaks_nobody() -> None:
    old = edited(("Usage/properties/input_tokens/maximum", 10))
    (change,) = schema_diff.compare(old, edited(), AS_SERVED, CLIENT)
    assert (change.side, change.breaking) == ("response", False)


@needs_node
def test_both_sides_see_a_change_of_a_shared_schema() -> None:
    (change,) = changes_of(edited(("TextBlock/properties/text/maxLength", 5)))
    assert (change.side, change.breaking) == ("both", True)


@needs_node
def test_a_value_that_the_overlay_does_not_open_breaks() -> None:
    closed = copy.deepcopy(AS_SERVED)
    closed["components"]["schemas"]["MessagesResponse"]["properties"]["stop_reason"] = {"type": "string", "enum": ["a"]}
    new = edited(("MessagesResponse/properties/stop_reason/enum", Also("pause_turn")))
    (change,) = schema_diff.compare(OPENAPI, normalize(new, OPENAPI)[0], closed, CLIENT)
    assert change.breaking


SYSTEM, RESULT = f"{REQUEST}/system/anyOf/1/items", "ToolResultBlock/properties/content/anyOf/1/items"
USAGE = "MessagesResponse/properties/usage"
TEXT, TOOL_USE, NULL = ref("TextBlock"), ref("ToolUseBlock"), {"type": "null"}


@needs_node
@pytest.mark.parametrize(
    ("place", "union", "expected"),
    [
        pytest.param(SYSTEM, {"anyOf": [TEXT, TOOL_USE]}, ("ToolUseBlock", "request", False), id="request"),
        pytest.param(SYSTEM, {"oneOf": [TOOL_USE, TEXT]}, ("ToolUseBlock", "request", False), id="request, oneOf"),
        pytest.param(SYSTEM, {"anyOf": [TEXT, {"type": "string"}]}, ("string", "request", False), id="request, text"),
        pytest.param(
            f"{REQUEST}/tool_choice", {"anyOf": [ref("ToolChoice"), NULL]}, ("null", "request", False), id="null"
        ),
        pytest.param(RESULT, {"anyOf": [TEXT, TOOL_USE]}, ("ToolUseBlock", "both", False), id="an open union"),
        pytest.param(RESULT, {"anyOf": [TEXT, {"type": "string"}]}, ("string", "both", True), id="no object"),
        pytest.param(USAGE, {"anyOf": [ref("Usage"), TOOL_USE]}, ("ToolUseBlock", "response", True), id="response"),
        pytest.param(USAGE, {"anyOf": [ref("Usage"), NULL]}, ("null", "response", True), id="response, null"),
    ],
)
def test_a_union_that_has_what_was_there_accepts_more_and_may_send_more(
    place: str, union: dict[str, Any], expected: tuple[str, str, bool]
) -> None:
    (change,) = changes_of(edited((place, union)))
    assert change.rule == "member-added"
    assert (change.new, change.side, change.breaking) == expected


@needs_node
def test_a_union_without_what_was_there_breaks() -> None:
    changes = changes_of(edited((SYSTEM, {"anyOf": [ref("ToolDefinition"), TOOL_USE]})))
    assert any(change.breaking for change in changes)


@needs_node
def test_what_changes_within_the_widened_schema_is_found_too() -> None:
    edits = [(SYSTEM, {"anyOf": [TEXT, TOOL_USE]}), ("TextBlock/properties/text/maxLength", 5)]
    changes = {(change.place, change.breaking) for change in changes_of(edited(*edits))}
    assert changes == {("MessagesRequest.system[]", False), ("TextBlock.text maxLength", True)}
