"""Typed output through one forced tool call, without I/O: the requests of `messages.parse`, and reading the output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from .. import models
from .._message import Message
from .._wire import json as wire_json
from ..errors import ToolInputError
from .convert import as_lines, convert
from .results import tool_result
from .schema import type_schema

T = TypeVar("T")

TOOL_NAME = "give_output"
# Tool arguments must be an object, so other outputs are wrapped under this key.
_WRAPPER_KEY = "output"


@attrs.define
class ParsedMessage(Message, Generic[T]):
    """A message together with its parsed output.

    Attributes:
        output: The output, converted to the `output_type` of `messages.parse`.
    """

    output: T = attrs.field(default=None, kw_only=True, eq=False)


class OutputParser(Generic[T]):
    """Makes the requests for output of one type, and reads and checks the output.

    Args:
        output_type: The type: a dataclass, attrs class, TypedDict, msgspec.Struct, pydantic model, `list[int]`, …

    Raises:
        TypeError: JSON Schema cannot describe the type.
    """

    def __init__(self, output_type: Any) -> None:
        self._type: Any = output_type
        try:
            schema = type_schema(output_type)
        except Exception as error:  # msgspec, pydantic and types raise many exception classes.
            reason = str(error).partition("\n")[0]
            raise TypeError(f"output_type {output_type!r} cannot be described by a JSON Schema: {reason}") from None
        self._wrapped = schema.get("type") != "object"
        if self._wrapped:
            definitions = {"$defs": schema.pop("$defs")} if "$defs" in schema else {}
            schema = {"type": "object", "properties": {_WRAPPER_KEY: schema}, "required": [_WRAPPER_KEY], **definitions}
        self._tool = {
            "name": TOOL_NAME,
            "description": "Give the output that the user asked for. Call this tool exactly once.",
            "input_schema": schema,
        }

    def request(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a request that forces the model to give the output.

        Raises:
            TypeError: The caller set a field that `parse` itself sets, or `messages` is not a list.
        """
        for name in ("tools", "tool_choice", "stream"):
            if name in fields:
                raise TypeError(f"parse sets {name} itself: leave it out, or use tool_runner")
        if not isinstance(fields.get("messages"), Sequence) or isinstance(fields["messages"], (str, bytes)):
            raise TypeError("messages must be a list of messages")
        return {**fields, "tools": [self._tool], "tool_choice": {"type": "tool", "name": TOOL_NAME}}

    def read(self, message: Message) -> tuple[Any, str | None]:
        """Return the output and None, or None and a text that tells the model what is wrong with the output."""
        answers = [self._read_call(call) for call in message.tool_calls if call.name == TOOL_NAME]
        if not answers:
            return None, f"The output is missing. Call the tool {TOOL_NAME} with the output."
        return next((answer for answer in answers if answer[1] is None), answers[0])

    def _read_call(self, call: models.ToolUseBlock) -> tuple[Any, str | None]:
        if not isinstance(call.input, dict):
            return None, f"The arguments of {TOOL_NAME} are not a JSON object. Call the tool again with a JSON object."
        if self._wrapped and _WRAPPER_KEY not in call.input:
            return None, f"{_WRAPPER_KEY}: missing"
        value, problems = convert(call.input[_WRAPPER_KEY] if self._wrapped else call.input, self._type, _WRAPPER_KEY)
        if problems:
            return (
                None,
                f"The output does not fit:\n{as_lines(problems)}\nCorrect all of it and call {TOOL_NAME} again.",
            )
        return value, None

    def repair(self, fields: Mapping[str, Any], message: Message, problem: str) -> dict[str, Any]:
        """Return the fields of the next request, which tells the model what to correct."""
        results = [tool_result(call, problem, is_error=True).to_dict() for call in message.tool_calls]
        answer = {"role": "user", "content": results or problem}
        return {**fields, "messages": [*fields["messages"], message.to_param(), answer]}

    def parsed(self, message: Message, output: Any) -> ParsedMessage[T]:
        """Return the message together with its output."""
        parsed: ParsedMessage[T] = ParsedMessage.from_dict(message.to_dict())
        parsed.request_id = message.request_id
        parsed.output = output
        return parsed

    def error(self, message: Message, problem: str) -> ToolInputError:
        """Return the error for an output that is still wrong."""
        raw = next((call.input for call in message.tool_calls if call.name == TOOL_NAME), message.text)
        if message.stop_reason == "max_tokens":
            problem = "The output was cut off by max_tokens: increase max_tokens."
        raw_text = raw if isinstance(raw, str) else wire_json.encode(raw).decode()
        return ToolInputError(
            f"{problem}\nThe model's output was: {raw_text[:500]}", tool_name=TOOL_NAME, raw_input=raw
        )


def cannot_repair(message: Message) -> bool:
    """Return whether asking again is useless, because the next answer would be cut or refused too."""
    return message.stop_reason in ("max_tokens", "refusal")
