"""The loop of a tool runner, written by hand, for callers who want to control each step.

python examples/own_loop.py
"""

from __future__ import annotations

import sys
from typing import Any

from quickstart import MODEL, connect

from baseten_messages_client import BasetenError, ToolInputError, tool, tool_result


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def converse() -> str:
    messages: list[Any] = [{"role": "user", "content": "Add 17 and 25."}]
    with connect() as (client, _):
        while True:
            message = client.messages.create(model=MODEL, max_tokens=256, messages=messages, tools=[add.definition])
            messages.append(message.to_param())
            if message.stop_reason != "tool_use":
                break
            results = []
            for call in message.tool_calls:
                try:
                    results.append(tool_result(call, add.bind_arguments(call.input)()))
                except ToolInputError as error:
                    results.append(tool_result(call, str(error), is_error=True))
            messages.append({"role": "user", "content": results})
    return message.text


def main() -> int:
    try:
        print(converse())
    except BasetenError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
