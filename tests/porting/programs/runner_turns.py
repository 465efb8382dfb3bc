import anthropic
from anthropic import beta_tool

client = anthropic.Anthropic()


@beta_tool
def add(a: int, b: int) -> str:
    """Add two numbers."""
    return str(a + b)


@beta_tool(name="negate", description="Change the sign of a number.")
def change_sign(a: int) -> str:
    return str(-a)


runner = client.beta.messages.tool_runner(
    model="claude-sonnet-5-5",
    max_tokens=512,
    tools=[add, change_sign],
    max_iterations=5,
    messages=[{"role": "user", "content": "Add 2 and 3 and change the sign."}],
)
for message in runner:
    for block in message.content:
        if block.type == "tool_use":
            print("call", block.name, block.input)
        elif block.type == "text":
            print("text", block.text)
