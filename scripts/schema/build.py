"""Write `baseten_messages_client/_generated/` from `openapi.yaml` and `openapi-overlay.yaml`.

    python scripts/generate.py           rewrite the folder whole
    python scripts/generate.py --check   write nothing; name the files that are stale and exit with 1

The new folder is built elsewhere and takes the old one's place in the last step, so a failure leaves the old one as it
was.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import hashlib
import importlib.metadata
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openapi_python_client.strings
import yaml
from datamodel_code_generator.__main__ import main as generate_params
from openapi_python_client import generate as generate_client
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_spec_validator import validate

from overlay import OverlayError, apply_overlay

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "openapi.yaml"
OVERLAY = ROOT / "openapi-overlay.yaml"
CONFIG = ROOT / "generator-config.yaml"
PINS = ROOT / "requirements" / "generate.in"
TARGET = ROOT / "baseten_messages_client" / "_generated"
HEADER = "# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.\n"
TOOLS = ("openapi-python-client", "datamodel-code-generator", "ruff")


class GenerateError(Exception):
    """The folder could not be generated; the message says why and what to do."""


def load_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML or JSON file that must hold one mapping."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GenerateError(f"cannot read {path.name}: {error}") from error
    if not isinstance(document, dict):
        raise GenerateError(f"{path.name} must hold a mapping, not {type(document).__name__}")
    return document


def patched(document: dict[str, Any], overlay: dict[str, Any], purpose: str = "") -> tuple[dict[str, Any], list[str]]:
    """Apply the overlay for one purpose and check that the outcome is still OpenAPI."""
    try:
        result, warnings = apply_overlay(document, overlay, purpose)
    except OverlayError as error:
        raise GenerateError(f"{OVERLAY.name}: {error}") from error
    check_openapi(result, f"{SCHEMA.name} after {OVERLAY.name}")
    return result, warnings


def check_openapi(document: dict[str, Any], name: str) -> None:
    """Refuse a document that is not valid OpenAPI."""
    try:
        validate(document)
    except Exception as error:  # The validator lets the errors of several libraries through.
        reason = str(getattr(error, "message", error)).splitlines() or [type(error).__name__]
        raise GenerateError(f"{name} is not a valid OpenAPI document: {reason[0]}") from error


def check_tools() -> None:
    """Refuse to run with tools other than the pinned ones: their versions decide the bytes."""
    pins = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", PINS.read_text(encoding="utf-8"), re.MULTILINE))
    for name in TOOLS:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            version = "missing"
        if version != pins[name]:
            raise GenerateError(f"{name} is {version}, {PINS.relative_to(ROOT)} pins {pins[name]}: run `make setup`")
    # The generator skips a formatter that it cannot find and reports success, so look for it first.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    if shutil.which("ruff") is None:
        raise GenerateError("the command ruff is not beside this Python: run `make setup`")


def write_client(document: dict[str, Any], output: Path, scratch: Path) -> None:
    """Run openapi-python-client: attrs models, and the bare client for one endpoint."""
    source = scratch / "models.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    # `block.type` and `block.input` are what users of the Messages format write; `type_` and `input_` would be the
    # generator's way of sparing two builtins that the generated code never calls as such.
    openapi_python_client.strings.RESERVED_WORDS = openapi_python_client.strings.RESERVED_WORDS - {"type", "input"}
    try:
        config_file = ConfigFile.load_from_path(CONFIG)
    except Exception as error:
        raise GenerateError(f"{CONFIG.name}: {error}") from error
    config = Config.from_sources(config_file, MetaType.NONE, source, "utf-8", overwrite=True, output_path=output)
    with contextlib.redirect_stdout(io.StringIO()):  # It announces the scratch folder.
        errors = generate_client(config=config)
    _spell_out_builtin_type(output / "models")
    if errors:  # Warnings too: a warning here means that a part of the schema was left out.
        raise GenerateError("\n".join(f"openapi-python-client: {e.header}: {e.detail or ''}".strip() for e in errors))


def _spell_out_builtin_type(models: Path) -> None:
    """Keep `cls: type[T]` the builtin in classes whose field `type` hides it from mypy."""
    for path in models.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "cls: type[T]" in text:
            text = text.replace("cls: type[T]", "cls: builtins.type[T]")
            path.write_text(text.replace("annotations\n", "annotations\n\nimport builtins", 1), encoding="utf-8")


def write_params(document: dict[str, Any], output: Path, scratch: Path) -> None:
    """Run datamodel-code-generator: TypedDicts of what a caller may pass, each interchangeable with its model."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    requests = [name for name in schemas if name.endswith("Request")]
    reachable = sorted(set().union(*(_reachable(schemas, name) for name in requests)), key=list(schemas).index)
    request = {name: schemas[name] for name in reachable}
    models = [name for name, schema in request.items() if schema.get("type") == "object" and name not in requests]
    _accept_models(request, set(models))
    source = scratch / "params.json"
    source.write_text(json.dumps({**document, "paths": {}, "components": {"schemas": request}}), encoding="utf-8")
    # Under other names, because the TypedDicts and the models are namesakes.
    aliases = [f"from .models.{_module(name)} import {name} as {name}Model\n" for name in models]
    exported = "".join(f'    "{name}Model",\n' for name in models)
    (output / "model_aliases.py").write_text(f"{''.join(aliases)}\n__all__ = [\n{exported}]\n", encoding="utf-8")
    options = (
        "--input-file-type=openapi --output-model-type=typing.TypedDict --target-python-version=3.11 "
        "--use-union-operator --use-standard-collections --use-generic-container-types --enum-field-as-literal=all "
        "--use-schema-description --use-field-description --use-single-line-docstring --use-double-quotes "
        "--no-use-closed-typed-dict --keep-model-order --disable-timestamp --ignore-pyproject --formatters=ruff-format"
    )
    files = ["--input", str(source), "--output", str(output / "params.py"), "--custom-file-header", HEADER.rstrip()]
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        code = generate_params([*files, *options.split()])
    if code:
        raise GenerateError(f"datamodel-code-generator failed: {said.getvalue().strip()}")


