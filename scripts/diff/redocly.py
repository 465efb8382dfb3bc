"""Compare two schemas with `redocly diff`, in a separate folder, where no configuration file hides a finding."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from node.programs import MODULES, NoNodeError, node
from schema.document import objects
from schema.normalize import structure

CLI = MODULES / "@redocly" / "cli" / "bin" / "cli.js"
# The tool sends nothing, does not look for newer versions, and keeps nothing outside the folder.
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NODE_DISABLE_COMPILE_CACHE": "1"}


class RedoclyError(Exception):
    """The comparison failed; the message holds what the tool printed."""


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the tool's list of changes. Descriptions are left out, because they change nothing for callers."""
    command = [str(node()), str(CLI), "diff", "old.json", "new.json", "--format=json", "--fail-on=none"]
    if not CLI.is_file():
        raise NoNodeError(f"{CLI.name} of redocly is not installed: run `make setup`")
    with tempfile.TemporaryDirectory() as folder:
        for name, document in (("old.json", old), ("new.json", new)):
            (Path(folder) / name).write_text(json.dumps(_without_nullable(document)), encoding="utf-8")
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **QUIET},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    try:
        changes: list[dict[str, Any]] = json.loads(done.stdout)["changes"]
    except (ValueError, KeyError) as error:
        raise RedoclyError(f"redocly diff failed: {(done.stderr or done.stdout).strip()[-1000:]}") from error
    return changes


def _without_nullable(document: dict[str, Any]) -> Any:
    """Return the structure of a document, with `nullable: true` written as OpenAPI 3.1 does: the tool needs that."""
    result = structure(document)
    for _, part in objects(result):
        if part.pop("nullable", False) is True and isinstance(part.get("type"), str):
            part["type"] = [part["type"], "null"]
    return result
