"""Run openapi-python-client: attrs models, and the bare client of one endpoint."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import re
import shlex
import subprocess
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
import jinja2.filters
import openapi_python_client.strings
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from .aliases import FUTURE, write_aliases
from .bases import add_bases
from .errors import GenerateError, shortened
from .naming import named_properties
from .open_choices import open_choices
from .responses import fill_holes
from .wire_names import restore_keys, write_wire_names

CONSEQUENCE = "Could not find reference in parsed models"
NEW_MODEL = re.compile(r"^        (\w+) = cls\(", re.MULTILINE)
# The name of the class itself comes last in a union, after Unset, which is last in all others.
UNSET_BEFORE_ITSELF = re.compile(r"\bUnset \| ((?!None\b)[\w'\"]+)")
UNKNOWN_CLASS = re.compile(r"^class Unknown", re.MULTILINE)
SUBSCRIPTS = re.compile(r"    def __(?:getitem|contains)__\(self, key: str\).*\n        return .*\n")


def write_models(
    document: dict[str, Any], overlay: dict[str, Any], config_path: Path, output: Path, scratch: Path
) -> None:
    """Write the models of a document into the new folder `output`. The overlay names their base classes."""
    document = copy.deepcopy(document)
    renamed = named_properties(document)
    source = scratch / "models.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    # `block.type` and `block.input` are what users of the Messages format write. The generator would write `type_` and
    # `input_`, to spare two builtins that the generated code never calls.
    openapi_python_client.strings.RESERVED_WORDS = openapi_python_client.strings.RESERVED_WORDS - {"type", "input"}
    jinja2.filters.FILTERS["sort"] = _stable_sort
    try:
        config_file = ConfigFile.load_from_path(config_path)
    except Exception as error:
        raise GenerateError(f"{config_path.name}: {error}") from error
    hooks = config_file.post_hooks or []
    config_file.post_hooks = []  # They run at the end, on what the steps below make of the models.
    config = Config.from_sources(config_file, MetaType.NONE, source, "utf-8", overwrite=True, output_path=output)
    with contextlib.redirect_stdout(io.StringIO()):  # It announces the scratch folder.
        try:
            errors = generate(config=config)
        except Exception as error:  # It lets any error through that it does not expect.
            raise GenerateError(
                f"openapi-python-client fails with {type(error).__name__}: {shortened(error)}"
            ) from error
    if errors:  # Warnings too: a warning here means that a part of the schema was left out.
        # What refers to a schema that failed fails too, and says less.
        first = next((error for error in errors if CONSEQUENCE not in str(error.detail)), errors[0])
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise GenerateError(f"openapi-python-client: {shortened(first.header)}: {shortened(first.detail)}{more}")
    for path in (output / "models").glob("*.py"):
        text = _free_variable(_hide_subscripts(path.read_text(encoding="utf-8")))
        text = UNSET_BEFORE_ITSELF.sub(r"\1 | Unset", text)
        if "cls: type[T]" in text:  # In a class with the field `type`, mypy would take that name for the field.
            text = text.replace("cls: type[T]", "cls: builtins.type[T]")
            text = text.replace(FUTURE, f"{FUTURE}import builtins\n", 1)
        path.write_text(text, encoding="utf-8")
    write_aliases(document, output)
    fill_holes(document, output)
    open_choices(document, output)
    add_bases(overlay, output)
    restore_keys(renamed, output)
    write_wire_names(output)
    for hook in hooks:
        done = subprocess.run(shlex.split(hook), cwd=output, capture_output=True, text=True, check=False)
        if done.returncode:
            raise GenerateError(f"{hook}: {done.stderr or done.stdout}")


@jinja2.pass_environment
def _stable_sort(environment: jinja2.Environment, values: Iterable[Any], *options: Any, **more: Any) -> list[Any]:
    """Sort as jinja does, without regard to case, but give names that differ only in case the same order each time."""
    return jinja2.filters.do_sort(environment, sorted(values, key=str), *options, **more)


def _free_variable(text: str) -> str:
    """Give another name to the variable of the new model in `from_dict`, if a field of the class has the same name."""
    name = NEW_MODEL.search(text)
    if name is None or not re.search(rf"^    {name[1]}: ", text, re.MULTILINE):
        return text
    return re.sub(
        rf"^        (return )?{name[1]}(?= = cls\(|\.additional_properties = |$)",
        r"        \1_new",
        text,
        flags=re.MULTILINE,
    )


def _hide_subscripts(text: str) -> str:
    """Hide `model["key"]` from type checkers, except on the models of unknown types.

    It reads only what the schema does not know, so that `block["text"]` fails although `block.text` exists.
    """
    if not SUBSCRIPTS.search(text) or UNKNOWN_CLASS.search(text):
        return text
    text = SUBSCRIPTS.sub(lambda methods: f"    if not TYPE_CHECKING:\n{textwrap.indent(methods[0], '    ')}", text)
    return text.replace(FUTURE, f"{FUTURE}from typing import TYPE_CHECKING\n", 1)
