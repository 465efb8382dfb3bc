"""Two states of the project compared as a whole: both parts, and what the overlay no longer needs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from diff import redocly
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
    assert "**API changes: breaking**, release as 0.2.0 (now 0.1.0)" in text
    assert "> **Not compared:** the schemas, so the verdict is that of the Python part alone. Node is missing" in text
    assert "### Python: 1 change, 1 breaking" in text


def test_a_stale_overlay_action_is_reported() -> None:
    overlay = {"actions": [{"target": "$.components.schemas.Gone", "remove": True}]}
    edition = Edition(OPENAPI, overlay, AS_SERVED, SURFACE, "0.1.0")
    assert overlay_findings(edition) == ["overlay action 1 ($.components.schemas.Gone) matches nothing"]
    present = yaml.safe_load((baseline.FOLDER / OVERLAY).read_text(encoding="utf-8"))
    assert overlay_findings(Edition(OPENAPI, present, AS_SERVED, SURFACE, "0.1.0")) == []
