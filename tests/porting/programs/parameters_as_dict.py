from typing import Any

import anthropic
from anthropic.types import MessageParam

DEFAULTS: dict[str, Any] = {"model": "claude-sonnet-5-5", "max_tokens": 256, "stop_sequences": ["\n\n"]}

client = anthropic.Anthropic()


def run(prompt: str, **overrides: Any) -> str:
    messages: list[MessageParam] = [{"role": "user", "content": prompt}]
    params = {**DEFAULTS, **overrides, "messages": messages}
    return client.messages.create(**params).content[0].text


print(run("Name a bird."))
print(run("Name a fish.", max_tokens=8, system="You know the sea."))
