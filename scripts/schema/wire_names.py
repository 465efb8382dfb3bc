"""Keep the keys of the wire: note which attributes have other names, and write the vendor's keys into renamed ones."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from openapi_python_client.strings import snake_case


def restore_keys(renamed: dict[str, dict[str, str]], output: Path) -> None:
    """Write the keys of the wire into the models whose properties the overlay renamed."""
    for schema, keys in renamed.items():
        path = output / "models" / f"{snake_case(schema)}.py"
        text = path.read_text(encoding="utf-8")
        for python_name, key in keys.items():
            text = text.replace(f'"{python_name}"', json.dumps(key, ensure_ascii=False))
        path.write_text(text, encoding="utf-8")


def write_wire_names(output: Path) -> None:
    """Write `wire_names.py`: for each model, the attributes that are not called what the wire calls them."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((output / "models").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                others = {name: key for name, key in _keys(node) if name != key}
                found.update({node.name: others} if others else {})
    text = (
        f"WIRE_NAMES: dict[str, dict[str, str]] = {found!r}\n"
        '"""For each model, the keys on the wire of the attributes that have other names."""\n'
    )
    (output / "wire_names.py").write_text(text, encoding="utf-8")


def _keys(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield each attribute that `to_dict` writes, with its key."""
    for function in model.body:
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) and function.name == "to_dict" else ():
            match node:
                # The entries of a map have variables for keys, not constants.
                case ast.Assign(
                    targets=[ast.Subscript(ast.Name("field_dict"), ast.Constant(str(key)))], value=ast.Name(name)
                ):
                    yield name, key
                case ast.Call(func=ast.Attribute(ast.Name("field_dict"), "update"), args=[ast.Dict() as new]):
                    for constant, value in zip(new.keys, new.values, strict=True):
                        if isinstance(constant, ast.Constant) and isinstance(value, ast.Name):
                            yield value.id, str(constant.value)
