"""From a function's signature to a JSON Schema of its arguments.

msgspec makes the schema; this module decides what the parameters are and words the errors.
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

# What msgspec leaves out of its schemas, and a model needs in order to get the text right.
_FORMATS = {datetime: "date-time", time: "time"}


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
    inner = _inner_function(function)
    description, descriptions = _read_docstring(_docstring(inner))
    parameters: dict[str, Parameter] = {}
    properties: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for parameter in _parameters(function, name, skip_first):
        place = f"tool {name}: parameter {parameter.name}"
        hint = _hint(parameter, inner, place)
        schema = _move_definitions(_parameter_schema(hint, place), definitions, prefix=f"{parameter.name}_")
        text = descriptions.get(parameter.name) or _annotated_text(hint)
        if text and "description" not in schema:
            schema["description"] = text
        required = parameter.default is parameter.empty
        if not required:
            schema |= _default(parameter.default, hint)
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
    """Return what holds the hints and the docstring: not a partial, and not an object but its `__call__`."""
    while isinstance(function, functools.partial):
        function = function.func
    return inspect.unwrap(function if inspect.isroutine(function) else type(function).__call__)


def _docstring(function: Any) -> str:
    text = inspect.getdoc(function if inspect.isroutine(function) else type(function)) or ""
    return "" if text == type.__call__.__doc__ else text


def _parameters(function: Callable[..., Any], name: str, skip_first: bool) -> list[inspect.Parameter]:
    """Return the parameters that the model may set."""
    try:
        signature = inspect.signature(function)
    except ValueError:
        raise TypeError(f"tool {name}: its signature cannot be read: wrap it in a function of your own") from None
    parameters = list(signature.parameters.values())[1 if skip_first else 0 :]
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            star = "*" if parameter.kind is parameter.VAR_POSITIONAL else "**"
            raise TypeError(f"tool {name}: {star}{parameter.name} cannot be described to a model: name every parameter")
    bound = function.keywords if isinstance(function, functools.partial) else {}
    return [parameter for parameter in parameters if parameter.name not in bound]


def _hint(parameter: inspect.Parameter, function: Any, place: str) -> Any:
    """Return the type of a parameter; one with the default None may be None."""
    hint = _resolve(parameter.annotation, function, place)
    if parameter.default is None and type(None) not in get_args(hint):
        return hint | None  # `city: str = None` is what many mean by optional.
    return hint


def _parameter_schema(hint: Any, place: str) -> dict[str, Any]:
    try:
        return type_schema(hint)
    except Exception as error:  # msgspec, pydantic and the types themselves raise many classes.
        raise TypeError(f"{place} has a type that no schema describes: {_reason(error)}") from None


def _move_definitions(schema: dict[str, Any], definitions: dict[str, Any], *, prefix: str) -> dict[str, Any]:
    """Move a schema's definitions to those that all parameters share, and return the rest of the schema."""
    own = schema.pop("$defs", {})
    if any(definitions.get(title, part) != part for title, part in own.items()):
        # Another parameter's type has a definition with the same name and other content.
        schema = _renamed({**schema, "$defs": own}, prefix)
        own = schema.pop("$defs")
    definitions |= own
    return schema


def _resolve(annotation: Any, function: Any, place: str) -> Any:
    """Turn an annotation into a type, also one that is a string, as under `from __future__ import annotations`.

    One at a time, since what another parameter or the return value is must not matter. Names are looked for where the
    function was written: in its module, its closure, and the functions that are running around it.
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
        raise TypeError(f"{place} has a type hint that cannot be resolved: {_reason(error)}") from None


def _is_annotated(hint: Any) -> bool:
    return get_origin(hint) is Annotated


def _annotated_text(hint: Any) -> str:
    extras = get_args(hint)[1:] if _is_annotated(hint) else ()
    return next((extra for extra in extras if isinstance(extra, str)), "")


def _reason(error: Exception) -> str:
    text = str(error).partition("\n")[0].rstrip(":") or type(error).__name__
    return text if isinstance(error, (TypeError, NameError)) else f"{type(error).__name__}: {text}"


def _default(default: Any, hint: Any) -> dict[str, Any]:
    """Return the schema's `default`, if JSON can say it and it is one; the function itself supplies it."""
    try:
        plain = msgspec.to_builtins(default)
        msgspec.convert(plain, hint, str_keys=True, dec_hook=convert_pydantic)
        msgspec.json.decode(msgspec.json.encode(plain))
    except Exception:
        return {}
    return {} if plain != plain else {"default": plain}


