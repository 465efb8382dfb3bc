"""Write `api-surface.txt`: all that a caller of the package can name, one fact a line, for diffs that can be read.

    python scripts/surface.py           rewrite the file
    python scripts/surface.py --check   write nothing; exit with 1 when it is stale

The facts are those of the imported package: names, parameters with their types and defaults, fields of the models, keys
of the TypedDicts. A change of a docstring changes nothing here.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import functools
import importlib
import inspect
import operator
import pkgutil
import re
import subprocess
import sys
import textwrap
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import attrs

ROOT = Path(__file__).resolve().parent.parent
SURFACE = ROOT / "api-surface.txt"
PACKAGE = "baseten_messages_client"
PROTOCOLS = frozenset({"__aenter__", "__aiter__", "__anext__", "__call__", "__enter__", "__iter__", "__next__"})
HEADER = "# The public surface of baseten_messages_client. Written by `make generate`; do not edit.\n"


def surface_of(folder: Path) -> str:
    """Return the text for the package that lies in `folder`, imported by a fresh interpreter."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import surface; sys.stdout.write(surface.describe())"
    command = [sys.executable, "-B", "-X", "utf8", "-c", code]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ImportError(f"{PACKAGE} cannot be imported: {done.stderr.strip().splitlines()[-1]}\n{done.stderr}")
    return done.stdout


def describe() -> str:
    """Return the text for the package that this interpreter imports."""
    seen: dict[int, str] = {}
    lines: set[str] = set()
    for module, name, value in _public_names():
        path = f"{module}.{name}".lstrip(".")
        if id(value) in seen and isinstance(value, (type, Callable)):  # type: ignore[arg-type]
            lines.add(f"{path}: the same as {seen[id(value)]}")
            continue
        seen[id(value)] = path
        lines.update(_facts(path, value))
    lines.update(_options(lines))
    lines.update(_directions(sys.modules[f"{PACKAGE}.models"]))
    return HEADER + "".join(f"{line}\n" for line in sorted(lines))


def _public_names() -> Iterator[tuple[str, str, Any]]:
    package = importlib.import_module(PACKAGE)
    found = pkgutil.iter_modules(package.__path__)
    modules = ["", *sorted(info.name for info in found if not (info.ispkg and info.name.startswith("_")))]
    for name in modules:
        module = importlib.import_module(f"{PACKAGE}.{name}".rstrip("."))
        listed = getattr(module, "__all__", None)
        if name.startswith("_") and listed is None:  # A private module that lists names makes what others return.
            continue
        for attribute in sorted(listed or vars(module)):
            value = getattr(module, attribute)
            if listed is not None or _is_own(attribute, value):
                yield name, attribute, value


def _options(lines: set[str]) -> set[str]:
    """Describe the private TypedDicts whose keys are keywords of public functions."""
    private = (info for info in pkgutil.iter_modules(importlib.import_module(PACKAGE).__path__) if info.name[0] == "_")
    facts: dict[str, set[str]] = {}
    for info in private:
        module = importlib.import_module(f"{PACKAGE}.{info.name}")
        for name, value in vars(module).items():
            if typing.is_typeddict(value) and value.__module__ == module.__name__:
                facts[name] = set(_facts(f"{info.name}.{name}", value))
    found: set[str] = set()
    wanted = set(re.findall(r"Unpack\[(\w+)\]", "\n".join(lines)))
    while wanted:
        more = facts.get(wanted.pop(), set()) - found
        found |= more
        wanted.update(re.findall(r"\w+", " ".join(more)))
    return found


def _is_own(name: str, value: Any) -> bool:
    """Tell a name of a module without `__all__` from what it imported."""
    if name.startswith("_") or isinstance(value, ModuleType):
        return False
    if isinstance(value, type) or inspect.isfunction(value):
        return value.__module__.startswith(PACKAGE) and value.__name__ == name
    return typing.get_origin(value) is not None and not isinstance(value, typing._GenericAlias)  # type: ignore[attr-defined]


