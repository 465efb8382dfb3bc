"""From a function's signature to a JSON Schema of its arguments, and from a model's arguments to Python values.

msgspec makes the schema and converts; this module decides what the parameters are and words the errors.
"""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

import attrs
import msgspec

# A value that stands for "this parameter has a default that a schema cannot show".
_NO_DEFAULT = inspect.Parameter.empty


@attrs.frozen
class Parameter:
    """One parameter that the model may set."""

    name: str
    hint: Any
    required: bool


@attrs.frozen
class Signature:
    """What a model has to know of a function, and what it takes to call it."""

    description: str
    parameters: dict[str, Parameter]
    input_schema: dict[str, Any]


def read_signature(function: Callable[..., Any], *, name: str, skip_first: bool = False) -> Signature:
    """Describe a function.

    Args:
        function: A function, a method, a partial or a callable object.
        name: Name of the tool, for error messages.
        skip_first: Whether the first parameter is the instance of a method that is not bound yet.

    Raises:
        TypeError: A parameter cannot be described; the message names it.
    """
    inner = _inner(function)
    documentation = _read_docstring(inspect.getdoc(inner if inspect.isroutine(inner) else type(inner)) or "")
    description, described = documentation
    hints = _hints(inner, name)
    bound = function.keywords if isinstance(function, functools.partial) else {}
    parameters: dict[str, Parameter] = {}
    fields: list[tuple[str, Any, Any]] = []
    for number, (key, parameter) in enumerate(inspect.signature(function).parameters.items()):
        if (skip_first and number == 0) or key in bound:
            continue
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            star = "*" if parameter.kind is parameter.VAR_POSITIONAL else "**"
            raise TypeError(f"tool {name}: {star}{key} cannot be described to a model: name every parameter")
        if key not in hints:
            raise TypeError(f"tool {name}: parameter {key} has no type hint: add one, such as {key}: str")
        hint = hints[key]
        if key in described and not _has_description(hint):
            hint = Annotated[hint, msgspec.Meta(description=described[key])]
        required = parameter.default is _NO_DEFAULT
        parameters[key] = Parameter(key, hint, required)
        fields.append((key, hint, _field_default(parameter.default)))
        _check_hint(hint, name, key)
    return Signature(description, parameters, _object_schema(name, fields))


def _inner(function: Callable[..., Any]) -> Any:
    """Return what holds the hints and the docstring: not a partial, and not an object but its `__call__`."""
    while isinstance(function, functools.partial):
        function = function.func
    return function if inspect.isroutine(function) else type(function).__call__


def _hints(function: Any, name: str) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function, include_extras=True)
    except Exception as error:
        raise TypeError(f"tool {name}: its type hints cannot be resolved: {error}") from error


def _has_description(hint: Any) -> bool:
    extras = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return any(isinstance(extra, msgspec.Meta) and extra.description for extra in extras)


def _field_default(default: Any) -> Any:
    if default is _NO_DEFAULT:
        return msgspec.NODEFAULT
    if default is None or isinstance(default, (str, int, float, bool)):
        return default
    # The function itself supplies its default; the field only has to be optional.
    return msgspec.field(default_factory=lambda: default)


def _object_schema(name: str, fields: list[tuple[str, Any, Any]]) -> dict[str, Any]:
    struct = msgspec.defstruct("_Arguments", fields, kw_only=True, forbid_unknown_fields=True)
    root, definitions = _schema_parts(struct)
    schema = definitions.pop("_Arguments") if "$ref" in root else root
    schema.pop("title", None)
    return {**schema, "$defs": definitions} if definitions else schema


def type_schema(hint: Any) -> dict[str, Any]:
    """Return the JSON Schema of any type that msgspec or pydantic describes.

    Raises:
        TypeError: The type cannot be described.
    """
    root, definitions = _schema_parts(hint)
    if set(root) == {"$ref"} and root["$ref"].startswith("#/$defs/"):
        target = root["$ref"].removeprefix("#/$defs/")
        if f'"#/$defs/{target}"' not in str(definitions).replace("'", '"'):
            root = definitions.pop(target)
    return {**root, "$defs": definitions} if definitions else root


