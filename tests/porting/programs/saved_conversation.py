import json
from pathlib import Path

import anthropic

HISTORY = Path("history.json")
client = anthropic.Anthropic()


def load():
    return json.loads(HISTORY.read_text()) if HISTORY.exists() else []


def save(messages):
    HISTORY.write_text(json.dumps(messages, indent=2))


def turn(text):
    messages = load()
    messages.append({"role": "user", "content": text})
    response = client.messages.create(model="claude-opus-5-5", max_tokens=500, messages=messages)
    messages.append(
        {"role": response.role, "content": [block.model_dump(exclude_none=True) for block in response.content]}
    )
    save(messages)
    return response.content[0].text


print(turn("My boat is called Ida."))
print(turn("What is my boat called?"))
print(load()[1]["role"], sorted(load()[1]["content"][0].items()))
