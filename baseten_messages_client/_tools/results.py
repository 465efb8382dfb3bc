"""Tool result blocks: the outputs of tools, and the error texts that a model reads."""

from __future__ import annotations

from typing import Any

import msgspec

from .. import models
from .._wire import json as wire_json
from ..errors import ToolInputError

_MAX_ERROR_TEXT = 4000
"""Characters of an exception's text that are sent. More would not help the model."""


def tool_result(call: models.ToolUseBlock | str, output: Any, is_error: bool = False) -> models.ToolResultBlock:
    """Return the tool result block that answers a call. Use it if you write your own tool loop.

    Source: schema `ToolResultBlock`.

    Args:
        call: The tool use block, or its id.
        output: Text, content blocks, or any value that JSON can hold. Such a value is sent as JSON text.
        is_error: Whether the call failed. The output then says what went wrong.

    Returns:
        A block for the `content` of the next user turn.

    Raises:
        TypeError: JSON cannot hold the output.
        ValueError: JSON cannot hold a value in the output, such as NaN.

    Example:
        >>> tool_result("toolu_1", {"celsius": 21}).content
        '{"celsius":21}'
    """
    if not isinstance(call, (str, models.ToolUseBlock)):
        raise TypeError(f"call must be a tool use block or its id, not a {type(call).__name__}")
    call_id = call if isinstance(call, str) else call.id
    block = models.ToolResultBlock(type="tool_result", tool_use_id=call_id, content=result_content(output))
    if is_error:
        block.is_error = True
    return block


def result_content(output: Any) -> Any:
    """Return a tool's output as the `content` of a tool result block."""
    if isinstance(output, str):
        return wire_json.to_jsonable(output, "the output")
    if isinstance(output, (bytes, bytearray)):
        try:
            return bytes(output).decode()
        except UnicodeDecodeError:
            raise TypeError("the output is bytes that are not UTF-8 text: return text or an image block") from None
    if _is_block(output):
        return [output]
    if isinstance(output, (list, tuple)) and output and all(_is_block(item) or _is_block_dict(item) for item in output):
        return [item if _is_block(item) else _block_from_dict(item) for item in output]
    try:
        plain = wire_json.to_jsonable(output, "the output")
    except TypeError:  # It may be a dataclass, a date, or another type that msgspec knows.
        try:
            builtins = msgspec.to_builtins(output, str_keys=True, enc_hook=_to_plain_data)
        except (TypeError, ValueError, RecursionError) as error:
            raise TypeError(f"the output is not text, a content block or a JSON value: {error}") from None
        plain = wire_json.to_jsonable(builtins, "the output")
    return wire_json.encode(plain).decode()


_CONTENT_BLOCKS = (models.TextBlock, models.ImageBlock, models.UnknownBlock)


def _is_block(item: Any) -> bool:
    return isinstance(item, _CONTENT_BLOCKS)


def _is_block_dict(item: Any) -> bool:
    """Return whether a dict is a content block, and not other data that has a `type`."""
    return isinstance(item, dict) and (
        (item.get("type") == "text" and isinstance(item.get("text"), str))
        or (item.get("type") == "image" and isinstance(item.get("source"), dict))
    )


def _block_from_dict(item: dict[str, Any]) -> Any:
    model = models.TextBlock if item["type"] == "text" else models.ImageBlock
    return model.from_dict(item)


def _to_plain_data(value: Any) -> Any:
    if hasattr(value, "model_dump"):  # pydantic
        return value.model_dump(mode="json")
    if hasattr(value, "to_dict"):
        return value.to_dict()
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def output_result(call: models.ToolUseBlock, output: Any) -> models.ToolResultBlock:
    """Return the tool result block for what a tool or a hook returned.

    The output may itself be a tool result block. The returned block always has the id of this call.

    Raises:
        TypeError: JSON cannot hold the output, so the next request would fail.
        ValueError: JSON cannot hold a value in the output, such as NaN.
    """
    if not isinstance(output, models.ToolResultBlock):
        output = models.ToolResultBlock(type="tool_result", tool_use_id="", content=result_content(output))
    plain: dict[str, Any] = wire_json.to_jsonable(output, "the output")
    return models.ToolResultBlock.from_dict({**plain, "tool_use_id": call.id})


def failure_result(call: models.ToolUseBlock, error: BaseException) -> models.ToolResultBlock:
    """Return the tool result block for a call that failed. It says what happened, without a traceback."""
    text = _error_text(error)
    if not isinstance(error, ToolInputError):
        failed = f"{call.name} failed: {type(error).__name__}"
        text = f"{failed}: {text}" if text else failed
    return tool_result(call, text, is_error=True)


def unsendable_result(call: models.ToolUseBlock, error: Exception) -> models.ToolResultBlock:
    """Return the tool result block for a call whose output JSON cannot hold."""
    return tool_result(call, f"{call.name} ran, but its result cannot be sent: {_error_text(error)}", is_error=True)


def timeout_result(call: models.ToolUseBlock, seconds: float) -> models.ToolResultBlock:
    """Return the tool result block for a call that took too long."""
    return tool_result(call, f"{call.name} did not finish within {seconds:g} seconds.", is_error=True)


def stopped_result(call: models.ToolUseBlock) -> models.ToolResultBlock:
    """Return the tool result block for a call that stopped the runner, or that was not made because of the stop."""
    return tool_result(call, "The conversation was stopped, so this call has no result.", is_error=True)


def _error_text(error: BaseException) -> str:
    """Return an exception's text in a form that can be sent: valid UTF-8 of limited length."""
    try:
        text = str(error)
    except Exception:
        return ""
    # Half of a surrogate pair cannot be sent, and must not end the conversation.
    text = text.encode("utf-8", "replace").decode().strip()
    return text if len(text) <= _MAX_ERROR_TEXT else text[:_MAX_ERROR_TEXT] + "…"
