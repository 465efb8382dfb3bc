import json

import anthropic

client = anthropic.Anthropic()

PREFILL = '{"name":'

message = client.messages.create(
    model="claude-haiku-5-5",
    max_tokens=100,
    messages=[
        {"role": "user", "content": "Give the ship 'Fram' as JSON with name and masts."},
        {"role": "assistant", "content": PREFILL},
    ],
    stop_sequences=["```"],
)
ship = json.loads(PREFILL + message.content[0].text)
print(ship["name"], "has", ship["masts"], "masts")
