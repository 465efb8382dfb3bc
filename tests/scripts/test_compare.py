"""Two states of the project compared as a whole: both parts, and what the overlay no longer needs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff import redocly, schema_diff
from diff.compare import compare, overlay_findings
from diff.edition import Edition
from node.programs import NoNodeError
from schema.paths import OVERLAY

from ..schema_changes import baseline

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
