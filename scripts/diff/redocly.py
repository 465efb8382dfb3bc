"""Compare two schemas with `redocly diff`, in a folder of their own, where no configuration file hides a finding."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from node_tools import MODULES, NoNodeError, node
from normalise import NAME_MAPS, VALUES, structure

CLI = MODULES / "@redocly" / "cli" / "bin" / "cli.js"


class RedoclyError(Exception):
    """The comparison failed; the message holds what the tool said."""


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the tool's list of changes; descriptions are left out, for they change nothing."""
    command = [str(node())]
    if not CLI.is_file():
        raise NoNodeError(f"{CLI.name} of redocly is not installed: run `make setup`")
    with tempfile.TemporaryDirectory() as folder:
        for name, document in (("old.json", old), ("new.json", new)):
            (Path(folder) / name).write_text(json.dumps(_without_nullable(structure(document))), encoding="utf-8")
        # Nothing is sent to anyone, no counts and no look for newer versions, and nothing is kept outside the folder.
        quiet = {
            "REDOCLY_TELEMETRY": "off",
            "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
            "NODE_DISABLE_COMPILE_CACHE": "1",
        }
        done = subprocess.run(
            [*command, str(CLI), "diff", "old.json", "new.json", "--format=json", "--fail-on=none"],
            cwd=folder,
            env={**os.environ, **quiet},
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


def _without_nullable(node: Any, names: bool = False) -> Any:
    """Write `nullable: true` as OpenAPI 3.1 does, which the tool understands."""
    if isinstance(node, list):
        return [_without_nullable(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {
        key: value if key in VALUES and not names else _without_nullable(value, key in NAME_MAPS and not names)
        for key, value in node.items()
    }
    if not names and result.pop("nullable", False) is True and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
    return result
