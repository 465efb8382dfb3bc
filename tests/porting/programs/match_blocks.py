import anthropic
from anthropic.types import TextBlock, ToolUseBlock

m = anthropic.Anthropic().messages.create(
    model="claude-opus-5-5",
    max_tokens=10,
    messages=[{"role": "user", "content": "Hi"}],
    tools=[{"name": "get_weather", "input_schema": {"type": "object", "properties": {}}}],
    tool_choice={"type": "any", "disable_parallel_tool_use": True},
)
for block in m.content:
    match block:
        case TextBlock(text=t):
            print("text", t)
        case ToolUseBlock(name="get_weather", input={"city": c}):
            print("tool", c)
call = next(b for b in m.content if isinstance(b, anthropic.types.ToolUseBlock))
print(call.id, call.name, hasattr(call, "text"), getattr(m.content[0], "text", ""))
