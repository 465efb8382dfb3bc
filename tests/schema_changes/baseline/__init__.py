"""The edition that the corpus starts from. It stays the same when the project takes over a later one.

`published.json` is the vendor's file, `openapi.yaml` its form in a project, and `openapi-overlay.yaml` the overlay of
that edition. What is generated from them is made here.
"""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml

from diff import surface_reader
from schema import build
from schema.normalize import structure
from schema.paths import CONFIG, GENERATED, OVERLAY, PACKAGE, PINS, ROOT, SCHEMA, SERVED, SURFACE

FOLDER = Path(__file__).parent
PUBLISHED: dict[str, Any] = json.loads((FOLDER / "published.json").read_text(encoding="utf-8"))
OPENAPI = (FOLDER / SCHEMA).read_text(encoding="utf-8")
DOCUMENT: dict[str, Any] = yaml.safe_load(OPENAPI)


def copy_project(root: Path) -> None:
    """Write a project of this edition into the existing folder `root`: all that an update reads and writes."""
    tree = _tree()
    for name in (SCHEMA, OVERLAY):
        shutil.copy(FOLDER / name, root / name)
    for name in (CONFIG, PINS):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / PACKAGE, root / PACKAGE, ignore=shutil.ignore_patterns("__pycache__", "_generated"))
    shutil.copytree(tree / GENERATED, root / GENERATED, ignore=ignored)
    (root / SURFACE).write_text(surface(), encoding="utf-8")


@functools.cache
def surface() -> str:
    """Return the public surface of the package of this edition."""
    return surface_reader.surface_of(_tree())


@functools.cache
def served() -> dict[str, Any]:
    """Return the schema of this edition with the overlay."""
    document: dict[str, Any] = json.loads((_tree() / SERVED).read_text(encoding="utf-8"))
    return document


def is_the_projects_edition() -> bool:
    """Return whether the project has taken over no other edition, apart from new descriptions."""
    return bool(structure(yaml.safe_load((ROOT / SCHEMA).read_text(encoding="utf-8"))) == structure(DOCUMENT))


@functools.cache
def _tree() -> Path:
    """Return a folder with the package of this edition: the project's own, as long as its sources are the same."""
    if all((ROOT / name).read_bytes() == (FOLDER / name).read_bytes() for name in (SCHEMA, OVERLAY)):
        return ROOT
    folder = Path(tempfile.mkdtemp(prefix="baseline-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in (SCHEMA, OVERLAY):
        shutil.copy(FOLDER / name, folder / name)
    for name in (CONFIG, PINS):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__", "_generated"))
    build.build(folder / GENERATED, folder)
    return folder
