"""Run datamodel-code-generator: TypedDicts of what a caller may pass, each interchangeable with its model."""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datamodel_code_generator.__main__ import main
from jsonpath_rfc9535 import find
from openapi_python_client.strings import snake_case

from .aliases import known_values, open_string
from .collisions import refuse
from .document import reachable, references, referred_name
from .errors import GenerateError, shortened
from .naming import named_properties

OPTIONS = (
    "--input-file-type=openapi --output-model-type=typing.TypedDict --target-python-version=3.11 "
    "--use-union-operator --use-standard-collections --use-generic-container-types --enum-field-as-literal=all "
    "--use-schema-description --use-field-description --use-single-line-docstring --use-double-quotes "
    "--no-use-closed-typed-dict --keep-model-order --disable-timestamp --ignore-pyproject --formatters=ruff-format"
)


_UNSET = {"customTypePath": "types.Unset"}


def write_params(document: dict[str, Any], header: str, output: Path, scratch: Path) -> None:
    """Write `params.py` and `model_aliases.py` into the folder `output`."""
    document = copy.deepcopy(document)
    schemas: dict[str, Any] = document["components"]["schemas"]
    wanted = request_names(document)
    # A schema that others refer to stays interchangeable with its model, even if an operation takes it as a body.
    requests = [name for name in wanted if name not in set(references(schemas))]
    # The keys of a request are keywords of `create`, so they have their Python names. All others are those of the wire.
    named_properties({"components": {"schemas": {name: schemas[name] for name in requests}}})
    reached = reachable(document, [{"$ref": f"#/components/schemas/{name}"} for name in wanted])
    request = {name: schema for name, schema in schemas.items() if name in reached}
    models = [name for name in request if name not in requests and (output / f"models/{snake_case(name)}.py").exists()]
    for name in models:
        for taken in {f"Any{name}", f"{name}Model"} & request.keys():
            refuse(taken, f"`params` has this name for the model of {name}")
    open_strings = known_values(request)
    for name in requests:
        _accept_none(request[name])
    _accept_models(request, set(models))
    request.update(_pairs(request, models))
    source = scratch / "params.json"
    source.write_text(json.dumps({**document, "paths": {}, "components": {"schemas": request}}), encoding="utf-8")
    # The aliases are needed because the TypedDicts and the models have the same names.
    aliases = [f"from .models.{snake_case(name)} import {name} as {name}Model\n" for name in models]
    exported = "".join(f'    "{name}Model",\n' for name in models)
    (output / "model_aliases.py").write_text(f"{''.join(aliases)}\n__all__ = [\n{exported}]\n", encoding="utf-8")
    files = ["--input", str(source), "--output", str(output / "params.py"), "--custom-file-header", header.rstrip()]
    stderr = io.StringIO()
    with contextlib.redirect_stderr(stderr):
        try:
            code = main([*files, *OPTIONS.split()])
        except Exception as error:  # Other errors of the generator come as text and a code.
            raise GenerateError(f"datamodel-code-generator fails: {shortened(error)}") from error
    if code:
        reason = stderr.getvalue().strip().splitlines() or [f"code {code}"]
        raise GenerateError(f"datamodel-code-generator fails: {shortened(reason[-1])}")
    text = (output / "params.py").read_text(encoding="utf-8")
    for name, values in open_strings.items():
        text = text.replace(f"{name}: TypeAlias = str\n", open_string(name, values))
    text = text.replace("from model_aliases import", "from .model_aliases import")
    text = text.replace("from types import Unset", "from .types import Unset")
    # A string is a sequence of strings, but not a list of them.
    text = text.replace("Sequence[str]", "list[str] | tuple[str, ...]")
    # `create(stream=True, **fields)` would be Any to mypy if a field's type had Any in it.
    # The generator writes `Any_aliased` if a field is called `Any`.
    text = re.sub(r"Mapping\[str, Any(?:_aliased)?\]", "Mapping[str, object]", text)
    exported = ", ".join(f'"{name}"' for name in sorted(_defined_names(text)))
    text = re.sub(
        r"^from typing import (\(?)", r"from typing import \1TYPE_CHECKING, ", text, count=1, flags=re.MULTILINE
    )
    text += f"\n__all__ = [{exported}]\n"
    (output / "params.py").write_text(text, encoding="utf-8")


def request_names(document: dict[str, Any]) -> list[str]:
    """Return the names of the schemas that callers fill in: the bodies of operations, and those marked for it."""
    bodies = find("$.paths.*.*.requestBody.content.*.schema", document).values()
    names = {referred_name(body) for body in bodies}
    schemas: dict[str, Any] = document["components"]["schemas"]
    return [name for name, schema in schemas.items() if name in names or schema.get("x-request") is True]


def _defined_names(text: str) -> Iterator[str]:
    """Yield the names of the TypedDicts and of their unions in the module."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield ast.unparse(node.targets[0])


def _accept_none(request: dict[str, Any]) -> None:
    """Accept None and UNSET for the optional fields of a request. The client does not send them."""
    for name, schema in request.get("properties", {}).items():
        if name not in request.get("required", []) and isinstance(schema, dict):
            texts = {"description": schema.pop("description")} if "description" in schema else {}
            request["properties"][name] = {**texts, "anyOf": [schema, {"type": "null"}, _UNSET]}


def _accept_models(node: Any, models: set[str]) -> None:
    """Accept the model wherever its TypedDict is accepted.

    In a union, `TextBlock` becomes `TextBlock | TextBlockModel`. Elsewhere it becomes `AnyTextBlock`, its alias.
    """
    for value in list(node.values() if isinstance(node, dict) else node):
        name = referred_name(value)
        if name in models:
            if isinstance(node, list) and node[1:] != [{"type": "null"}, _UNSET]:
                node.append(_model(name))
            else:
                value["$ref"] = f"#/components/schemas/Any{name}"
        elif isinstance(value, (dict, list)):
            _accept_models(value, models)


def _pairs(request: dict[str, Any], models: list[str]) -> dict[str, Any]:
    """Return the unions of a TypedDict and its model that the request refers to."""
    used = reachable({"components": {"schemas": {}}}, request)
    return {
        f"Any{name}": {
            "description": f"`{name}` as a dict or as a model.",
            "anyOf": [{"$ref": f"#/components/schemas/{name}"}, _model(name)],
        }
        for name in models
        if f"Any{name}" in used
    }


def _model(name: str) -> dict[str, str]:
    return {"customTypePath": f"model_aliases.{name}Model"}
