import anthropic
from anthropic import beta_tool

client = anthropic.Anthropic()


@beta_tool
def price(thing: str) -> str:
    """Price of a thing."""
    if thing == "anchor":
        raise ValueError("anchors are not sold")
    return "12 crowns"


runner = client.beta.messages.tool_runner(
    model="claude-opus-5-5",
    max_tokens=512,
    tools=[price],
    messages=[{"role": "user", "content": "What are a rope and an anchor?"}],
)
for message in runner:
    response = runner.generate_tool_call_response()
    if response is None:
        print(message.content[-1].text)
        continue
    for result in response["content"]:
        print(result["tool_use_id"], result.get("is_error", False), "12 crowns" in str(result["content"]))
