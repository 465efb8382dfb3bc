"""Run openapi-python-client: attrs models, and the bare client of one endpoint."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

import openapi_python_client.strings
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from .aliases import write_aliases
from .errors import GenerateError
from .responses import fill_holes


def write_models(document: dict[str, Any], config_path: Path, output: Path, scratch: Path) -> None:
    """Write the models of a document into the new folder `output`."""
    source = scratch / "models.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    # `block.type` and `block.input` are what users of the Messages format write. The generator would write `type_` and
    # `input_`, to spare two builtins that the generated code never calls.
    openapi_python_client.strings.RESERVED_WORDS = openapi_python_client.strings.RESERVED_WORDS - {"type", "input"}
    try:
        config_file = ConfigFile.load_from_path(config_path)
    except Exception as error:
        raise GenerateError(f"{config_path.name}: {error}") from error
    hooks = config_file.post_hooks or []
    config_file.post_hooks = []  # They run at the end, on what the steps below make of the models.
    config = Config.from_sources(config_file, MetaType.NONE, source, "utf-8", overwrite=True, output_path=output)
    with contextlib.redirect_stdout(io.StringIO()):  # It announces the scratch folder.
        errors = generate(config=config)
    if errors:  # Warnings too: a warning here means that a part of the schema was left out.
        raise GenerateError("\n".join(f"openapi-python-client: {e.header}: {e.detail or ''}".strip() for e in errors))
    for path in (output / "models").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "cls: type[T]" in text:  # In a class with the field `type`, mypy would take that name for the field.
            text = text.replace("cls: type[T]", "cls: builtins.type[T]")
            path.write_text(text.replace("annotations\n", "annotations\n\nimport builtins", 1), encoding="utf-8")
    write_aliases(document, output)
    fill_holes(document, output)
    for hook in hooks:
        done = subprocess.run(shlex.split(hook), cwd=output, capture_output=True, text=True, check=False)
        if done.returncode:
            raise GenerateError(f"{hook}: {done.stderr or done.stdout}")
