"""Two states of the project compared as a whole: both parts, and what the overlay no longer needs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff import redocly, schema_diff
from diff.changes import Change
from diff.compare import compare, overlay_findings
from diff.edition import Edition
from node.programs import NoNodeError
from schema.naming import renamed_schemas
from schema.normalize import normalize
from schema.paths import OVERLAY

from ..schema_changes import baseline
from ..schema_changes.corpus import edited
from ..schema_changes.project import needs_node
from ..schema_changes.same_meaning import ref
from ..schema_changes.structures import moved

OPENAPI = baseline.DOCUMENT
AS_SERVED = baseline.served()
SURFACE = "Client.send(): function, str\nClient.send(text): any, str\n"


def test_without_node_the_report_says_so_and_gives_the_python_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_node() -> Path:
        raise NoNodeError("Node is missing: run `make setup`")

    monkeypatch.setattr(redocly, "node", no_node)
    old = Edition(OPENAPI, {}, AS_SERVED, SURFACE, "0.1.0")
    new = Edition(OPENAPI, {}, AS_SERVED, SURFACE.replace("Client.send(text): any, str\n", ""), "0.1.0")
    text = compare(old, new).markdown()
    assert "**API changes: incomplete**. A part was not compared" in text
    assert "release as" not in text
    assert "> **Not compared:** the schemas. Node is missing: run `make setup`" in text
    assert "### Breaking: 1 change" in text


@pytest.mark.parametrize(
    "failure",
    [
        NoNodeError("Node is missing: run `make setup`"),
        redocly.RedoclyError("redocly diff failed: out of memory"),
        subprocess.TimeoutExpired(["node"], 120),
        OSError("no such program"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_half_a_comparison_has_no_verdict(failure: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise failure

    monkeypatch.setattr(schema_diff, "compare", fail)
    state = Edition(OPENAPI, {}, AS_SERVED, SURFACE, "0.1.0")
    report = compare(state, state)
    assert report.verdict == "incomplete"
    assert report.not_compared[0].startswith("the schemas. ")


def test_a_state_without_a_surface_has_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_diff, "compare", lambda *_: [])
    state = Edition(OPENAPI, {}, AS_SERVED, SURFACE, "0.1.0")
    assert compare(state, Edition(OPENAPI, {}, AS_SERVED, "", "0.1.0")).verdict == "incomplete"


def test_an_overlay_that_cannot_be_applied_leaves_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_diff, "compare", lambda *_: [])
    state = Edition(OPENAPI, {"actions": [{"target": "$["}]}, AS_SERVED, SURFACE, "0.1.0")
    report = compare(state, state)
    assert report.verdict == "incomplete"
    assert report.not_compared[0].startswith("the overlay. ")


def test_a_stale_overlay_action_is_reported() -> None:
    overlay = {"actions": [{"target": "$.components.schemas.Gone", "remove": True}]}
    assert overlay_findings(Edition(OPENAPI, overlay, AS_SERVED, SURFACE, "0.1.0")) == [
        "overlay action 1 ($.components.schemas.Gone) matches nothing"
    ]
    present = yaml.safe_load((baseline.FOLDER / OVERLAY).read_text(encoding="utf-8"))
    assert overlay_findings(Edition(OPENAPI, present, AS_SERVED, SURFACE, "0.1.0")) == []


@needs_node
def test_a_component_that_the_vendor_renamed_keeps_our_descriptions_and_its_python_names() -> None:
    line = '  - {target: "$.components.schemas.TokenUsage", x-schema-name: Usage, description: The vendor renamed it.}'
    text = (baseline.FOLDER / OVERLAY).read_text(encoding="utf-8").replace("\nactions:\n", f"\nactions:\n{line}\n", 1)
    overlay = yaml.safe_load(text)
    published = edited(
        *moved("Usage", "TokenUsage", total={"type": "integer", "description": "All tokens."}),
        ("MessagesResponse/properties/usage", ref("TokenUsage")),
    )
    schema = normalize(published, OPENAPI, renamed_schemas(overlay))[0]
    old = Edition(OPENAPI, {}, AS_SERVED, "models.Usage: class()\n", "0.1.0")
    new = Edition(schema, overlay, AS_SERVED, f"{old.surface}models.Usage.total: field, int | None = None\n", "0.1.0")
    report = compare(old, new)
    place = "/components/schemas/TokenUsage/properties/total"
    assert report.descriptions == {f"{place}/description": "All tokens."}
    (change,) = report.changes
    assert (change.place, change.pointer) == ("Usage.total", place)
    assert [effect.place for effect in change.effects] == ["models.Usage.total"]
    # The next edition is compared with that one, and both have the vendor's name.
    later = edited(("TokenUsage/properties/more", {"type": "string"}), document=published)
    later = normalize(later, schema, renamed_schemas(overlay))[0]
    (change,) = schema_changes(new, Edition(later, overlay, AS_SERVED, new.surface, "0.1.0"))
    assert change.place == "Usage.more"


def schema_changes(old: Edition, new: Edition) -> list[Change]:
    return [change for change in compare(old, new).schema if change.rule == "field-added"]
