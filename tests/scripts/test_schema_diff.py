"""Two schemas compared: nothing hides a finding, and the overlay softens what it keeps open."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff import schema_diff
from diff.changes import Change
from schema.normalize import normalize

from ..schema_changes import baseline
from ..schema_changes.baseline import PUBLISHED
from ..schema_changes.corpus import REQUEST, Also, edited, reworded
from ..schema_changes.project import needs_node

OPENAPI = baseline.DOCUMENT
AS_SERVED = baseline.served()


def changes_of(document: dict[str, Any]) -> list[Change]:
    return schema_diff.compare(OPENAPI, normalize(document, OPENAPI)[0], AS_SERVED)


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
        "MessagesRequest.top_k type",
        "MessagesRequest.max_tokens maximum",
        "MessagesRequest.stop_sequences items type",
        "InputMessage.role enum",
        "MessagesRequest required",
        "MessagesResponse required",
        "TextBlock.type const",
        "components securitySchemes ApiKeyAuth name",
    }


@needs_node
def test_both_sides_see_a_change_of_a_shared_schema() -> None:
    (change,) = changes_of(edited(("TextBlock/properties/text/maxLength", 5)))
    assert (change.side, change.breaking) == ("both", True)


@needs_node
def test_a_value_that_the_overlay_does_not_open_breaks() -> None:
    closed = copy.deepcopy(AS_SERVED)
    closed["components"]["schemas"]["MessagesResponse"]["properties"]["stop_reason"] = {"type": "string", "enum": ["a"]}
    new = edited(("MessagesResponse/properties/stop_reason/enum", Also("pause_turn")))
    (change,) = schema_diff.compare(OPENAPI, normalize(new, OPENAPI)[0], closed)
    assert change.breaking
