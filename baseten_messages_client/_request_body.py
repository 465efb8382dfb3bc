"""Turns the arguments of `messages.create` into a request.

This module checks the arguments before anything is sent. Only fields that the caller set are in the body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from . import models
from ._checks import preview
from ._generated.types import UNSET, Unset
from ._generated.wire_names import WIRE_NAMES
from ._transport.prepare import PreparedRequest, prepare_request
from ._transport.settings import Settings, Timeout
from ._wire import json as wire_json

_WIRE_NAMES = WIRE_NAMES.get("MessagesRequest", {})
_ATTRIBUTES = {
    _WIRE_NAMES.get(field.name) or field.name: field
    for field in attrs.fields(models.MessagesRequest)
    if field.name != "additional_properties"  # It is there if the schema lets a request hold more.
}
"""The attribute of `MessagesRequest` for each field of the request. The wire may call a field otherwise."""


def prepare_message_request(
    settings: Settings,
    request: models.MessagesRequest | None,
    fields: Mapping[str, Any],
    *,
    extra_headers: Mapping[str, str] | None,
    extra_body: Mapping[str, Any] | None,
    timeout: Timeout | Unset = UNSET,
    stream: bool = False,
) -> PreparedRequest:
    """Check the arguments of a call and return its request. It raises what `build_body` and `prepare_request` raise."""
    body = build_body(request, fields, extra_body, stream=stream)
    tools = body.get("tools")
    uses_hosted_tools = any(
        isinstance(tool, dict) and str(tool.get("type")).startswith("baseten__")
        for tool in (tools if isinstance(tools, list) else [])
    )
    # The service refuses hosted tools without this header.
    headers = {"x-baseten-server-tools": "true"} if uses_hosted_tools else {}
    return prepare_request(settings, body, headers, extra_headers=extra_headers, timeout=timeout, stream=stream)


def build_body(
    request: models.MessagesRequest | None,
    fields: Mapping[str, Any],
    extra_body: Mapping[str, Any] | None,
    *,
    stream: bool,
) -> dict[str, Any]:
    """Return the request's body as plain JSON data.

    Args:
        request: The whole request as a model, or None.
        fields: The request's fields by name. A field that is None is not sent.
        extra_body: Fields that the schema does not know. They replace other fields of the same name.
        stream: Whether to ask for server-sent events.

    Raises:
        TypeError: An argument is missing, unknown or of the wrong type.
        ValueError: An argument has the right type but an impossible value.
    """
    if not isinstance(stream, bool):
        raise TypeError(f"stream must be True or False, not {stream!r}")
    if request is not None:
        if fields:
            raise TypeError(f"pass either a MessagesRequest or keywords, not both (also got {', '.join(fields)})")
        if not isinstance(request, models.MessagesRequest):
            raise TypeError(
                f"the positional argument must be a models.MessagesRequest, not {type(request).__name__}: "
                "pass the request's fields as keywords, as in create(model=..., max_tokens=..., messages=[...])"
            )
        # `request.to_dict()` would fail if the caller put dicts into the model.
        fields = {name: getattr(request, field.name) for name, field in _ATTRIBUTES.items()}
    fields = {_WIRE_NAMES.get(name) or name: value for name, value in fields.items()}
    unknown = [name for name in fields if name not in _ATTRIBUTES]
    if unknown:
        raise TypeError(_unknown_message(unknown[0]))
    given = {name: value for name, value in fields.items() if value is not None and not isinstance(value, Unset)}
    body = {name: wire_json.to_jsonable(value, name) for name, value in given.items()}
    body.update(wire_json.to_jsonable(getattr(request, "additional_properties", {}), "additional_properties"))
    if extra_body is not None:
        if not isinstance(extra_body, Mapping):
            raise TypeError(f"extra_body must be a dict, not {type(extra_body).__name__}")
        if "stream" in extra_body:
            raise TypeError("extra_body cannot contain stream: pass stream=True to create, or call messages.stream")
        body.update(wire_json.to_jsonable(extra_body, "extra_body"))
    _check_required(body)
    _check_types(given.keys(), body)
    if stream:
        body["stream"] = True
    return body


def _unknown_message(name: str) -> str:
    import difflib

    from .compat.hints import ARGUMENT_HINTS

    if name == "stream":
        return "this method does not take stream: use create or tool_runner with stream=True"
    names = [*_ATTRIBUTES, "stream", "extra_headers", "extra_body", "timeout"]
    if name in ARGUMENT_HINTS:
        return f"unknown argument {name}: {ARGUMENT_HINTS[name]}"
    close = [known for known in names if known.startswith(name)] or difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {close[0]}?" if close else "pass fields that the schema does not know in extra_body"
    return f"unknown argument {name}: {hint}"


def _check_required(body: dict[str, Any]) -> None:
    missing = [name for name, field in _ATTRIBUTES.items() if field.default is attrs.NOTHING and name not in body]
    if missing:
        raise TypeError(f"missing argument{'s' if len(missing) > 1 else ''}: {', '.join(missing)}")
    # A later schema may not require all of these.
    if "model" in body:
        _check("model", body["model"], str, "the slug of a model, such as 'deepseek-ai/DeepSeek-V4-Pro'", str.strip)
    if "max_tokens" in body:
        _check("max_tokens", body["max_tokens"], int, "a whole number of at least 1", lambda limit: limit >= 1)
    if "messages" in body:
        messages = 'a list of messages, such as [{"role": "user", "content": "Hello!"}]'
        _check("messages", body["messages"], list, messages, len)
    for number, message in enumerate(body.get("messages", ())):
        keys = "a dict with the keys role and content"
        _check(f"messages[{number}]", message, dict, keys, lambda message: {"role", "content"} <= message.keys())


def _check(name: str, value: Any, expected_type: type, expected: str, is_possible: Callable[[Any], Any]) -> None:
    if not isinstance(value, expected_type) or isinstance(value, bool):
        raise TypeError(f"{name} must be {expected}, not {preview(value)}")
    if not is_possible(value):
        raise ValueError(f"{name} must be {expected}, not {preview(value)}")


# The type names of JSON Schema, each with its Python type and its name in error texts.
_TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "string": (str, "a string"),
    "integer": (int, "a whole number"),
    "number": ((int, float), "a number"),
    "boolean": (bool, "True or False"),
    "array": (list, "a list"),
    "object": (dict, "a dict"),
}


@cache
def _schemas() -> dict[str, Any]:
    text = files("baseten_messages_client").joinpath("_generated/schema.json").read_bytes()
    schemas: dict[str, Any] = wire_json.decode(text)["components"]["schemas"]
    return schemas


def _accepted_types(schema: dict[str, Any]) -> set[str]:
    """Return the JSON types that a schema accepts, or an empty set if it accepts any."""
    if "$ref" in schema:
        return _accepted_types(_schemas()[schema["$ref"].rpartition("/")[2]])
    members = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    if members:
        return set().union(*map(_accepted_types, members))
    types = schema.get("type", [])
    return {types} if isinstance(types, str) else set(types)


def _check_types(names: Iterable[str], body: dict[str, Any]) -> None:
    """Check the type of each field and of each message's fields. The service checks what is inside them."""
    properties = _schemas()["MessagesRequest"]["properties"]
    for name in names:
        _check_type(name, body[name], properties.get(name, {}))
    for number, message in enumerate(body.get("messages", ())):
        for key, schema in _schemas()["InputMessage"]["properties"].items():
            if key in message:
                _check_type(f"messages[{number}].{key}", message[key], schema)


def _check_type(name: str, value: Any, schema: dict[str, Any]) -> None:
    accepted_types = [name for name in _TYPES if name in _accepted_types(schema)]
    fits = any(isinstance(value, _TYPES[accepted][0]) for accepted in accepted_types)
    if accepted_types and (not fits or (isinstance(value, bool) and "boolean" not in accepted_types)):
        expected = " or ".join(_TYPES[accepted][1] for accepted in accepted_types)
        raise TypeError(f"{name} must be {expected}, not {preview(value)}")
    choices = schema.get("enum")
    if choices and value not in choices:
        hint = "; pass instructions in the argument system" if value == "system" else ""
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, not {value!r}{hint}")
