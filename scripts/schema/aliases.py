"""Give names to what openapi-python-client writes out in full: unions of models, and open strings.

Two files are written. `unions.py` has a type alias for each union of the schema, such as `ContentBlock`.
`open_strings.py` has an alias for each string that the overlay marks with `x-known-elsewhere`: any string at run time,
and for type checkers a `Literal` of the values that the wider format knows. The fields of the models are then annotated
with these names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openapi_python_client.strings import ClassName

from .document import at, referred_name

OPEN_MARK = "x-known-elsewhere"
FUTURE = "from __future__ import annotations\n"

OPEN_STRING = """if TYPE_CHECKING:
    {name}: TypeAlias = Literal[{values}]
else:
    {name}: TypeAlias = str
"""


def write_aliases(document: dict[str, Any], output: Path) -> None:
    """Write both files into the generated folder `output` and shorten the annotations of its models."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((output / "models").glob("*.py"))}
    open_strings = known_values(schemas)
    named = _defined_models(output) | open_strings.keys()
    unions = {class_name(name): members for name in schemas if (members := union_members(name, schemas, named))}
    unions |= _unions_in_fields(schemas, texts.values(), unions, named)
    _write_unions(unions, set(open_strings), schemas, output)
    _write_open_strings(open_strings, schemas, output)
    names = _Names(schemas, unions, open_strings)
    for path, text in texts.items():
        path.write_text(names.shorten(text), encoding="utf-8")


def class_name(name: str) -> str:
    """Return the name that the generator gives the class of a schema."""
    return str(ClassName(name, ""))


def union_members(name: str, schemas: dict[str, Any], models: set[str]) -> list[str]:
    """Return the names of the classes in a union, or nothing if it is not a union of models."""
    schema = schemas[name]
    members = [class_name(referred_name(member)) for key in ("anyOf", "oneOf") for member in schema.get(key, [])]
    return members if models.issuperset(members) else []


def _unions_in_fields(
    schemas: dict[str, Any], texts: Iterable[str], named: Iterable[str], models: set[str]
) -> dict[str, list[str]]:
    """Return the unions that have members without a name, from the fields of these types."""
    found: dict[str, list[str]] = {}
    owners = {class_name(name): schema for name, schema in schemas.items()}
    for owner, field, annotation in (annotated for text in texts for annotated in _fields(text)):
        name = class_name(referred_name(at(owners, owner, "properties", field)))
        members = [ast.unparse(part) for part in _union_parts(annotation)]
        members = [member for member in members if member not in ("None", "Unset")]
        if name in owners and name not in named and len(members) > 1 and models.issuperset(members):
            found[name] = members
    return found


def _defined_models(output: Path) -> set[str]:
    text = (output / "models" / "__init__.py").read_text(encoding="utf-8")
    return {name.name for node in ast.parse(text).body if isinstance(node, ast.ImportFrom) for name in node.names}


def known_values(schemas: dict[str, Any]) -> dict[str, list[str]]:
    """Return each open string with the values that the wider format knows, less those that the schema itself knows.

    The schema knows constants of the field `type`, if the open string is one of these fields, and otherwise its enums.
    """
    types = [at(schema, "properties", "type") for schema in schemas.values()]
    open_types = {referred_name(node) for node in types}
    constants = {at(node, "const") for node in types}
    constants |= {value for node in types for value in at(node, "enum") or []}
    values = {value for schema in schemas.values() for value in schema.get("enum", [])}
    return {
        name: [value for value in schema[OPEN_MARK] if value not in (constants if name in open_types else values)]
        or ["unknown"]
        for name, schema in schemas.items()
        if OPEN_MARK in schema
    }


def open_string(name: str, values: list[str]) -> str:
    """Return the code of the alias for an open string."""
    return OPEN_STRING.format(name=name, values=", ".join(map(repr, values)))


