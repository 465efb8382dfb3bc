"""Scripted replies that the tests of several clients share."""

from __future__ import annotations

from typing import Any

from ..support import MODEL, message_json

NOVEL = {"type": "novel", "data": {"a": 1}}
WEATHER = {
    "name": "get_weather",
    "description": "Look up the weather of a city.",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {"city": "Paris"}}
ASK_WEATHER = {
    "model": MODEL,
    "max_tokens": 64,
    "messages": [{"role": "user", "content": "What is the weather in Paris?"}],
}


def api_error(error_type: str, message: str) -> dict[str, Any]:
    """Write an error in the Messages format."""
    return {"type": "error", "error": {"type": error_type, "message": message}}


def begun_stream(text: str) -> list[dict[str, Any]]:
    """Write the events of a stream that has sent this text and is not over."""
    start = message_json(content=[], stop_reason=None)
    return [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}},
    ]
