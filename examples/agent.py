"""An agent with several tools. It calls them side by side and streams the model's text.

python examples/agent.py ["a question"]
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

from msgspec import Meta
from quickstart import MODEL, connect

from baseten_messages_client import BasetenError, models, tool


@tool
def get_weather(city: str, unit: Literal["celsius", "fahrenheit"] = "celsius") -> dict[str, object]:
    """Look up the present weather of a city.

    Args:
        city: Name of the city, in English.
        unit: Unit of the temperature.
    """
    celsius = len(city) + 12  # A real tool would ask a weather service.
    return {"city": city, "temperature": celsius if unit == "celsius" else celsius * 9 / 5 + 32, "unit": unit}


@tool(timeout=5)
async def get_time(utc_offset: Annotated[int, Meta(ge=-12, le=14, description="Hours east of Greenwich.")] = 0) -> str:
    """Tell the time of day."""
    now = datetime.now(UTC)
    return f"{(now.hour + utc_offset) % 24:02}:{now.minute:02}"


def announce(call: models.ToolUseBlock) -> None:
    """Print a call before it is made. The hook returns None, so the tool is called."""
    print(f"  -> {call.name}({call.input})")


# The first reply of the local server. Without it, the local server would call one tool at a time.
SCRIPT = {
    "content": [
        {"type": "text", "text": "I will look up both."},
        {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {"city": "Paris"}},
        {"type": "tool_use", "id": "toolu_2", "name": "get_time", "input": {"utc_offset": 0}},
    ],
    "stop_reason": "tool_use",
}


def main() -> int:
    question = " ".join(sys.argv[1:]) or "What is the weather in Paris, and what time is it in Greenwich?"
    try:
        with connect(SCRIPT) as (client, server):
            print(f"server    {server}\nquestion  {question}\n")
            runner = client.messages.tool_runner(
                tools=[get_weather, get_time],
                max_turns=8,
                before_tool=announce,
                stream=True,
                model=MODEL,
                max_tokens=512,
                messages=[{"role": "user", "content": question}],
            )
            for stream in runner:
                for text in stream.text_stream:
                    print(text, end="", flush=True)
                print()
    except BasetenError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    usage = runner.usage
    print(f"\ntokens    {usage.input_tokens} in, {usage.output_tokens} out, {len(runner.messages)} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
