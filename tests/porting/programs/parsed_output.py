import anthropic
from pydantic import BaseModel


class Ship(BaseModel):
    name: str
    masts: int
    sails: list[str] = []


client = anthropic.Anthropic()

message = client.messages.parse(
    model="claude-sonnet-5-5",
    max_tokens=1024,
    messages=[{"role": "user", "content": "The Belem has three masts. Her sails are the jib and the royal."}],
    output_format=Ship,
)
ship = message.parsed_output
assert isinstance(ship, Ship)
print(ship.name, ship.masts, ship.sails)
print(message.stop_reason in ("end_turn", "tool_use"), message.usage.output_tokens > 0)
