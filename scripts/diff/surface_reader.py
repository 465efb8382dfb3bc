"""Read the public surface of the package: everything that a caller can name, one fact a line.

The facts come from the imported package: names, parameters with their types and defaults, fields of the models, keys of
the TypedDicts. Docstrings are not part of it.
"""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.resources
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import textwrap
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType, UnionType
from typing import Any

import attrs

from schema.document import reachable
from schema.paths import PACKAGE

from .annotation_text import default_text, type_text
from .typed_dict_facts import typed_dict_facts

PROTOCOLS = frozenset({"__aenter__", "__aiter__", "__anext__", "__call__", "__enter__", "__iter__", "__next__"})
HEADER = f"# The public surface of {PACKAGE}. Written by `make generate`; do not edit.\n"


def surface_of(root: Path) -> str:
    """Return the text for the package in the folder `root`, imported by a fresh interpreter."""
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); "
        "from diff.surface_reader import describe; sys.stdout.write(describe())"
    )
    command = [sys.executable, "-B", "-X", "utf8", "-c", code]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ImportError(f"{PACKAGE} cannot be imported: {done.stderr.strip().splitlines()[-1]}\n{done.stderr}")
    return done.stdout


def describe() -> str:
    """Return the text for the package that this interpreter imports."""
    modules = _modules()
    names = list(_public_names(modules))
    public = frozenset(id(value) for _, value in names)
    seen: dict[int, str] = {}
    lines: set[str] = set()
    for path, value in names:
        if id(value) in seen and isinstance(value, (type, UnionType, Callable)):  # type: ignore[arg-type]
            lines.add(f"{path}: the same as {seen[id(value)]}")
        else:
            seen[id(value)] = path
            lines.update(facts(path, value, public))
    lines.update(_private_options(lines))
    lines.update(_directions(modules["models"]))
    return HEADER + _with_names_of_types("".join(f"{line}\n" for line in sorted(lines)))


def _with_names_of_types(text: str) -> str:
    """Write `str` for the strings of which checkers see only the values that are known: others may arrive.

    In a module of TypedDicts with a field called `Any`, the generator writes `Any_aliased` for the type.
    """
    text = re.sub(r"\b([A-Z][A-Za-z]+)_aliased\b", r"\1", text)
    open_strings = importlib.import_module(f"{PACKAGE}._generated.open_strings")
    names = [name for name, value in vars(open_strings).items() if value is str]
    return re.sub(rf"\b({'|'.join(names)})\b", "str", text) if names else text


def _modules() -> dict[str, ModuleType]:
    """Return the package and the modules directly in it, by name."""
    package = importlib.import_module(PACKAGE)
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return {"": package, **{name: importlib.import_module(f"{PACKAGE}.{name}") for name in names}}


def _public_names(modules: dict[str, ModuleType]) -> Iterator[tuple[str, Any]]:
    for name, module in modules.items():
        listed = getattr(module, "__all__", None)
        # A private module that lists names holds what public functions return.
        if name.startswith("_") and (listed is None or hasattr(module, "__path__")):
            continue
        attributes = {attribute: getattr(module, attribute) for attribute in sorted(listed or vars(module))}
        # A class is described under its own name, so its other names come last.
        for attribute, value in sorted(attributes.items(), key=lambda item: _is_alias(*item)):
            if listed is not None or _is_defined_here(attribute, value):
                yield f"{name}.{attribute}".lstrip("."), value


def _is_alias(name: str, value: Any) -> bool:
    return isinstance(value, type) and value.__name__ != name


def _is_defined_here(name: str, value: Any) -> bool:
    """Return whether a module without `__all__` defines a name, rather than imports it."""
    if name.startswith("_") or isinstance(value, ModuleType):
        return False
    if isinstance(value, type) or inspect.isfunction(value):
        return value.__module__.startswith(PACKAGE) and value.__name__ == name
    return typing.get_origin(value) is not None and not isinstance(value, typing._GenericAlias)  # type: ignore[attr-defined]


def _private_options(lines: Iterable[str]) -> set[str]:
    """Describe the private TypedDicts whose keys are keywords of public functions."""
    options: dict[str, set[str]] = {}
    for info in pkgutil.walk_packages(importlib.import_module(PACKAGE).__path__, f"{PACKAGE}."):
        name = info.name.removeprefix(f"{PACKAGE}.")
        if name.startswith("_") and not name.startswith("_generated"):
            for attribute, value in vars(importlib.import_module(info.name)).items():
                if typing.is_typeddict(value) and value.__module__ == info.name:
                    options[attribute] = set(facts(f"{name}.{attribute}", value))
    texts = {name: "\n".join(found) for name, found in options.items()}
    used = _closure(re.findall(r"Unpack\[(\w+)\]", "\n".join(lines)), texts)
    return set[str]().union(*(options[name] for name in used))


def _directions(models: ModuleType) -> Iterator[str]:
    """Say of each model whether callers send it, receive it, or both: this decides which changes break them."""
    types = {}
    for name in models.__all__:
        value = getattr(models, name)
        types[name] = " ".join(str(f.type) for f in attrs.fields(value)) if attrs.has(value) else type_text(value)
    sent = _closure(_sent_components(), types)
    received = _closure(types.keys() - sent, types)
    for name in types:
        yield f"models.{name} is {' and '.join(['sent'] * (name in sent) + ['received'] * (name in received))}"