def _schema_parts(hint: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    foreign: dict[str, Any] = {}

    def describe_pydantic(kind: Any) -> dict[str, Any]:
        if not _is_pydantic(kind):
            raise TypeError(f"{getattr(kind, '__qualname__', kind)} is not among the types that msgspec describes")
        schema: dict[str, Any] = kind.model_json_schema()
        foreign.update(schema.pop("$defs", {}))
        return schema

    (root,), definitions = msgspec.json.schema_components(
        (hint,), schema_hook=describe_pydantic, ref_template="#/$defs/{name}"
    )
    return root, {**definitions, **foreign}


def _check_hint(hint: Any, tool_name: str, parameter: str) -> None:
    try:
        _schema_parts(hint)
    except (TypeError, NotImplementedError, ValueError) as error:
        reason = str(error).split("\n", 1)[0].rstrip(":") or type(error).__name__
        raise TypeError(
            f"tool {tool_name}: parameter {parameter} has a type that no schema describes: {reason}"
        ) from None


def _read_docstring(text: str) -> tuple[str, dict[str, str]]:
    """Return the description and those of the parameters, from a Google, NumPy or reST docstring."""
    if not text:
        return "", {}
    import docstring_parser

    parsed = docstring_parser.parse(text)
    description = "\n\n".join(part for part in (parsed.short_description, parsed.long_description) if part)
    described = {p.arg_name: " ".join(p.description.split()) for p in parsed.params if p.description}
    return description, described


def _is_pydantic(kind: Any) -> bool:
    # By its methods, so that pydantic need not be installed.
    return isinstance(kind, type) and hasattr(kind, "model_json_schema") and hasattr(kind, "model_validate")


def _convert_foreign(kind: Any, value: Any) -> Any:
    if _is_pydantic(kind):
        return kind.model_validate(value)
    raise NotImplementedError(f"{kind!r} is not supported")


def convert_arguments(
    parameters: Mapping[str, Parameter], arguments: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Convert a model's arguments to the hinted types.

    Returns:
        The values by name, and a line for every argument that is wrong: where, what was expected, what came.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for parameter in parameters.values():
        if parameter.name in arguments:
            value, errors = convert(arguments[parameter.name], parameter.hint, parameter.name)
            values[parameter.name] = value
            problems += errors
        elif parameter.required:
            problems.append(f"{parameter.name}: missing")
    for name in arguments:
        if name not in parameters:
            problems.append(f"{name}: no such argument; there is {', '.join(parameters) or 'none'}")
    return values, problems


def convert(value: Any, hint: Any, path: str) -> tuple[Any, list[str]]:
    """Convert one value; returns it and its problems, each with its path."""
    try:
        return msgspec.convert(value, hint, dec_hook=_convert_foreign), []
    except msgspec.ValidationError as error:
        whole = _whole_numbers(value)
        if repr(whole) != repr(value):
            return convert(whole, hint, path)
        # msgspec stops at the first fault. A model that is told all of them mends them in one turn.
        inner = list(_inner_problems(value, hint, path))
        return None, inner or [_describe(error, value, hint, path)]


def _whole_numbers(value: Any) -> Any:
    """Return the value with 5 for 5.0: to JSON Schema both are integers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole_numbers(item) for key, item in value.items()}
    return [_whole_numbers(item) for item in value] if isinstance(value, list) else value


def _inner_problems(value: Any, hint: Any, path: str) -> Iterator[str]:
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    arguments = get_args(hint)
    if isinstance(value, list) and len(arguments) == 1:
        for number, item in enumerate(value):
            yield from convert(item, arguments[0], f"{path}[{number}]")[1]
    elif isinstance(value, dict) and get_origin(hint) is dict and len(arguments) == 2:
        for key, item in value.items():
            yield from convert(item, arguments[1], f"{path}.{key}")[1]
    elif isinstance(value, dict) and isinstance(hint, type) and not _is_pydantic(hint):
        for key, field_hint in _class_hints(hint).items():
            if key in value:
                yield from convert(value[key], field_hint, f"{path}.{key}")[1]
        yield from (f"{path}.{key}: missing" for key in _required_keys(hint) if key not in value)
    else:
        members = [member for member in arguments if member is not type(None)]
        if get_origin(hint) is not None and len(members) == 1 and type(None) in arguments and value is not None:
            yield from convert(value, members[0], path)[1]


def _class_hints(kind: type) -> dict[str, Any]:
    try:
        return typing.get_type_hints(kind, include_extras=True)
    except Exception:
        return {}


def _required_keys(kind: type) -> list[str]:
    try:
        schema = type_schema(kind)
    except (TypeError, NotImplementedError):
        return []
    return [str(key) for key in schema.get("required", [])]


def _describe(error: msgspec.ValidationError, value: Any, hint: Any, path: str) -> str:
    cause: Any = error.__cause__
    if hasattr(cause, "errors"):  # pydantic's own list
        lines = [(".".join(str(part) for part in item["loc"]), item["msg"]) for item in cause.errors()]
        return "; ".join(f"{path}.{place}: {text}" if place else f"{path}: {text}" for place, text in lines)
    text, _, place = str(error).partition(" - at `$")
    choices: list[Any] = type_schema(hint).get("enum", [])
    if choices and not place:
        text = f"expected one of {', '.join(map(repr, choices))}"
    shown = repr(value)
    if len(shown) > 60:
        shown = shown[:60] + "…"
    return f"{path}{place.rstrip('`')}: {text[:1].lower()}{text[1:]} (the argument was {shown})"
