"""Converts a model's arguments to Python values, and describes every argument that does not fit."""

from __future__ import annotations

import collections.abc
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_type_hints

import msgspec

from .._checks import preview
from .schema import Parameter, convert_pydantic, is_pydantic, type_schema, unwrap_hint

_MAX_PROBLEMS = 20
_ANY_ITEM = "[...]"
"""How msgspec writes the path of a value in a dict, whatever its key."""


def convert_arguments(parameters: Mapping[str, Parameter], arguments: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Convert a model's arguments to the hinted types.

    Returns:
        The values by name, and the problems as text. Each line says where an argument is wrong, what was expected and
        what came. The text is empty if all arguments fit.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for parameter in parameters.values():
        if parameter.name in arguments:
            values[parameter.name], errors = convert(arguments[parameter.name], parameter.hint, parameter.name)
            problems += errors
        elif parameter.required:
            problems.append(f"{parameter.name}: missing")
    for name in arguments:
        if name not in parameters:
            problems.append(
                f"{preview(name)[1:-1]}: unknown argument; the arguments are: {_join_names(list(parameters))}"
            )
    return values, as_lines(problems)


def as_lines(problems: list[str]) -> str:
    """Return the problems as text, one a line. Only the first `_MAX_PROBLEMS` are listed."""
    lines = [f"- {problem}" for problem in problems[:_MAX_PROBLEMS]]
    more = len(problems) - len(lines)
    return "\n".join([*lines, *([f"- … and {more} more problems"] if more else [])])


def _join_names(names: list[str]) -> str:
    return ", ".join(names[:_MAX_PROBLEMS]) + (", …" if len(names) > _MAX_PROBLEMS else "") or "none"


def convert(value: Any, hint: Any, path: str) -> tuple[Any, list[str]]:
    """Convert one value. Return the value and its problems, each with its path."""
    try:
        return _convert_or_raise(value, hint), []
    except msgspec.ValidationError as error:
        # msgspec stops at the first problem. A model that is told all problems can correct them in one turn.
        try:
            inner = list(_inner_problems(value, hint, path))
        except Exception:
            inner = []
        return None, inner or _describe_error(error, value, hint, path)
    except Exception as error:  # A class's own check failed, or the value is nested too deeply.
        return None, [f"{path}: {type(error).__name__}: {error} (the argument was {preview(value)})"]


def _convert_or_raise(value: Any, hint: Any) -> Any:
    corrected: set[tuple[str | int, ...]] = set()
    while True:
        try:
            return msgspec.convert(value, hint, str_keys=True, dec_hook=convert_pydantic)
        except msgspec.ValidationError as error:
            # In JSON Schema, 5.0 is an integer too. msgspec refuses it.
            text, _, path = str(error).partition(" - at `$")
            steps = tuple(_ANY_ITEM if isinstance(step, int) else step for step in _path_steps(path))
            if not text.endswith("got `float`") or steps in corrected:
                raise
        corrected.add(steps)
        value = _with_integers(value, steps)


def _path_steps(path: str) -> list[str | int]:
    """Split a path in an error of msgspec, such as `.a[0].b[...]`, into keys, indexes and `_ANY_ITEM`."""
    steps = re.findall(r"\[(?:\d+|\.\.\.)\]|[^.\[\]`]+", path)
    return [int(step[1:-1]) if step[0] == "[" and step != _ANY_ITEM else step for step in steps]


def _with_integers(value: Any, steps: tuple[str | int, ...]) -> Any:
    """Return a copy in which the whole numbers at a path are integers. In a list, this means all items."""
    if not steps:
        return int(value) if isinstance(value, float) and value.is_integer() else value
    step, rest = steps[0], steps[1:]
    if isinstance(value, list):
        return [_with_integers(item, rest) for item in value]
    if isinstance(value, dict) and step == _ANY_ITEM:
        return {key: _with_integers(item, rest) for key, item in value.items()}
    if isinstance(value, dict) and step in value:
        return {**value, step: _with_integers(value[step], rest)}
    return value


def _inner_problems(value: Any, hint: Any, path: str) -> Iterator[str]:
    """Yield the problems of a value's parts, as far as the hint says what they should be."""
    origin, arguments = unwrap_hint(hint)
    if origin in (Union, types.UnionType):
        yield from _member_problems(value, arguments, path)
    elif isinstance(value, list):
        yield from _item_problems(value, origin, arguments, path)
    elif isinstance(value, dict) and len(arguments) == 2 and issubclass(origin, Mapping):
        for key, item in value.items():
            yield from convert(item, arguments[1], f"{path}.{key}")[1]
    elif isinstance(value, dict) and isinstance(origin, type) and not is_pydantic(origin):
        yield from _field_problems(value, origin, path)


def _member_problems(value: Any, members: tuple[Any, ...], path: str) -> Iterator[str]:
    """Yield the problems of a union's value, if its shape fits only one member of the union."""
    fitting = [member for member in members if member is not type(None) and _same_shape(value, member)]
    if value is not None and len(fitting) == 1:
        yield from convert(value, fitting[0], path)[1]


def _item_problems(value: list[Any], origin: Any, arguments: tuple[Any, ...], path: str) -> Iterator[str]:
    if origin is tuple and arguments[-1:] != (...,):
        hints = arguments
    elif arguments and _is_collection(origin):
        hints = arguments[:1] * len(value)
    else:
        return
    for number, (item, hint) in enumerate(zip(value, hints, strict=False)):
        yield from convert(item, hint, f"{path}[{number}]")[1]


def _field_problems(value: dict[str, Any], cls: type, path: str) -> Iterator[str]:
    hints = get_type_hints(cls, include_extras=True)
    fields = getattr(cls, "__struct_fields__", tuple(hints))
    # A msgspec.Struct may use other names for its fields in JSON.
    names = dict(zip(getattr(cls, "__struct_encode_fields__", fields), fields, strict=True))
    for key, field in names.items():
        if key in value and not isinstance(hints.get(field), typing.TypeVar):
            yield from convert(value[key], hints[field], f"{path}.{key}")[1]
    schema = type_schema(cls)
    yield from (f"{path}.{key}: missing" for key in schema.get("required", []) if key not in value)
    if schema.get("additionalProperties") is False:
        yield from (f"{path}.{key}: unknown field" for key in value if key not in names)


def _same_shape(value: Any, hint: Any) -> bool:
    """Return whether a value has the JSON type that a hint asks for: an array, an object or neither."""
    origin, _ = unwrap_hint(hint)
    return isinstance(value, list) == _is_collection(origin) and isinstance(value, dict) == _is_object(origin)


def _is_object(origin: Any) -> bool:
    fields = ("__struct_fields__", "__attrs_attrs__", "__dataclass_fields__", "__required_keys__", "model_fields")
    return isinstance(origin, type) and (issubclass(origin, Mapping) or any(hasattr(origin, name) for name in fields))


def _is_collection(origin: Any) -> bool:
    return (
        isinstance(origin, type)
        and issubclass(origin, collections.abc.Collection)
        and not issubclass(origin, (str, Mapping))
    )


def _describe_error(error: msgspec.ValidationError, value: Any, hint: Any, path: str) -> list[str]:
    cause: Any = error.__cause__
    if hasattr(cause, "errors"):  # pydantic's error lists all problems.
        return [_describe_pydantic_error(item, path) for item in cause.errors()]
    text, _, place = str(error).partition(" - at `")
    choices: list[Any] = []
    if not place:
        choices = type_schema(hint).get("enum", [])
        text = f"expected one of {', '.join(map(repr, choices))}" if choices else text
    steps = _path_steps(place.partition("$")[2]) if place.startswith("$") else []
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return [f"{path}{where}: {text[:1].lower()}{text[1:]} (the argument was {preview(value)})"]


def _describe_pydantic_error(item: dict[str, Any], path: str) -> str:
    where = path + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in item["loc"])
    if item["type"] == "missing":
        return f"{where}: missing"
    return f"{where}: {item['msg'][:1].lower()}{item['msg'][1:]} (the argument was {preview(item.get('input'))})"