def _sent_components() -> set[str]:
    """Return the names of the schemas that any operation takes, also one that the client has no method for."""
    served = json.loads(importlib.resources.files(PACKAGE).joinpath("_generated/schema.json").read_text("utf-8"))
    operations = (part for path in served["paths"].values() for part in path.values() if isinstance(part, dict))
    return reachable(served, [[part.get("requestBody"), part.get("parameters")] for part in operations])


def _closure(names: Iterable[str], texts: Mapping[str, str]) -> set[str]:
    """Return those of `names` that have a text, and all that are mentioned there, directly or through others."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in texts and name not in found:
            found.add(name)
            waiting += re.findall(r"\w+", texts[name])
    return found


def facts(path: str, value: Any, public: frozenset[int] = frozenset()) -> Iterator[str]:
    """Describe one public name and what it has. `public` holds the identities of all values that have a public name."""
    if typing.is_typeddict(value):
        yield from typed_dict_facts(path, value)
    elif isinstance(value, type):
        yield from _class_facts(path, value, public)
    elif inspect.isfunction(value):
        yield from _function_facts(path, value)
    elif typing.get_origin(value) is not None:
        yield f"{path}: type, {type_text(value)}"
    else:
        yield f"{path}: {type(value).__name__}"


def _class_facts(path: str, cls: type, public: frozenset[int]) -> Iterator[str]:
    # A base of ours without a public name is an implementation detail, so what it defines counts as the class's, unless
    # the class has it from a public base.
    shown = [base for base in cls.__mro__[1:] if not base.__module__.startswith(PACKAGE) or id(base) in public]
    own = [base for base in cls.__mro__ if base not in shown and not any(issubclass(each, base) for each in shown)]
    bases = dict.fromkeys(
        base.__name__ for each in own for base in each.__bases__ if base in shown and base is not object
    )
    yield f"{path}: class({', '.join(bases)})"
    fields = attrs.fields_dict(cls) if attrs.has(cls) else {}
    yield from _field_facts(path, cls, fields)
    # The methods of the generated models are the same for all, so they are left out.
    if "._generated." not in cls.__module__:
        special = PROTOCOLS if fields else PROTOCOLS | {"__init__"}
        members = {name: member for base in reversed(own) for name, member in vars(base).items()}
        for name, member in members.items():
            if name not in fields and (name[0] != "_" or name in special):
                yield from _member_facts(path, name, member)
        for base in own:
            if inspect.isfunction(constructor := vars(base).get("__init__")):
                yield from _assigned_facts(path, constructor)
    for base in own:
        for name, annotation in inspect.get_annotations(base).items():
            if name not in fields and name[0] != "_":
                yield f"{path}.{name}: attribute, {type_text(annotation)}"


def _field_facts(path: str, cls: type, fields: dict[str, Any]) -> Iterator[str]:
    """Describe the attrs fields that a class adds to those of its bases."""
    inherited = {name for base in cls.__bases__ if attrs.has(base) for name in attrs.fields_dict(base)}
    for name, field in fields.items():
        if name[0] != "_" and name not in inherited:
            default = "" if field.default is attrs.NOTHING else f" = {default_text(field.default)}"
            yield f"{path}.{name}: {'field' if field.init else 'attribute'}, {type_text(field.type)}{default}"


def _member_facts(path: str, name: str, member: Any) -> Iterator[str]:
    """Describe a constructor, method or property."""
    function = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
    if name == "__init__" and inspect.isfunction(function):
        yield from _parameter_facts(path, inspect.signature(function), bound=True)
    elif inspect.isfunction(function):
        yield from _function_facts(f"{path}.{name}", function, bound=not isinstance(member, staticmethod))
    elif isinstance(function, (property, functools.cached_property)):
        getter = function.func if isinstance(function, functools.cached_property) else function.fget
        yield f"{path}.{name}: property, {type_text(inspect.get_annotations(getter).get('return'))}"  # type: ignore[arg-type]


def _assigned_facts(path: str, constructor: FunctionType) -> Iterator[str]:
    """Describe the attributes that a constructor assigns from its parameters."""
    if not Path(constructor.__code__.co_filename).is_file():  # Made by dataclasses, whose fields have annotations.
        return
    parameters = inspect.signature(constructor).parameters
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(constructor)))):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr[0] != "_" and ast.unparse(target.value) == "self":
                known = parameters[target.attr].annotation if target.attr in parameters else inspect.Parameter.empty
                if isinstance(node, ast.AnnAssign):
                    known = ast.unparse(node.annotation)
                yield f"{path}.{target.attr}: attribute, {type_text(known)}"


def _function_facts(path: str, function: Callable[..., Any], bound: bool = False) -> Iterator[str]:
    """Describe a function, or each of its overloads."""
    overloads = typing.get_overloads(function)
    for number, variant in enumerate(overloads or [function], 1):
        label = f"{path}[{number}]" if overloads else path
        signature = inspect.signature(variant)
        prefix = "async " if inspect.iscoroutinefunction(variant) else ""
        yield f"{label}(): {prefix}function, {type_text(signature.return_annotation)}"
        yield from _parameter_facts(label, signature, bound)


def _parameter_facts(label: str, signature: inspect.Signature, bound: bool) -> Iterator[str]:
    """Describe the parameters, without the first one of a bound method."""
    for parameter in list(signature.parameters.values())[int(bound) :]:
        stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(parameter.kind.name, "")
        how = {"POSITIONAL_ONLY": "positional", "KEYWORD_ONLY": "keyword"}.get(parameter.kind.name, "any")
        default = "" if parameter.default is parameter.empty else f" = {default_text(parameter.default)}"
        yield f"{label}({stars}{parameter.name}): {how}, {type_text(parameter.annotation)}{default}"
