import json
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
log = Path("events.jsonl")

with (
    log.open("w") as file,
    client.messages.create(
        model="claude-opus-5-5", max_tokens=20, messages=[{"role": "user", "content": "Hi"}], stream=True
    ) as stream,
):
    for event in stream:
        file.write(json.dumps(event.to_dict()) + "\n")

for line in log.read_text().splitlines():
    event = json.loads(line)
    print(event["type"], sorted(event.get("delta", {}).items()))
