import json

from anthropic import Anthropic, beta_tool

client = Anthropic()


@beta_tool
def find_ship(name: str, fleet: str = "north") -> str:
    """Find a ship of a fleet.

    Args:
        name: Name of the ship.
        fleet: Name of the fleet.
    """
    return json.dumps({"name": name, "fleet": fleet, "at": "berth 4"})


runner = client.beta.messages.tool_runner(
    model="claude-opus-5-5",
    max_tokens=1024,
    tools=[find_ship],
    messages=[{"role": "user", "content": "Where is the Belem?"}],
)
message = runner.until_done()
print(message.content[0].text)
print(find_ship.name, find_ship.to_dict()["input_schema"]["required"])
