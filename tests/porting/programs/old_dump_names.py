import json

import anthropic

client = anthropic.Anthropic()
message = client.messages.create(
    model="claude-opus-5-5", max_tokens=20, messages=[{"role": "user", "content": "Short, please."}]
)
record = message.dict()
print(record["role"], record["content"][0]["text"], record["usage"]["output_tokens"])
print(json.loads(message.json())["stop_reason"])
print(message.content[0].dict()["type"], message.model_dump(mode="json")["content"][0]["type"])