def _facts(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, ModuleType):
        yield f"{path}: module"
    elif typing.is_typeddict(value):
        bases = _typed_dict_bases(value)
        inherited = {key for base in bases.values() for key in base.__annotations__}
        yield f"{path}: TypedDict({', '.join(bases)})"
        for key, annotation in value.__annotations__.items():
            if key in inherited:
                continue
            text, optional = re.subn(r"^NotRequired\[(.*)\]$", r"\1", _type(annotation), flags=re.DOTALL)
            optional = optional or key in value.__optional_keys__
            yield f'{path}["{key}"]: {"optional" if optional else "required"}, {text}'
    elif isinstance(value, type):
        yield from _class_facts(path, value)
    elif inspect.isfunction(value):
        yield from _function_facts(path, value)
    elif typing.get_origin(value) is not None:
        yield f"{path}: type, {_type(value)}"
    else:
        yield f"{path}: {type(value).__name__}"


def _typed_dict_bases(cls: Any) -> dict[str, Any]:
    """Return the bases of a TypedDict, which forgets them, by the names in its source."""
    try:
        definition = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    except (OSError, SyntaxError):  # Made by a call of TypedDict.
        return {}
    module = sys.modules[cls.__module__]
    names = [ast.unparse(base) for base in definition.bases] if isinstance(definition, ast.ClassDef) else []
    return {name: operator.attrgetter(name)(module) for name in names if name != "TypedDict"}


def _class_facts(path: str, cls: type) -> Iterator[str]:
    # A private base of ours is an implementation detail: what it defines counts as the class's own.
    own = [
        base for base in cls.__mro__ if base is cls or (base.__module__.startswith(PACKAGE) and base.__name__[0] == "_")
    ]
    bases = [base.__name__ for base in cls.__bases__ if base not in own and base is not object]
    yield f"{path}: class({', '.join(bases)})"
    fields = attrs.fields_dict(cls) if attrs.has(cls) else {}
    inherited = {name for base in cls.__bases__ if attrs.has(base) for name in attrs.fields_dict(base)}
    for name, field in fields.items():
        if not name.startswith("_") and name not in inherited:
            default = "" if field.default is attrs.NOTHING else f" = {_default(field.default)}"
            yield f"{path}.{name}: {'field' if field.init else 'attribute'}, {_type(field.type)}{default}"
    # The methods of the generated models are the same for all, and so not worth a line each.
    generated = "._generated." in cls.__module__
    members = {name: member for base in reversed(own) for name, member in vars(base).items() if not generated}
    for name, member in members.items():
        if name in fields or (name.startswith("_") and name not in PROTOCOLS and (fields or name != "__init__")):
            continue
        plain = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
        if name == "__init__" and inspect.isfunction(plain):
            yield from _function_facts(path, plain, method=True, constructor=True)
            yield from _assigned_facts(path, plain)
        elif inspect.isfunction(plain):
            yield from _function_facts(f"{path}.{name}", plain, method=not isinstance(member, staticmethod))
        elif isinstance(plain, (property, functools.cached_property)):
            getter = plain.func if isinstance(plain, functools.cached_property) else plain.fget
            yield f"{path}.{name}: property, {_type(getattr(getter, '__annotations__', {}).get('return'))}"
    for base in own:
        for name, annotation in inspect.get_annotations(base).items():
            if name not in fields and not name.startswith("_"):
                yield f"{path}.{name}: attribute, {_type(annotation)}"


def _assigned_facts(path: str, constructor: FunctionType) -> Iterator[str]:
    """Name the attributes that a constructor takes over from its parameters."""
    if not Path(constructor.__code__.co_filename).is_file():  # Made by dataclasses, whose fields have annotations.
        return
    types = inspect.signature(constructor).parameters
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(constructor)))):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Attribute) and target.attr[0] != "_" and ast.unparse(target.value) == "self":
                known = types[target.attr].annotation if target.attr in types else inspect.Parameter.empty
                yield f"{path}.{target.attr}: attribute, {_type(known)}"


