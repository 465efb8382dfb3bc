"""Write annotations and defaults the same way on every Python."""

from __future__ import annotations

import ast
import functools
import inspect
import re
from typing import Any

import attrs

from schema.paths import PACKAGE


def type_text(annotation: Any) -> str:
    """Write an annotation with short names and with bars for unions."""
    if annotation is inspect.Parameter.empty:
        return "Any"
    text = getattr(annotation, "__forward_arg__", annotation)
    if not isinstance(text, str):
        text = "None" if annotation is None else inspect.formatannotation(annotation)
    text = re.sub(r"ForwardRef\('([^']*)'[^)]*\)", r"\1", text)
    text = re.sub(rf"\b{PACKAGE}\._generated\.models\.\w+\.", "models.", text)
    text = re.sub(rf"\b(?:typing|collections\.abc|builtins)\.|\b{PACKAGE}\.[\w.]+\.", "", text)
    return ast.unparse(_Bars().visit(ast.parse(text.strip(), mode="eval")))


def default_text(value: Any) -> str:
    """Write a default, or `...` where its text would differ from run to run."""
    return "..." if " at 0x" in repr(value) or isinstance(value, attrs.Factory) else repr(value)  # type: ignore[arg-type]


class _Bars(ast.NodeTransformer):
    """Write `Union[A, B]` and `Optional[A]` with bars, because some versions of Python show unions that way."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        name = ast.unparse(node.value)
        if name not in ("Union", "Optional"):
            return node
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        parts = [*parts, ast.Constant(None)] if name == "Optional" else parts
        return functools.reduce(lambda left, right: ast.BinOp(left, ast.BitOr(), right), parts)
