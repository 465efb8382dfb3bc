"""Constants and small makers that the test modules share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KEY = "sk-test-0123456789"
MODEL = "deepseek-ai/DeepSeek-V4-Pro"
WIRE = Path(__file__).parent / "wire"


def say(text: str) -> dict[str, Any]:
    """Return the fields of a request in which the user says this."""
    return {"model": MODEL, "max_tokens": 64, "messages": [{"role": "user", "content": text}]}


HELLO = say("Hello!")


def message_json(**fields: Any) -> dict[str, Any]:
    """Return a whole response, as a server sends it."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": [{"type": "text", "text": "Hi."}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 2},
        **fields,
    }


def error_bodies() -> list[dict[str, Any]]:
    """Return the bodies of errors that servers send, each with its status and source."""
    rows: list[dict[str, Any]] = json.loads((WIRE / "error-bodies.json").read_text(encoding="utf-8"))
    return rows