def _write_unions(unions: dict[str, list[str]], open_strings: set[str], schemas: dict[str, Any], output: Path) -> None:
    descriptions = {class_name(name): schema.get("description", "") for name, schema in schemas.items()}
    members = {member for members in unions.values() for member in members}
    exported = ", ".join(repr(name) for name in sorted(unions))
    imports = [f"from .models import {name}" for name in sorted(members - open_strings)]
    imports += [f"from .open_strings import {name}" for name in sorted(members & open_strings)]
    annotation = "" if unions else ": list[str]"
    lines = ["from typing import TypeAlias", "\n".join(imports), f"__all__{annotation} = [{exported}]"]
    for name, classes in sorted(unions.items()):
        lines.append(f"{name}: TypeAlias = {' | '.join(classes)}\n{_docstring(descriptions[name])}")
    (output / "unions.py").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _write_open_strings(open_strings: dict[str, list[str]], schemas: dict[str, Any], output: Path) -> None:
    text = "from typing import TYPE_CHECKING, Literal, TypeAlias\n"
    for name, values in sorted(open_strings.items()):
        text += f"\n{open_string(name, values)}{_docstring(schemas[name]['description'])}\n"
    (output / "open_strings.py").write_text(text, encoding="utf-8")


def _docstring(description: str) -> str:
    return f'"""{description}"""'


class _Names:
    """The aliases, with the types that the generator writes in their place."""

    def __init__(self, schemas: dict[str, Any], unions: dict[str, list[str]], open_strings: Iterable[str]) -> None:
        self._members = unions
        # The generator writes an open string as `str`, also in a union.
        self._open_strings = {name: ["str"] for name in open_strings}
        self._unions = {
            name: ["str" if member in self._open_strings else member for member in members]
            for name, members in unions.items()
        }
        self._properties = {class_name(name): at(schema, "properties") or {} for name, schema in schemas.items()}

    def shorten(self, text: str) -> str:
        """Return the module of a class with the aliases in the annotations of its fields."""
        used: set[str] = set()
        replaced: dict[str, str] = {}
        for owner, name, annotation in _fields(text):
            aliases = list(self._aliases(at(self._properties, owner, name)))
            before = ast.get_source_segment(text, annotation) or ""
            named = self._unions | self._open_strings
            after = _shortened(text, annotation, {alias: named[alias] for alias in aliases})
            if after != before:
                used.update(aliases)
                replaced[f"    {name}: {before}"] = f"    {name}: {after}"
                # The local functions of `from_dict` return the same type, and use it at run time.
                members = {member for alias in aliases for member in self._members.get(alias, [alias])}
                of_function = {member: ["str"] for member in members & self._open_strings.keys()}
                if of_function and before != "str":
                    used.update(of_function)
                    replaced[before] = _shortened(text, annotation, of_function)
        for before, after in replaced.items():
            text = text.replace(before, after)
        return self._import(text, used)

    def _import(self, text: str, used: set[str]) -> str:
        imports = "".join(f"from ..open_strings import {name}\n" for name in sorted(used & self._open_strings.keys()))
        unions = "".join(f"    from ..unions import {name}\n" for name in sorted(used - self._open_strings.keys()))
        if unions:  # For checkers only, since the module of the unions imports the models.
            imports += "from typing import TYPE_CHECKING\n"
            text = text.replace("T = TypeVar(", f"if TYPE_CHECKING:\n{unions}\nT = TypeVar(", 1)
        return text.replace(FUTURE, FUTURE + imports, 1)

    def _aliases(self, schema: Any) -> Iterator[str]:
        """Yield the aliases that a field's schema refers to, without entering other objects."""
        if not isinstance(schema, dict):
            return
        name = class_name(referred_name(schema)) if referred_name(schema) else ""
        if name in self._unions or name in self._open_strings:
            yield name
        elif not name:
            for part in (schema.get("items"), *schema.get("anyOf", []), *schema.get("oneOf", [])):
                yield from self._aliases(part)


def _fields(text: str) -> Iterator[tuple[str, str, ast.expr]]:
    """Yield the annotated fields of the classes in a module: the class, the field and its annotation."""
    for node in ast.parse(text).body:
        for field in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                yield node.name, field.target.id, field.annotation  # type: ignore[attr-defined]


def _shortened(text: str, annotation: ast.expr, names: dict[str, list[str]]) -> str:
    """Return an annotation in which the members of a union are replaced by its name."""
    parts = [_part(text, part, names) for part in _union_parts(annotation)]
    for name, members in names.items():
        if set(members) <= set(parts):
            first = min(parts.index(member) for member in members)
            parts[first] = name
            parts = [part for part in parts if part not in members]
    return " | ".join(parts)


def _union_parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_union_parts(node.left), *_union_parts(node.right)]
    return [node]


def _part(text: str, node: ast.expr, names: dict[str, list[str]]) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "list":
        return f"list[{_shortened(text, node.slice, names)}]"
    return ast.get_source_segment(text, node) or ast.unparse(node)
