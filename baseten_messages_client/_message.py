"""`Message`: the generated response model, with what callers do with a response."""

from __future__ import annotations

from typing import Any, cast

import attrs

from . import _json, models, params
from .errors import APIResponseError

RAW_INPUT_KEY = "_raw_input"
"""Key under which a malformed tool input goes back to the service, which takes objects only."""

# What an answer may leave out although the schema requires it (seen at several servers).
_DEFAULTS: dict[str, Any] = {"id": "", "type": "message", "role": "assistant", "model": "", "stop_reason": None}


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
        return "".join(block.text for block in self.content if isinstance(block, models.TextBlock) and block.text)

    @property
    def tool_calls(self) -> list[models.ToolUseBlock]:
        """The calls that still wait for a result.

        Calls of hosted tools are left out: their results stand in the message already. An `input` that is a string is
        malformed JSON, kept as the model wrote it.
        """
        answered = {block.tool_use_id for block in self.content if isinstance(block, models.ToolResultBlock)}
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
    complete["content"] = [complete_block(block) for block in blocks]
    if not isinstance(complete.get("usage"), dict):
        complete["usage"] = {}
    message = Message.from_dict(complete)
    message.request_id = request_id
    return message


def complete_block(block: Any) -> dict[str, Any]:
    """Return a content block with a type, and with what a tool use must have."""
    if not isinstance(block, dict):
        return {"type": "text", "text": block} if isinstance(block, str) else {"type": "unknown", "value": block}
    if block.get("type") == "tool_use":
        return {"id": "", "name": "", "input": {}, **block}
    return block if isinstance(block.get("type"), str) else {**block, "type": "unknown"}


def parse_message(body: bytes, request_id: str | None) -> Message:
    """Make a `Message` of a response's body.

    Raises:
        APIResponseError: The body is not JSON, an error, or anything else that is no message.
    """
    try:
        data = _json.decode(body)
    except ValueError:
        data = body.decode("utf-8", "replace")
    if isinstance(data, dict) and (data.get("type") == "message" or isinstance(data.get("content"), list)):
        return build_message(data, request_id)
    from ._failures import describe_body

    text, error_type = describe_body(data)
    raise APIResponseError(
        f"the service answered 200 without a message: {text or 'the body is empty'}",
        error_type=error_type,
        request_id=request_id,
        body=data,
    )
