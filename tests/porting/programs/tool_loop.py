from anthropic import Anthropic
from anthropic.types import MessageParam, ToolParam, ToolResultBlockParam, ToolUseBlock

client = Anthropic()

TOOLS: list[ToolParam] = [
    {
        "name": "tide_height",
        "description": "Height of the tide in a harbor, in meters.",
        "input_schema": {
            "type": "object",
            "properties": {"harbor": {"type": "string"}, "hour": {"type": "integer"}},
            "required": ["harbor", "hour"],
        },
    }
]


def tide_height(harbor: str, hour: int) -> str:
    return f"{harbor} at {hour}:00: {1.5 + hour % 6 / 2} m"


messages: list[MessageParam] = [{"role": "user", "content": "When can I leave Dieppe, at 9 or at 15?"}]
while True:
    response = client.messages.create(model="claude-opus-5-5", max_tokens=1024, tools=TOOLS, messages=messages)
    messages.append({"role": "assistant", "content": response.content})
    if response.stop_reason != "tool_use":
        break
    results: list[ToolResultBlockParam] = []
    for block in response.content:
        if isinstance(block, ToolUseBlock):
            output = tide_height(**block.input)
            print(f"{block.name}({block.input}) -> {output}")
            results.append({"type": "tool_result", "tool_use_id": block.id, "content": output})
    messages.append({"role": "user", "content": results})

print(response.content[0].text)
print([message["role"] for message in messages])
