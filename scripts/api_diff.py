"""Report what the working tree changes for callers, compared with a git revision, as Markdown on standard output.

python scripts/api_diff.py --base main                      print the report
python scripts/api_diff.py --base main --fail-on breaking   the same, and exit with 1 when a change breaks callers
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import schema_diff
import surface_diff
from node_tools import NoNodeError
from normalise import normalise
from overlay import OverlayError, apply_overlay
from redocly import RedoclyError
from report import Report
from surface import surface_of

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "schema": "openapi.yaml",
    "overlay": "openapi-overlay.yaml",
    "served": "baseten_messages_client/_generated/schema.json",
    "surface": "api-surface.txt",
    "version": "baseten_messages_client/_version.py",
}


class DiffError(Exception):
    """The report cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Edition:
    """One state of the project, as far as callers notice it."""

    schema: dict[str, Any]
    overlay: dict[str, Any]
    served: dict[str, Any]
    surface: str
    version: str

    @classmethod
    def of(cls, texts: dict[str, str]) -> Edition:
        """Read the files of one state, by the names in `FILES`."""
        try:
            documents = [yaml.safe_load(texts[name]) or {} for name in ("schema", "overlay")]
            served = json.loads(texts["served"] or "{}")
        except (yaml.YAMLError, ValueError) as error:
            raise DiffError(f"a schema or overlay cannot be read: {error}") from error
        version = re.search(r'__version__\s*=\s*"([^"]+)"', texts["version"])
        return cls(documents[0], documents[1], served, texts["surface"], version[1] if version else "0.0.0")


def at(revision: str) -> Edition:
    """Read the state of a git revision."""
    _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", failure=f"BASE={revision}")
    texts = {}
    for name, path in FILES.items():
        done = subprocess.run(["git", "show", f"{revision}:{path}"], cwd=ROOT, capture_output=True, check=False)
        texts[name] = done.stdout.decode("utf-8") if done.returncode == 0 else ""
    if not texts["schema"]:
        raise DiffError(f"BASE={revision} holds no {FILES['schema']}")
    return Edition.of(texts)


def present(root: Path = ROOT) -> Edition:
    """Read the state of the working tree; its surface is that of the code, for the file may be stale."""
    paths = {name: root / path for name, path in FILES.items()}
    texts = {name: path.read_text("utf-8") if path.exists() else "" for name, path in paths.items()}
    return Edition.of({**texts, "surface": surface_of(root)})


def compare(old: Edition, new: Edition) -> Report:
    """Make the report on what leads from one state to the other."""
    report = Report(old.version)
    try:
        report.schema = schema_diff.compare(old.schema, new.schema, old.served)
    except (NoNodeError, RedoclyError) as error:
        report.not_compared.append(f"the schemas, so the verdict is that of the Python part alone. {error}")
    if old.surface and new.surface:
        report.python = surface_diff.compare(old.surface, new.surface)
    else:
        report.not_compared.append(f"the Python surface: {FILES['surface']} is missing on one side")
    report.overlay = overlay_findings(new)
    words, places = normalise(new.schema, old.schema)
    report.words = [(place, _text_at(words, place)) for place in places]
    return report


def overlay_findings(edition: Edition) -> list[str]:
    """Name the overlay's actions that no longer match, or are no longer needed."""
    findings: dict[str, None] = {}
    try:
        for purpose in ("", "models", "params"):
            findings.update(dict.fromkeys(apply_overlay(edition.schema, edition.overlay, purpose)[1]))
    except OverlayError as error:
        return [str(error)]
    return list(findings)


def _text_at(document: Any, place: str) -> str:
    for part in place.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]
    return str(document)


def _git(*arguments: str, failure: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise DiffError(f"{failure}: there is no such commit; fetch it, or name another {done.stderr.strip()}".strip())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, help="the git revision to compare with")
    parser.add_argument("--fail-on", choices=["", "breaking"], default="", help="exit with 1 on such a verdict")
    options = parser.parse_args(arguments)
    try:
        report = compare(at(options.base), present())
    except (DiffError, ImportError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(report.markdown(), end="")
    return int(bool(options.fail_on) and report.verdict == options.fail_on)


if __name__ == "__main__":
    sys.exit(main())
