"""From the arguments of `messages.create` to a request: checked, complete, and holding only what the caller set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from . import _json, models
from ._generated.types import Unset

_FIELDS = {field.name: field.default is attrs.NOTHING for field in attrs.fields(models.MessagesRequest)}


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
        fields: The request's fields by name; None means not set.
        extra_body: Fields that the schema does not know, or other values for those that it does.
        stream: Whether to ask for server-sent events.

    Raises:
        TypeError: An argument is missing, unknown or of the wrong type.
        ValueError: An argument has the right type and an impossible value.
    """
    if not isinstance(stream, bool):
        raise TypeError(f"stream must be True or False, not {stream!r}")
    if request is not None:
        if fields:
            raise TypeError(f"pass either a MessagesRequest or keywords, not both (got {', '.join(fields)} besides)")
        if not isinstance(request, models.MessagesRequest):
            raise TypeError(
                f"the positional argument must be a models.MessagesRequest, not {type(request).__name__}: "
                "pass the request's fields as keywords, as in create(model=..., max_tokens=..., messages=[...])"
            )
        # Not request.to_dict(): its parts may be dicts as well as models.
        fields = {name: getattr(request, name) for name in _FIELDS}
    unknown = [name for name in fields if name not in _FIELDS]
    if unknown:
        raise TypeError(_unknown_message(unknown[0]))
    given = {name: value for name, value in fields.items() if value is not None and not isinstance(value, Unset)}
    body = {name: _json.to_jsonable(value, name) for name, value in given.items()}
    if extra_body is not None:
        if not isinstance(extra_body, Mapping):
            raise TypeError(f"extra_body must be a dict, not {type(extra_body).__name__}")
        if "stream" in extra_body:
            raise TypeError("extra_body cannot hold stream: pass stream=True to create, or call messages.stream")
        body.update(_json.to_jsonable(extra_body, "extra_body"))
    _check_required(body)
    _check_types(given.keys(), body)
    if stream:
        body["stream"] = True
    return body


def _unknown_message(name: str) -> str:
    import difflib

    if name == "stream":
        return "stream cannot be set here: this method decides it; create and tool_runner take stream=True"
    names = [*_FIELDS, "stream", "extra_headers", "extra_body", "timeout"]
    close = [known for known in names if known.startswith(name)] or difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {close[0]}?" if close else "pass fields that the schema does not know in extra_body"
    return f"unknown argument {name}: {hint}"


def _check_required(body: dict[str, Any]) -> None:
    missing = [name for name, required in _FIELDS.items() if required and name not in body]
    if missing:
        raise TypeError(f"missing argument{'s' if len(missing) > 1 else ''}: {', '.join(missing)}")
    if not isinstance(body["model"], str) or not body["model"].strip():
        raise _wrong("model", "the slug of a model, such as 'deepseek-ai/DeepSeek-V4-Pro'", body["model"])
    limit = body["max_tokens"]
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise _wrong("max_tokens", "a whole number of at least 1", limit)
    messages = body["messages"]
    if not isinstance(messages, list) or not messages:
        raise _wrong("messages", 'a list of messages, such as [{"role": "user", "content": "Hello!"}]', messages)
    for number, message in enumerate(messages):
        if not isinstance(message, dict) or not {"role", "content"} <= message.keys():
            raise _wrong(f"messages[{number}]", "a dict with the keys role and content", message)


# JSON Schema's names of types, as Python's and in words.
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
    schemas: dict[str, Any] = _json.decode(text)["components"]["schemas"]
    return schemas


def _kinds(schema: dict[str, Any]) -> set[str]:
    """Return the JSON types that a schema takes; none when it takes any."""
    if "$ref" in schema:
        return _kinds(_schemas()[schema["$ref"].rpartition("/")[2]])
    members = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    if members:
        return set().union(*map(_kinds, members))
    kind = schema.get("type", [])
    return {kind} if isinstance(kind, str) else set(kind)


def _check_types(names: Iterable[str], body: dict[str, Any]) -> None:
    """Check the outermost type of every field, and each message; what is within is for the service to judge."""
    properties = _schemas()["MessagesRequest"]["properties"]
    for name in names:
        _check_type(name, body[name], properties.get(name, {}))
    for number, message in enumerate(body["messages"]):
        for key, schema in _schemas()["InputMessage"]["properties"].items():
            if key in message:
                _check_type(f"messages[{number}].{key}", message[key], schema)


def _check_type(name: str, value: Any, schema: dict[str, Any]) -> None:
    kinds = [kind for kind in _TYPES if kind in _kinds(schema)]
    right = any(isinstance(value, _TYPES[kind][0]) for kind in kinds)
    if kinds and (not right or (isinstance(value, bool) and "boolean" not in kinds)):
        raise _wrong(name, " or ".join(_TYPES[kind][1] for kind in kinds), value)
    choices = schema.get("enum")
    if choices and value not in choices:
        hint = "; instructions go into the argument system" if value == "system" else ""
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, not {value!r}{hint}")


def _wrong(name: str, expected: str, value: Any) -> Exception:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    right_type = {"max_tokens": int, "model": str, "messages": list}.get(name, dict)
    impossible = isinstance(value, right_type) and not isinstance(value, bool) and expected not in _WORDS
    return (ValueError if impossible else TypeError)(f"{name} must be {expected}, not {shown}")


_WORDS = {words for _, words in _TYPES.values()}
