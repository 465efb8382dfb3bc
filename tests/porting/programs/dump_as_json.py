import json
from pathlib import Path

from anthropic import Anthropic

client = Anthropic()
message = client.messages.create(
    model="claude-opus-5-5", max_tokens=100, messages=[{"role": "user", "content": "Name a knot."}]
)

Path("answer.json").write_text(message.model_dump_json(indent=2))
saved = json.loads(Path("answer.json").read_text())
print(saved["role"], saved["content"][0]["text"], saved["usage"]["output_tokens"])

print(json.loads(message.to_json())["content"] == message.to_dict()["content"])
print(
    message.to_dict()["stop_reason"], message.model_dump()["type"], sorted(message.model_dump(include={"id", "role"}))
)
print(message.usage.model_dump(exclude_none=True)["input_tokens"])
