"""The JSON Schema of a function's arguments, made from its signature and docstring.

msgspec makes the schema of each type. This module finds the parameters and writes the error texts.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import re
import sys
import typing
from collections.abc import Callable
from datetime import datetime, time
from typing import Annotated, Any, get_args, get_origin

import attrs
import msgspec

# msgspec leaves these formats out of its schemas. A model needs them to write the text correctly.
_FORMATS = {datetime: "date-time", time: "time"}


@attrs.frozen
class Parameter:
    """A parameter that the model may set."""

    name: str
    hint: Any
    required: bool


@attrs.frozen
class Signature:
    """A function's description for a model, and what is needed to convert the model's arguments."""

    description: str
    parameters: dict[str, Parameter]
    input_schema: dict[str, Any]


def read_signature(function: Callable[..., Any], *, name: str, skip_first: bool = False) -> Signature:
    """Return a function's description, its parameters and the schema of its arguments.

    Args:
        function: A function, a method, a partial or a callable object.
        name: Name of the tool, for error messages.
        skip_first: Whether to leave out the first parameter, as for a method that is not bound yet.

    Raises:
        TypeError: A parameter cannot be described. The error's text names it.
    """
    inner = _inner_function(function)
    description, descriptions = _read_docstring(_find_docstring(inner))
    parameters: dict[str, Parameter] = {}
    properties: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for parameter in _visible_parameters(function, name, skip_first):
        place = f"tool {name}: parameter {parameter.name}"
        hint = _parameter_hint(parameter, inner, place)
        schema = _move_definitions(_parameter_schema(hint, place), definitions, prefix=f"{parameter.name}_")
        text = descriptions.get(parameter.name) or _annotated_description(hint)
        if text and "description" not in schema:
            schema["description"] = text
        required = parameter.default is parameter.empty
        if not required:
            schema |= _default_entry(parameter.default, hint)
        parameters[parameter.name] = Parameter(parameter.name, hint, required)
        properties[parameter.name] = schema
    input_schema = {
        "type": "object",
        "properties": properties,
        "required": [parameter.name for parameter in parameters.values() if parameter.required],
        "additionalProperties": False,
    }
    return Signature(description, parameters, input_schema | ({"$defs": definitions} if definitions else {}))


def _inner_function(function: Callable[..., Any]) -> Any:
    """Return the function that holds the hints and the docstring.

    That is the function within a partial or a decorator, or the `__call__` of an object.
    """
    while isinstance(function, functools.partial):
        function = function.func
    return inspect.unwrap(function if inspect.isroutine(function) else type(function).__call__)


def _find_docstring(function: Any) -> str:
    text = inspect.getdoc(function if inspect.isroutine(function) else type(function)) or ""
    # `getdoc` finds this text in `type` if a `__call__` has no docstring.
    return "" if text == type.__call__.__doc__ else text


def _visible_parameters(function: Callable[..., Any], name: str, skip_first: bool) -> list[inspect.Parameter]:
    """Return the parameters that the model may set."""
    try:
        signature = inspect.signature(function)
    except ValueError:
        raise TypeError(f"tool {name}: its signature cannot be read: wrap it in your own function") from None
    parameters = list(signature.parameters.values())[1 if skip_first else 0 :]
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            star = "*" if parameter.kind is parameter.VAR_POSITIONAL else "**"
            raise TypeError(
                f"tool {name}: a model cannot fill in {star}{parameter.name}: replace it with named parameters"
            )
    bound = function.keywords if isinstance(function, functools.partial) else {}
    return [parameter for parameter in parameters if parameter.name not in bound]


def _parameter_hint(parameter: inspect.Parameter, function: Any, place: str) -> Any:
    """Return the type of a parameter. If its default is None, the type includes None."""
    hint = _resolve_annotation(parameter.annotation, function, place)
    if parameter.default is None and type(None) not in get_args(hint):
        return hint | None  # Many write `city: str = None` for an optional parameter.
    return hint


def _parameter_schema(hint: Any, place: str) -> dict[str, Any]:
    try:
        return type_schema(hint)
    except Exception as error:  # msgspec, pydantic and types raise many exception classes.
        raise TypeError(f"{place} has a type that JSON Schema cannot describe: {_error_reason(error)}") from None


def _move_definitions(schema: dict[str, Any], definitions: dict[str, Any], *, prefix: str) -> dict[str, Any]:
    """Move a schema's definitions into those that all parameters share. Return the rest of the schema."""
    own_definitions = schema.pop("$defs", {})
    if any(definitions.get(title, part) != part for title, part in own_definitions.items()):
        # Another parameter's type has a definition with the same name but different content.
        schema = _prefix_definitions({**schema, "$defs": own_definitions}, prefix)
        own_definitions = schema.pop("$defs")
    definitions |= own_definitions
    return schema


def _resolve_annotation(annotation: Any, function: Any, place: str) -> Any:
    """Turn an annotation into a type. It may be a string, as under `from __future__ import annotations`.

    Each annotation is resolved alone, so that a bad hint of another parameter or of the return value does no harm.
    Names are looked up where the function was written: in its module, its closure, and the functions that are running
    around it.
    """
    if annotation is inspect.Parameter.empty:
        raise TypeError(f"{place} has no type hint: add one, such as {place.rpartition(' ')[2]}: str")
    module = vars(sys.modules.get(function.__module__, builtins))
    scope: dict[str, Any] = {}
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals is not module:
        frame = frame.f_back
    while frame is not None and frame.f_globals is module:
        scope = {**frame.f_locals, **scope}
        frame = frame.f_back
    holder = type("Holder", (), {"__annotations__": {"value": annotation}})
    try:
        scope |= inspect.getclosurevars(function).nonlocals
        return typing.get_type_hints(holder, module, scope, include_extras=True)["value"]
    except Exception as error:
        raise TypeError(f"{place} has a type hint that cannot be resolved: {_error_reason(error)}") from None


