"""Build the generated folder of the package from a schema, the overlay and the generators' configuration."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from openapi_spec_validator import validate

from . import invariants
from .collisions import check_class_names
from .document import pointer
from .errors import GenerateError, OverlayError, shortened
from .models import write_models
from .open_unions import open_unions
from .overlay import apply_overlay
from .params import write_params
from .paths import CONFIG, OVERLAY, PINS, SCHEMA
from .rules import open_responses, without_formats
from .simplify import simplified

HEADER = "# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.\n"
# The loader in C, where there is one, takes a tenth of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TOOLS = ("openapi-python-client", "datamodel-code-generator", "ruff")
RUFF_FORMAT = ("ruff", "format", "--isolated", "--no-cache", "--quiet", "--line-length=120", "--target-version=py311")


def build(output: Path, root: Path, schema: Path | None = None, before: dict[str, Any] | None = None) -> list[str]:
    """Generate everything into the new folder `output`.

    Args:
        output: The folder to write; it must not exist.
        root: Where the overlay, the configuration and the pins are.
        schema: The schema to generate from, in place of the project's `openapi.yaml`.
        before: The schema that this one replaces, so that an error can tell what was renamed.

    Returns:
        The warnings of the overlay.
    """
    check_tools(root)
    schema = schema or root / SCHEMA
    document, overlay = load_yaml(schema), load_yaml(root / OVERLAY)
    check_openapi(document, schema.name)
    invariants.check_names(document, overlay, root, before)
    served, warnings = patched(document, overlay)
    for_models, models_warnings = patched(document, overlay, "models")
    for_params, params_warnings = patched(document, overlay, "params")
    for checked in (served, for_models):
        invariants.check_document(checked, overlay)
    check_class_names(for_models)
    with tempfile.TemporaryDirectory() as scratch:
        write_models(simplified(without_formats(for_models)), overlay, root / CONFIG, output, Path(scratch))
        write_params(simplified(without_formats(for_params)), HEADER, output, Path(scratch))
    invariants.check_code(for_models, overlay, output)
    _format(output / "params.py", output / "model_aliases.py")
    shutil.rmtree(output / ".ruff_cache", ignore_errors=True)
    for path in output.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text if text.startswith(HEADER) else HEADER + text, encoding="utf-8")
    (output / "py.typed").touch()
    _write_json(output / "schema.json", served)
    record = {
        "command": "make generate",
        "schema": {"file": schema.name, "sha256": _digest(schema), "version": document["info"]["version"]},
        "overlay": {"file": OVERLAY, "sha256": _digest(root / OVERLAY)},
        "generators": {name: importlib.metadata.version(name) for name in TOOLS},
    }
    _write_json(output / "generated.json", record)
    return list(dict.fromkeys([*warnings, *models_warnings, *params_warnings]))


def load_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML or JSON file that must hold one mapping."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GenerateError(f"cannot read {path.name}: {error}") from error
    if not isinstance(document, dict):
        raise GenerateError(f"{path.name} must hold a mapping, not {type(document).__name__}")
    return document


def patched(document: dict[str, Any], overlay: dict[str, Any], purpose: str = "") -> tuple[dict[str, Any], list[str]]:
    """Apply the overlay for one purpose and check that the result is still OpenAPI."""
    try:
        result, warnings = apply_overlay(document, overlay, purpose)
    except OverlayError as error:
        raise GenerateError(f"{OVERLAY}: {error}") from error
    open_responses(result)
    if purpose != "params":  # There are no responses in it, and a dict that is sent should be one that is known.
        open_unions(result)
    check_openapi(result, f"{SCHEMA} after {OVERLAY}")
    return result, warnings


def check_openapi(document: dict[str, Any], name: str) -> None:
    """Refuse a document that is not valid OpenAPI."""
    try:
        validate(document)
    except Exception as error:  # The validator lets the errors of several libraries through.
        place = pointer(tuple(map(str, getattr(error, "absolute_path", ()))))
        reason = shortened(getattr(error, "message", error), 150) or type(error).__name__
        where = f" at {place:.150}" if place else ""
        raise GenerateError(f"{name} is not a valid OpenAPI document{where}: {reason}") from error


def check_tools(root: Path) -> None:
    """Refuse to run with tools other than the pinned ones, because their versions decide the bytes."""
    # The generator skips a formatter that it cannot find and reports success, so look for it first.
    folder = str(Path(sys.executable).parent)
    if shutil.which("ruff", path=folder) is None:
        raise GenerateError("the command ruff is not installed in this environment: run `make setup`")
    os.environ["PATH"] = os.pathsep.join([folder, os.environ.get("PATH", "")])
    pins = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", (root / PINS).read_text(encoding="utf-8"), re.MULTILINE))
    for name in TOOLS:
        if (version := importlib.metadata.version(name)) != pins[name]:
            raise GenerateError(f"{name} is {version}, {PINS} pins {pins[name]}: run `make setup`")


def differences(fresh: Path, present: Path) -> list[str]:
    """Name the files that are changed, missing or superfluous in the folder `present`, one line each."""
    expected, actual = _contents(fresh), _contents(present)
    found = [f"{name}: missing" for name in expected.keys() - actual.keys()]
    found += [f"{name}: no longer generated" for name in actual.keys() - expected.keys()]
    found += [f"{name}: differs" for name in expected.keys() & actual.keys() if expected[name] != actual[name]]
    return sorted(found)


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _format(*paths: Path) -> None:
    done = subprocess.run([*RUFF_FORMAT, *map(str, paths)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise GenerateError(f"ruff failed: {done.stderr or done.stdout}")


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    # Of the text, so that a checkout with CRLF line ends gives the same.
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()
