"""From the arguments of `messages.create` to a request: checked, complete, and holding only what the caller set."""

from __future__ import annotations

from collections.abc import Mapping
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
    if stream:
        body["stream"] = True
    return body


def _unknown_message(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, [*_FIELDS, "stream", "extra_headers", "extra_body", "timeout"], n=1)
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


def _wrong(name: str, expected: str, value: Any) -> Exception:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    right_type = {"max_tokens": int, "model": str, "messages": list}.get(name, dict)
    error = ValueError if isinstance(value, right_type) and not isinstance(value, bool) else TypeError
    return error(f"{name} must be {expected}, not {shown}")
