"""The server-sent events that stream a message."""

import json
from typing import Any

from ._tokens import split_tokens

PING: dict[str, Any] = {"type": "ping"}

# Long enough that a call takes a few events, short enough that small inputs are split too.
_JSON_PIECE = 12


def to_json(value: Any) -> bytes:
    """Write a value as compact JSON in UTF-8."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # UTF-8 cannot encode half of a surrogate pair. An escape can.
        return json.dumps(value, separators=(",", ":")).encode()


def event_frame(event: dict[str, Any]) -> bytes:
    """Write one event as a frame: its name, its data and a blank line."""
    name = str(event["type"]).encode(errors="replace")
    return b"event: " + name + b"\ndata: " + to_json(event) + b"\n\n"


def message_events(message: dict[str, Any]) -> list[dict[str, Any]]:
    """List the events that stream a whole message.

    Args:
        message: A message with all its fields.

    Returns:
        The events in order, shaped like those of the real service: usage is zero at the start and complete in
        `message_delta`, text grows by one token per event.
    """
    started = {key: value for key, value in message.items() if key != "baseten"}
    usage = {"input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 0}
    started |= {"content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": started}]
    for index, block in enumerate(message["content"]):
        events += _block_events(index, block)

    delta = {"stop_reason": message["stop_reason"]}
    if message.get("stop_sequence") is not None:
        delta["stop_sequence"] = message["stop_sequence"]
    ended: dict[str, Any] = {"type": "message_delta", "delta": delta, "usage": message["usage"]}
    if "baseten" in message:
        ended["baseten"] = message["baseten"]
    return [*events, ended, {"type": "message_stop"}]


def _block_events(index: int, block: dict[str, Any]) -> list[dict[str, Any]]:
    """List the events of one content block. Blocks of unknown types are whole in their first event."""
    started, deltas = block, []
    if block.get("type") == "text":
        started = block | {"text": ""}
        deltas = [{"type": "text_delta", "text": piece} for piece in split_tokens(str(block.get("text") or ""))]
    elif block.get("type") == "thinking":
        started = block | {"thinking": "", "signature": ""}
        deltas = [
            {"type": "thinking_delta", "thinking": piece} for piece in split_tokens(str(block.get("thinking") or ""))
        ]
        deltas.append({"type": "signature_delta", "signature": block.get("signature", "")})
    elif "input" in block:
        started = block | {"input": {}}
        deltas = [{"type": "input_json_delta", "partial_json": piece} for piece in _input_pieces(block["input"])]
    return [
        {"type": "content_block_start", "index": index, "content_block": started},
        *({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def _input_pieces(value: Any) -> list[str]:
    """Split the arguments of a tool call, with an empty first piece. A string is sent as it is, JSON or not."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return ["", *(text[start : start + _JSON_PIECE] for start in range(0, len(text), _JSON_PIECE))]
