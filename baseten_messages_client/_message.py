"""`Message`: the generated response model, with what callers do with a response."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import attrs

from . import models, params
from ._transport.headers import read_request_id
from ._wire import json as wire_json
from ._wire.error_bodies import describe_body, parse_body
from .errors import APIResponseError

if TYPE_CHECKING:
    import httpx

RAW_INPUT_KEY = "_raw_input"
"""Key under which a malformed tool input goes back to the service, which takes objects only."""

# What an answer may leave out although the schema requires it (seen at several servers). What the schema comes to
# require later is None where a server does not send it yet.
_DEFAULTS: dict[str, Any] = {
    **{field.name: None for field in attrs.fields(models.MessagesResponse) if field.default is attrs.NOTHING},
    "id": "",
    "model": "",
}


@attrs.define
class Message(models.MessagesResponse):
    """A turn of the model: `models.MessagesResponse` and the helpers below.

    Fields and blocks that the schema does not know are kept: fields in `additional_properties`, blocks as
    `models.UnknownBlock`; `to_dict()` gives all of it back.

    Attributes:
        request_id: What identifies the request in the service's logs, or None (from the response's headers).

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
        """All text blocks, joined; empty when there is none."""
        texts = (block.text for block in self.content if isinstance(block, models.TextBlock))
        return "".join(text for text in texts if isinstance(text, str))

    @property
    def tool_calls(self) -> list[models.ToolUseBlock]:
        """The calls that still wait for a result.

        Calls of hosted tools are left out: their results stand in the message already. An `input` that is a string is
        malformed JSON, kept as the model wrote it.
        """
        answered = [block.tool_use_id for block in self.content if isinstance(block, models.ToolResultBlock)]
        calls = (block for block in self.content if isinstance(block, models.ToolUseBlock))
        return [call for call in calls if call.id not in answered]

    def to_param(self) -> params.InputMessage:
        """Return this turn as an item of `messages`, for the next request.

        Lossless, but for a malformed tool input: the service takes objects only, so its text goes into an object under
        the key `_raw_input`.
        """
        content = [block.to_dict() for block in self.content]
        for block in content:
            if block.get("type") == "tool_use" and not isinstance(block.get("input"), dict):
                block["input"] = {RAW_INPUT_KEY: block.get("input")}
        return cast("params.InputMessage", {"role": "assistant", "content": content})


def build_message(data: dict[str, Any], request_id: str | None) -> Message:
    """Make a `Message` of a response's JSON object, tolerating what servers leave out or malform.

    A content item without a type becomes an `UnknownBlock`, so that nothing is lost.
    """
    complete = {**_DEFAULTS, **data, "type": "message", "role": "assistant"}
    content = data.get("content")
    blocks = content if isinstance(content, list) else [] if content is None else [content]
    complete["content"] = [normalize_block(block) for block in blocks]
    if not isinstance(complete.get("usage"), dict):
        complete["usage"] = {}
    try:
        message = Message.from_dict(complete)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise APIResponseError(f"the response is no message: {error!r}", request_id=request_id, body=data) from error
    message.request_id = request_id
    return message


def normalize_block(block: Any) -> dict[str, Any]:
    """Return a content block with a type, and with what blocks of its type must have."""
    if not isinstance(block, dict):
        return {"type": "text", "text": block} if isinstance(block, str) else {"type": "unknown", "value": block}
    if block.get("type") == "tool_use":
        return {"id": "", "name": "", **block, "input": parse_input(block.get("input"))}
    if block.get("type") == "tool_result" and isinstance(block.get("content"), list):
        # Those that have a type are left alone: results could be nested without end.
        items = [item if _has_type(item) else normalize_block(item) for item in block["content"]]
        return {**block, "content": items}
    return block if _has_type(block) else {**block, "type": "unknown"}


def _has_type(block: Any) -> bool:
    return isinstance(block, dict) and isinstance(block.get("type"), str)


def parse_input(arguments: Any) -> Any:
    """Return a tool's arguments as an object. A text that is none is kept: it must not pass for an empty object."""
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
    return value if isinstance(value, dict) else arguments


def parse_message(response: httpx.Response, redact: Callable[[str], str]) -> Message:
    """Make a `Message` of a response, whose body must have been read.

    Raises:
        APIResponseError: The body is not JSON, an error, or anything else that is no message.
    """
    request_id = read_request_id(response.headers, redact)
    try:
        data = wire_json.decode(response.content)
        if b"\\u" in response.content:
            data = wire_json.join_all_surrogates(data)
        if isinstance(data, dict) and (data.get("type") == "message" or isinstance(data.get("content"), list)):
            return build_message(data, request_id)
    except (RecursionError, ValueError):
        pass
    body = parse_body(response.content, redact)
    text, error_type = describe_body(body)
    raise APIResponseError(
        f"the service answered 200 without a message: {text or 'there is nothing in it'}",
        error_type=error_type,
        request_id=request_id,
        body=body,
        response=response,
    )
