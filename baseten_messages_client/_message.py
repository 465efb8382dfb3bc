"""`Message`, which is the generated response model with helpers, and the functions that build it from JSON."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import attrs

from . import models, params
from ._generated.wire_names import WIRE_NAMES
from ._transport.causes import redact_causes
from ._transport.headers import read_request_id
from ._transport.safe_response import read_safely
from ._wire import json as wire_json
from ._wire.error_bodies import describe_body, redact_and_cut, redact_value
from .errors import APIResponseError

if TYPE_CHECKING:
    import httpx

RAW_INPUT_KEY = "_raw_input"
"""The service accepts only objects as tool input, so the text of a malformed input is sent back under this key."""


def _least(annotation: Any) -> Any:
    """Return the JSON value of a type that says the least, as far as `from_dict` takes it: None, if it can be."""
    text = str(annotation)
    if text.startswith("list["):
        return []
    if text.startswith("Literal["):
        return ast.literal_eval(f"({text[8:-1]},)")[0]
    model = getattr(models, text, None)
    return _required(model) if attrs.has(model) else None  # type: ignore[arg-type]


def _required(model: type[Any]) -> dict[str, Any]:
    """Return the fields that a model requires, by their names on the wire, with values that say the least."""
    names = WIRE_NAMES.get(model.__name__, {})
    return {
        names.get(field.name) or field.name: _least(field.type)
        for field in attrs.fields(model)
        if field.init and field.default is attrs.NOTHING
    }


# Defaults for the fields that the schema requires, because several servers leave some of them out. If a later schema
# requires more fields, they are None or empty until the servers send them.
_DEFAULTS: dict[str, Any] = {**_required(models.MessagesResponse), "id": "", "model": ""}


@attrs.define
class Message(models.MessagesResponse):
    """A turn of the model: the fields of `models.MessagesResponse`, and the helpers below.

    Fields that the schema does not know are kept in `additional_properties`. Content blocks that it does not know are
    kept as `models.UnknownBlock`. `to_dict()` returns all of them. Source: the schema's `MessagesResponse`.

    Attributes:
        request_id: The request's ID in the service's logs, from the headers of the response, or None.

    Example:
        >>> message = Message.from_dict({
        ...     "id": "msg_1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn",
        ...     "content": [{"type": "text", "text": "Hello!"}], "usage": {"output_tokens": 2},
        ... })
        >>> message.text
        'Hello!'
        >>> message.to_param()
        {'role': 'assistant', 'content': [{'type': 'text', 'text': 'Hello!'}]}
    """

    request_id: str | None = attrs.field(default=None, kw_only=True, eq=False)

    @property
    def text(self) -> str:
        """The text of all text blocks, joined. It is empty if there are no text blocks."""
        texts = (block.text for block in self.content if isinstance(block, models.TextBlock))
        return "".join(text for text in texts if isinstance(text, str))

    @property
    def tool_calls(self) -> list[models.ToolUseBlock]:
        """The tool calls that have no result yet.

        Calls of hosted tools are left out, because the message already holds their results. If the `input` of a call
        is a string, it is malformed JSON, kept as the model wrote it.
        """
        results = (block.tool_use_id for block in self.content if isinstance(block, models.ToolResultBlock))
        answered = {call_id for call_id in results if isinstance(call_id, str)}
        calls = (block for block in self.content if isinstance(block, models.ToolUseBlock))
        return [call for call in calls if not isinstance(call.id, str) or call.id not in answered]

    def to_param(self) -> params.InputMessage:
        """Return this turn as an item of `messages` for the next request.

        Only a malformed tool input changes. The service accepts objects only, so the text of the input is put into an
        object under the key `_raw_input`.
        """
        content = [block.to_dict() for block in self.content]
        for block in content:
            if block.get("type") == "tool_use" and not isinstance(block.get("input"), dict):
                block["input"] = {RAW_INPUT_KEY: block.get("input")}
            elif block.get("type") in ("text", "thinking") and not isinstance(block.get(block["type"]), str):
                block[block["type"]] = _text(block.get(block["type"]))  # The service takes text only.
        return cast("params.InputMessage", {"role": "assistant", "content": content})


def build_message(data: dict[str, Any], request_id: str | None, redact: Callable[[str], str] = str) -> Message:
    """Make a `Message` from the JSON object of a response. Servers may leave out or malform its fields.

    A string in the content becomes a `TextBlock`. Any other content item without a type becomes an `UnknownBlock`, so
    that nothing is lost.

    Raises:
        APIResponseError: A field is malformed in a way that cannot be corrected.
    """
    complete = {**_DEFAULTS, **data, "type": "message", "role": "assistant"}
    content = data.get("content")
    blocks = content if isinstance(content, list) else [] if content is None else [content]
    complete["content"] = [normalize_block(block) for block in blocks]
    complete["usage"] = normalize_usage(complete.get("usage"))
    try:
        message = Message.from_dict(complete)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        redact_causes(error, redact)
        raise APIResponseError(
            f"the response is not a message: {redact_and_cut(repr(error), 500, redact)}",
            request_id=request_id,
            body=redact_value(data, redact),
        ) from error
    message.request_id = request_id
    return message


def normalize_block(block: Any) -> dict[str, Any]:
    """Return a content block that has a type and the fields that its type requires."""
    if not isinstance(block, dict):
        return {"type": "text", "text": block} if isinstance(block, str) else {"type": "unknown", "value": block}
    if any(wire_json.is_deep(value) for value in block.values() if not isinstance(value, str)):
        block = {key: wire_json.to_text(value) if wire_json.is_deep(value) else value for key, value in block.items()}
    match block.get("type"):
        case "tool_use":
            return {**_with_texts(block, "id", "name"), "input": parse_input(block.get("input"))}
        case "text" | "thinking":
            return _with_texts(block, block["type"])
        case "tool_result":
            return {**_with_texts(block, "tool_use_id"), "content": _normalize_result(block.get("content"))}
        case str():
            return {**block}
        case _:
            return {**block, "type": "unknown"}


def _with_texts(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Return an object whose values under the given keys are texts. It is the same object if they are already."""
    if all(isinstance(data.get(key), str) for key in keys):
        return data
    return {**data, **{key: _text(data.get(key)) for key in keys}}