def _function_facts(
    path: str, function: Callable[..., Any], method: bool = False, constructor: bool = False
) -> Iterator[str]:
    overloads = typing.get_overloads(function)
    for number, one in enumerate(overloads or [function], 1):
        label = f"{path}[{number}]" if overloads else path
        signature = inspect.signature(one)
        kind = "async function" if inspect.iscoroutinefunction(one) else "function"
        if not constructor:
            yield f"{label}(): {kind}, {_type(signature.return_annotation)}"
        for parameter in list(signature.parameters.values())[1 if method else 0 :]:
            stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(parameter.kind.name, "")
            how = {"POSITIONAL_ONLY": "positional", "KEYWORD_ONLY": "keyword"}.get(parameter.kind.name, "any")
            default = "" if parameter.default is parameter.empty else f" = {_default(parameter.default)}"
            yield f"{label}({stars}{parameter.name}): {how}, {_type(parameter.annotation)}{default}"


def _type(annotation: Any) -> str:
    if annotation is inspect.Parameter.empty or annotation is None:
        return "None" if annotation is None else "Any"
    text = getattr(annotation, "__forward_arg__", annotation)
    text = text if isinstance(text, str) else inspect.formatannotation(annotation)
    text = re.sub(r"ForwardRef\('([^']*)'[^)]*\)", r"\1", text)
    text = re.sub(rf"\b{PACKAGE}\._generated\.models\.\w+\.", "models.", text)
    text = re.sub(rf"\b(?:typing|collections\.abc|builtins)\.|\b{PACKAGE}\.[\w.]+\.", "", text)
    return ast.unparse(_Bars().visit(ast.parse(text.strip(), mode="eval")))


class _Bars(ast.NodeTransformer):
    """Write `Union[A, B]` and `Optional[A]` with bars, whichever way Python shows a union."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        name = ast.unparse(node.value)
        if name not in ("Union", "Optional"):
            return node
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        parts = [*parts, ast.Constant(None)] if name == "Optional" else parts
        return functools.reduce(lambda left, right: ast.BinOp(left, ast.BitOr(), right), parts)


def _default(value: Any) -> str:
    return "..." if " at 0x" in repr(value) or isinstance(value, attrs.Factory) else repr(value)  # type: ignore[arg-type]


def _directions(models: ModuleType) -> Iterator[str]:
    """Say of each model whether callers send it, receive it, or both: it decides which changes break them."""
    words = {}
    for name in models.__all__:
        value = getattr(models, name)
        types = [str(field.type) for field in attrs.fields(value)] if attrs.has(value) else [_type(value)]
        words[name] = set(re.findall(r"\w+", " ".join(types)))

    def reachable(names: set[str]) -> set[str]:
        found = names & set(words)
        while more := {word for name in found for word in words[name] if word in words} - found:
            found |= more
        return found

    sent = reachable({"MessagesRequest"})
    received = reachable(set(words) - sent)
    for name in words:
        yield f"models.{name} is {' and '.join(['sent'] * (name in sent) + ['received'] * (name in received))}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail when the file is stale instead of writing it")
    options = parser.parse_args(arguments)
    try:
        fresh = surface_of(ROOT)
    except ImportError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    present = SURFACE.read_text(encoding="utf-8") if SURFACE.exists() else ""
    if not options.check:
        SURFACE.write_text(fresh, encoding="utf-8")
        return 0
    for line in difflib.unified_diff(present.splitlines(), fresh.splitlines(), lineterm="", n=0):
        if line[0] in "+-" and line[:3] not in ("+++", "---"):
            print(f"stale: {SURFACE.name}: {line}", file=sys.stderr)
    if fresh != present:
        print("run `make generate` and commit what it writes", file=sys.stderr)
    return int(fresh != present)


if __name__ == "__main__":
    sys.exit(main())
