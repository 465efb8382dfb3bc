"""Read one state of the project, as far as callers notice it: the working tree, or a git revision."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from schema.paths import OVERLAY, PACKAGE, SCHEMA, SERVED, SURFACE, VERSION

from . import acknowledged
from .surface_reader import surface_of

# The address that the client has built in is here.
SETTINGS = f"{PACKAGE}/_transport/settings.py"
FILES = (SCHEMA, OVERLAY, SERVED, SURFACE, VERSION, SETTINGS, acknowledged.FILE)


class DiffError(Exception):
    """A state cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Edition:
    """The schema, the overlay, the schema with the overlay, the public surface, the version, and the rest."""

    schema: dict[str, Any]
    overlay: dict[str, Any]
    served: dict[str, Any]
    surface: str
    version: str
    base_url: str = ""
    acknowledged: str = ""
    schema_text: str = ""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Edition:
        """Parse the files of one state; a missing one is an empty text."""
        try:
            schema, overlay = (yaml.safe_load(texts[path]) or {} for path in (SCHEMA, OVERLAY))
            served = json.loads(texts[SERVED] or "{}")
        except (yaml.YAMLError, ValueError) as error:
            raise DiffError(f"a schema or overlay cannot be read: {error}") from error
        version = re.search(r'__version__\s*=\s*"([^"]+)"', texts[VERSION])
        base_url = re.search(r'^DEFAULT_BASE_URL\s*=\s*"([^"]+)"', texts[SETTINGS], re.MULTILINE)
        return cls(
            schema,
            overlay,
            served,
            texts[SURFACE],
            version[1] if version else "0.0.0",
            base_url[1] if base_url else "",
            texts[acknowledged.FILE],
            texts[SCHEMA],
        )


def committed(revision: str, root: Path) -> Edition:
    """Read the state of a git revision."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        reason = commit.stderr.strip() or "fetch it, or name another"
        raise DiffError(f"BASE={revision}: there is no such commit; {reason}")
    texts = {path: _git(root, "show", f"{revision}:{path}").stdout for path in FILES}
    if not texts[SCHEMA]:
        raise DiffError(f"BASE={revision} holds no {SCHEMA}")
    return Edition.of(texts)


def present(root: Path, importable: bool = True) -> Edition:
    """Read the state of the working tree. Its surface is read from the code, because the file may be stale.

    If the package is not importable, the surface is empty.
    """
    texts = {path: (root / path).read_text("utf-8") if (root / path).exists() else "" for path in FILES}
    return Edition.of({**texts, SURFACE: surface_of(root) if importable else ""})


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False)
