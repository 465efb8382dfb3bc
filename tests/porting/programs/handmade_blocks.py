from anthropic import Anthropic
from anthropic.types import MessageParam, TextBlockParam, ToolParam, ToolResultBlockParam, ToolUseBlockParam

client = Anthropic()
history: list[MessageParam] = [
    {"role": "user", "content": [TextBlockParam(type="text", text="Weather?", cache_control={"type": "ephemeral"})]}
]
tools = [
    ToolParam(
        name="get_weather", description="d", input_schema={"type": "object", "properties": {"city": {"type": "string"}}}
    )
]
kw = {
    "model": "claude-opus-5-5",
    "max_tokens": 10,
    "tools": tools,
    "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
}
m = client.messages.create(messages=history, **kw)
assistant = []
for b in m.content:
    if b.type == "text":
        assistant.append(TextBlockParam(type="text", text=b.text))
    else:
        assistant.append(ToolUseBlockParam(type="tool_use", id=b.id, name=b.name, input=b.input))
history.append({"role": "assistant", "content": assistant})
history.append(
    {
        "role": "user",
        "content": [
            ToolResultBlockParam(
                type="tool_result", tool_use_id=b.id, content=[{"type": "text", "text": "err"}], is_error=True
            )
            for b in m.content
            if b.type == "tool_use"
        ],
    }
)
m = client.messages.create(messages=history, **kw)
print(m.content[0].text, m.usage.cache_read_input_tokens or 0, m.usage.cache_creation_input_tokens or 0)