def _normalize_result(content: Any) -> Any:
    """Return the content of a tool result: text, or a list of blocks that have a type."""
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        return _text(content)
    # Tool results in a tool result are left unchanged, because they could be nested without end.
    nested = [isinstance(item, dict) and item.get("type") == "tool_result" for item in content]
    return [item if skip else normalize_block(item) for item, skip in zip(content, nested, strict=True)]


def normalize_usage(usage: Any) -> dict[str, Any]:
    """Return token counts as integers. Some servers send them as strings."""
    return {key: _count(value) for key, value in usage.items()} if isinstance(usage, dict) else {}


def _count(value: Any) -> Any:
    if isinstance(value, dict):
        return normalize_usage(value)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _text(value: Any) -> str:
    """Return a value as text. It should be text, but a model may write anything."""
    if isinstance(value, str):
        return value
    return "" if value is None else wire_json.to_text(value)


def parse_input(arguments: Any) -> Any:
    """Return tool arguments as an object. Text that is not an object is kept, so it cannot pass for an empty object."""
    if arguments is None or arguments == "":
        return {}
    if not isinstance(arguments, str):
        return arguments
    try:
        value = wire_json.decode(arguments)
        if "\\ud" in arguments or "\\uD" in arguments:
            value = wire_json.join_all_surrogates(value)
    except (RecursionError, ValueError):
        return arguments
    return value if isinstance(value, dict) and not wire_json.is_deep(value) else arguments


def parse_message(response: httpx.Response, redact: Callable[[str], str]) -> Message:
    """Make a `Message` from a response. Its body must have been read.

    Raises:
        APIResponseError: The body is not a message: it is not JSON, describes an error, or holds something else.
    """
    request_id = read_request_id(response.headers, redact)
    try:
        data = wire_json.decode(response.content)
        if b"\\u" in response.content:
            data = wire_json.join_all_surrogates(data)
        if isinstance(data, dict) and (data.get("type") == "message" or isinstance(data.get("content"), list)):
            return build_message(data, request_id, redact)
    except APIResponseError as error:
        error._attach(read_safely(response, redact)[1])
        raise
    except (RecursionError, ValueError):
        pass
    body, copied = read_safely(response, redact)
    text, error_type = describe_body(body, response.headers.get("content-type", ""))
    raise APIResponseError(
        f"the service responded with status 200, but not with a message: {redact(text) or 'the body is empty'}",
        error_type=error_type,
        request_id=request_id,
        body=body,
        response=copied,
    )
