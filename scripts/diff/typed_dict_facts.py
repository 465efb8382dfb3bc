"""Describe a TypedDict by its source: at run time, the class keeps neither its bases nor the names of aliases."""

from __future__ import annotations

import ast
import inspect
import operator
import re
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

from .annotation_text import type_text


def typed_dict_facts(path: str, cls: Any) -> Iterator[str]:
    """Describe a TypedDict and the keys that it adds to those of its bases."""
    definition = _definition(cls)
    bases = _bases(cls, definition) if definition else {}
    yield f"{path}: TypedDict({', '.join(bases)})"
    inherited = {key for base in bases.values() for key in base.__annotations__}
    annotations = cls.__annotations__ if definition else {**cls.__annotations__, **_called_annotations(cls)}
    for key, annotation in annotations.items():
        if key not in inherited:
            text, unwrapped = re.subn(r"^NotRequired\[(.*)\]$", r"\1", type_text(annotation), flags=re.DOTALL)
            how = "optional" if unwrapped or key in cls.__optional_keys__ else "required"
            yield f'{path}["{key}"]: {how}, {text}'


def _definition(cls: Any) -> ast.ClassDef | None:
    """Return the class statement, or nothing if the TypedDict was made by a call."""
    try:
        (node,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    except (OSError, SyntaxError, ValueError):
        return None
    return node if isinstance(node, ast.ClassDef) else None


def _bases(cls: Any, definition: ast.ClassDef) -> dict[str, Any]:
    """Return the bases by their names in the source."""
    names = [ast.unparse(base) for base in definition.bases]
    module = sys.modules[cls.__module__]
    return {name: operator.attrgetter(name)(module) for name in names if name != "TypedDict"}


def _called_annotations(cls: Any) -> dict[str, str]:
    """Return the annotations as written in `X = TypedDict("X", {...})`."""
    module = sys.modules[cls.__module__]
    try:
        body = ast.parse(inspect.getsource(module)).body
    except (OSError, TypeError):
        return {}
    for node in body:
        value = node.value if isinstance(node, ast.Assign) else None
        if isinstance(value, ast.Call) and len(value.args) == 2 and isinstance(value.args[1], ast.Dict):
            name, keys = value.args[0], value.args[1]
            if isinstance(name, ast.Constant) and name.value == cls.__name__:
                pairs = zip(keys.keys, keys.values, strict=True)
                return {str(key.value): _text(text) for key, text in pairs if isinstance(key, ast.Constant)}
    return {}


def _text(annotation: ast.expr) -> str:
    return ast.unparse(_Unquoted().visit(annotation))


class _Unquoted(ast.NodeTransformer):
    """Write quoted annotations without the quotes. The values of a `Literal` are not annotations."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.parse(node.value, mode="eval").body if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return node if ast.unparse(node.value).rpartition(".")[2] == "Literal" else self.generic_visit(node)
