from anthropic import Anthropic
from anthropic.types import ToolChoiceToolParam, ToolParam

client = Anthropic()

record: ToolParam = {
    "name": "record_sighting",
    "description": "Record what was seen.",
    "input_schema": {
        "type": "object",
        "properties": {"animal": {"type": "string"}, "count": {"type": "integer"}},
        "required": ["animal", "count"],
    },
}
choice: ToolChoiceToolParam = {"type": "tool", "name": "record_sighting", "disable_parallel_tool_use": True}

response = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=256,
    tools=[record],
    tool_choice=choice,
    messages=[{"role": "user", "content": "Three seals lay on the buoy."}],
)
(call,) = (block for block in response.content if block.type == "tool_use" and block.name == "record_sighting")
print(response.stop_reason, call.input["animal"], call.input["count"] + 1)
