"""Compare annotations as text: does one type accept everything that another accepts?"""

from __future__ import annotations

import ast

# A value of the types on the right may be used where the type on the left is expected.
_WIDER = {"float": {"int"}, "complex": {"int", "float"}, "Mapping": {"dict"}, "Sequence": {"list", "tuple"}}


def covers(wide: str, narrow: str, open_unions: bool = False) -> bool:
    """Return whether every value of the type `narrow` is also one of the type `wide`.

    With `open_unions`, a union with an `Unknown…` class accepts any class, because its readers have to expect new ones.
    """
    try:
        return _covers(ast.parse(wide, mode="eval").body, ast.parse(narrow, mode="eval").body, open_unions)
    except SyntaxError:
        return wide == narrow


def split_union(text: str) -> list[str]:
    """Return the parts of a union in a text. Text that is not a type is one part."""
    try:
        return [ast.unparse(part) for part in members(ast.parse(text, mode="eval").body)]
    except (SyntaxError, ValueError):
        return text.split(" | ")


def members(node: ast.expr) -> list[ast.expr]:
    """Return the parts of a union. Each value of a Literal is a separate part."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return members(node.left) + members(node.right)
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        return [ast.Subscript(value=node.value, slice=value, ctx=node.ctx) for value in _items(node)]
    return [node]


def _covers(wide: ast.expr, narrow: ast.expr, open_unions: bool) -> bool:
    wide_parts = members(wide)
    is_open = open_unions and any(_name(part).startswith("Unknown") for part in wide_parts)
    return all(
        any(_part_covers(part, wanted, open_unions) for part in wide_parts) or (is_open and _is_class(wanted))
        for wanted in members(narrow)
    )


def _part_covers(wide: ast.expr, narrow: ast.expr, open_unions: bool) -> bool:
    if ast.unparse(wide) == ast.unparse(narrow) or _name(wide) in ("Any", "object"):
        return True
    if isinstance(narrow, ast.Subscript) and _name(narrow) == "Literal" and isinstance(narrow.slice, ast.Constant):
        return _name(wide) == type(narrow.slice.value).__name__
    is_wider = _name(narrow) in _WIDER.get(_name(wide), ())
    if not isinstance(narrow, ast.Subscript):
        return is_wider
    if not isinstance(wide, ast.Subscript) or not (is_wider or _name(wide) == _name(narrow)):
        return False
    inner = [_items(wide), _items(narrow)]
    return len(inner[0]) == len(inner[1]) and all(_covers(a, b, open_unions) for a, b in zip(*inner, strict=True))


def _items(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _name(node: ast.expr) -> str:
    return ast.unparse(node.value if isinstance(node, ast.Subscript) else node).rpartition(".")[2]


def _is_class(node: ast.expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute)) and _name(node)[0].isupper() and _name(node) != "Unset"