def _reachable(schemas: dict[str, Any], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found and name in schemas:
            found.add(name)
            waiting += _references(schemas[name])
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _accept_models(node: Any, models: set[str]) -> None:
    """Let the model stand beside each reference to its TypedDict: `TextBlock` becomes `TextBlock | TextBlockModel`."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        name = value["$ref"].rpartition("/")[2] if isinstance(value, dict) and "$ref" in value else None
        if name in models:
            model = {"customTypePath": f"baseten_messages_client._generated.model_aliases.{name}Model"}
            if isinstance(node, list):
                node.append(model)
            else:
                node[key] = {**value, "anyOf": [{"$ref": value.pop("$ref")}, model]}
                node[key].pop("$ref")
        elif isinstance(value, (dict, list)):
            _accept_models(value, models)


def _module(class_name: str) -> str:
    return openapi_python_client.strings.snake_case(class_name)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise GenerateError(f"{command[0]} failed: {done.stderr or done.stdout}")


def build(output: Path, source: Path | None = None) -> list[str]:
    """Generate all into the new folder `output`, from `openapi.yaml` or another; return the overlay's warnings."""
    check_tools()
    source = source or SCHEMA
    document, overlay = load_yaml(source), load_yaml(OVERLAY)
    check_openapi(document, source.name)
    schema, warnings = patched(document, overlay)
    with tempfile.TemporaryDirectory() as scratch:
        for purpose, write in (("models", write_client), ("params", write_params)):
            special, more = patched(document, overlay, purpose)
            write(special, output, Path(scratch))
            warnings += [warning for warning in more if warning not in warnings]
    ruff = ["ruff", "format", "--isolated", "--quiet", "--line-length=120", "--target-version=py311"]
    _run([*ruff, str(output / "params.py"), str(output / "model_aliases.py")])
    shutil.rmtree(output / ".ruff_cache", ignore_errors=True)
    for path in output.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text if text.startswith(HEADER) else HEADER + text, encoding="utf-8")
    (output / "py.typed").touch()
    _write_json(output / "schema.json", schema)
    record = {
        "command": "make generate",
        "schema": {"file": source.name, "sha256": _digest(source), "version": document["info"]["version"]},
        "overlay": {"file": OVERLAY.name, "sha256": _digest(OVERLAY)},
        "generators": {name: importlib.metadata.version(name) for name in TOOLS},
    }
    _write_json(output / "generated.json", record)
    return warnings


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    # Of the text, so that a checkout with CRLF line ends gives the same.
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def differences(fresh: Path, present: Path) -> list[str]:
    """Name the files that are changed, missing or superfluous in `present`, one line each."""

    def files(folder: Path) -> set[str]:
        found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return {path.as_posix() for path in found if "__pycache__" not in path.parts}

    expected, actual = files(fresh), files(present)
    changed = filecmp.cmpfiles(fresh, present, sorted(expected & actual), shallow=False)
    return sorted(
        [f"{name}: differs" for name in changed[1] + changed[2]]
        + [f"{name}: missing" for name in expected - actual]
        + [f"{name}: no longer generated" for name in actual - expected]
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="name the stale files instead of writing")
    options = parser.parse_args(arguments)
    # Inside the project, so that the last step is a rename within one file system.
    with tempfile.TemporaryDirectory(prefix=".generate-", dir=ROOT) as folder:
        fresh = Path(folder) / "_generated"
        try:
            warnings = build(fresh)
        except GenerateError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        for warning in warnings:
            print(f"warning: {warning}", file=sys.stderr)
        if options.check:
            stale = differences(fresh, TARGET)
            for line in stale:
                print(f"stale: {TARGET.relative_to(ROOT).as_posix()}/{line}", file=sys.stderr)
            if stale:
                print("run `make generate` and commit what it writes", file=sys.stderr)
            return 1 if stale else 0
        if TARGET.exists():
            TARGET.rename(Path(folder) / "replaced")
        fresh.rename(TARGET)
    print(f"generated {len(list(TARGET.rglob('*.py')))} modules from {SCHEMA.name} into {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
