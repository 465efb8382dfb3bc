from anthropic import Anthropic, beta_tool

client = Anthropic()


@beta_tool
def moor(berth: int, ship: str) -> str:
    """Moor a ship.

    Args:
        berth: Number of the berth.
        ship: Name of the ship.
    """
    return f"{ship} lies at {berth}"


response = client.beta.messages.create(
    model="claude-opus-5-5",
    max_tokens=200,
    tools=[moor.to_dict()],
    messages=[{"role": "user", "content": "Moor the Argo at 7."}],
)
for block in response.content:
    if block.type == "tool_use":
        print(moor.call(block.input))
print(moor(berth=8, ship="Fram"))
print(moor.description.splitlines()[0], moor.input_schema["properties"]["berth"]["type"])
