from anthropic import Anthropic, beta_tool

client = Anthropic()
calls = []


@beta_tool
def look(direction: str) -> str:
    """Look in a direction."""
    calls.append(direction)
    return "Only water."


runner = client.beta.messages.tool_runner(
    model="claude-haiku-5-5",
    max_tokens=100,
    tools=[look],
    max_iterations=2,
    messages=[{"role": "user", "content": "Look for land."}],
)
last = runner.until_done()
print(last.stop_reason, calls)