def type_schema(hint: Any) -> dict[str, Any]:
    """Return the JSON Schema of any type that msgspec or pydantic describes.

    Args:
        hint: The type.

    Raises:
        TypeError: The type cannot be described.
    """
    pydantic_definitions: dict[str, Any] = {}

    def describe_pydantic(cls: Any) -> dict[str, Any]:
        if not is_pydantic(cls):
            raise TypeError(f"{getattr(cls, '__qualname__', cls)} is not among the types that msgspec describes")
        # Two models may have namesakes in them.
        schema: dict[str, Any] = _renamed(cls.model_json_schema(), f"{cls.__name__}_")
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
    # A definition that nothing else refers to can stand in its own place.
    if name in definitions and not any(f"'#/$defs/{name}'" in str(schema) for schema in definitions.values()):
        root = definitions.pop(name)
        root.pop("title", None)
    return {**root, "$defs": definitions} if definitions else dict(root)


def _check_extras(hint: Any) -> None:
    for extra in get_args(hint)[1:] if _is_annotated(hint) else ():
        if type(extra).__module__.partition(".")[0] in ("pydantic", "annotated_types"):
            raise TypeError("pydantic's Field counts within pydantic models alone: use msgspec.Meta here")


def _renamed(schema: Any, prefix: str) -> Any:
    """Return pydantic's schema with other names for its definitions."""
    if isinstance(schema, dict):
        renamed = {key: _renamed(value, prefix) for key, value in schema.items()}
        if isinstance(renamed.get("$defs"), dict):
            renamed["$defs"] = {prefix + name: value for name, value in renamed["$defs"].items()}
        return renamed
    if isinstance(schema, list):
        return [_renamed(item, prefix) for item in schema]
    return re.sub(r"^#/\$defs/", f"#/$defs/{prefix}", schema) if isinstance(schema, str) else schema


def is_pydantic(cls: Any) -> bool:
    """Whether this is a pydantic model; told by its methods, so that pydantic need not be installed."""
    return isinstance(cls, type) and hasattr(cls, "model_json_schema") and hasattr(cls, "model_validate")


def convert_pydantic(cls: Any, value: Any) -> Any:
    """Convert to a type that msgspec does not know."""
    if is_pydantic(cls):
        return cls.model_validate(value)
    raise NotImplementedError(f"{cls!r} is not supported")


def unwrap_hint(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a hint's origin and arguments, without `Annotated`, `Required` and the like around it."""
    while get_origin(hint) in (Annotated, typing.Required, typing.NotRequired):
        hint = get_args(hint)[0]
    return get_origin(hint) or hint, get_args(hint)


def _read_docstring(text: str) -> tuple[str, dict[str, str]]:
    """Return the description and those of the parameters, from a Google, NumPy or reST docstring."""
    if not text:
        return "", {}
    import docstring_parser

    parsed = docstring_parser.parse(text)
    gap = "\n\n" if parsed.blank_after_short_description else "\n"
    description = gap.join(part for part in (parsed.short_description, parsed.long_description) if part)
    descriptions: dict[str, str] = {}
    for parameter in parsed.params:
        for name in parameter.arg_name.split(","):  # NumPy's `a, b : int`
            descriptions[name.strip(" *`")] = " ".join((parameter.description or "").split())
    return description, {name: text for name, text in descriptions.items() if text}