def _is_annotated(hint: Any) -> bool:
    return get_origin(hint) is Annotated


def _annotated_description(hint: Any) -> str:
    extras = get_args(hint)[1:] if _is_annotated(hint) else ()
    return next((extra for extra in extras if isinstance(extra, str)), "")


def _error_reason(error: Exception) -> str:
    text = str(error).partition("\n")[0].rstrip(":") or type(error).__name__
    return text if isinstance(error, (TypeError, NameError)) else f"{type(error).__name__}: {text}"


def _default_entry(default: Any, hint: Any) -> dict[str, Any]:
    """Return the schema's `default`, or an empty dict if JSON cannot hold it or it does not fit its hint.

    The `default` only informs the model. The function itself supplies the value.
    """
    try:
        plain = msgspec.to_builtins(default)
        msgspec.convert(plain, hint, str_keys=True, dec_hook=convert_pydantic)
        msgspec.json.decode(msgspec.json.encode(plain))
    except Exception:
        return {}
    return {} if plain != plain else {"default": plain}


def type_schema(hint: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type.

    Args:
        hint: Any type that msgspec or pydantic can describe.

    Raises:
        TypeError: The type cannot be described.
    """
    pydantic_definitions: dict[str, Any] = {}

    def describe_pydantic(cls: Any) -> dict[str, Any]:
        if not is_pydantic(cls):
            raise TypeError(f"{getattr(cls, '__qualname__', cls)} is a type that msgspec cannot describe")
        # Two models may each contain a type with the same name.
        schema: dict[str, Any] = _prefix_definitions(cls.model_json_schema(), f"{cls.__name__}_")
        pydantic_definitions.update(schema.pop("$defs", {}))
        return schema

    if isinstance(hint, type) and hint in _FORMATS:
        return {"type": "string", "format": _FORMATS[hint]}
    _check_extras(hint)
    (root,), definitions = msgspec.json.schema_components(
        (hint,), schema_hook=describe_pydantic, ref_template="#/$defs/{name}"
    )
    definitions = {**definitions, **pydantic_definitions}
    name = root["$ref"].removeprefix("#/$defs/") if set(root) == {"$ref"} else ""
    # The root is only a reference to a definition. If nothing else refers to it, the definition takes the root's place.
    if name in definitions and not any(f"'#/$defs/{name}'" in str(schema) for schema in definitions.values()):
        root = definitions.pop(name)
        root.pop("title", None)
    return {**root, "$defs": definitions} if definitions else dict(root)


def _check_extras(hint: Any) -> None:
    for extra in get_args(hint)[1:] if _is_annotated(hint) else ():
        if type(extra).__module__.partition(".")[0] in ("pydantic", "annotated_types"):
            raise TypeError("pydantic's Field works only inside pydantic models: use msgspec.Meta here")


def _prefix_definitions(schema: Any, prefix: str) -> Any:
    """Return pydantic's schema with a prefix before the names of its definitions."""
    if isinstance(schema, dict):
        renamed = {key: _prefix_definitions(value, prefix) for key, value in schema.items()}
        if isinstance(renamed.get("$defs"), dict):
            renamed["$defs"] = {prefix + name: value for name, value in renamed["$defs"].items()}
        return renamed
    if isinstance(schema, list):
        return [_prefix_definitions(item, prefix) for item in schema]
    return re.sub(r"^#/\$defs/", f"#/$defs/{prefix}", schema) if isinstance(schema, str) else schema


def is_pydantic(cls: Any) -> bool:
    """Return whether this is a pydantic model.

    Models are recognized by their methods, because pydantic may not be installed.
    """
    return isinstance(cls, type) and hasattr(cls, "model_json_schema") and hasattr(cls, "model_validate")


def convert_pydantic(cls: Any, value: Any) -> Any:
    """Convert a value to a pydantic model. msgspec calls this for types that it does not know."""
    if is_pydantic(cls):
        return cls.model_validate(value)
    raise NotImplementedError(f"{cls!r} is not supported")


def unwrap_hint(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a hint's origin and arguments, after removing `Annotated`, `Required` and `NotRequired`."""
    while get_origin(hint) in (Annotated, typing.Required, typing.NotRequired):
        hint = get_args(hint)[0]
    return get_origin(hint) or hint, get_args(hint)


def _read_docstring(text: str) -> tuple[str, dict[str, str]]:
    """Return the descriptions of the function and of its parameters, from a Google, NumPy or reST docstring."""
    if not text:
        return "", {}
    import docstring_parser

    parsed = docstring_parser.parse(text)
    gap = "\n\n" if parsed.blank_after_short_description else "\n"
    description = gap.join(part for part in (parsed.short_description, parsed.long_description) if part)
    descriptions: dict[str, str] = {}
    for parameter in parsed.params:
        for name in parameter.arg_name.split(","):  # NumPy style allows `a, b : int`.
            descriptions[name.strip(" *`")] = " ".join((parameter.description or "").split())
    return description, {name: text for name, text in descriptions.items() if text}
