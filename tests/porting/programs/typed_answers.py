from collections.abc import Iterator

import anthropic
from anthropic.types import ContentBlock, Message, MessageParam, TextBlock, ToolUseBlock


def texts(message: Message) -> Iterator[str]:
    for block in message.content:
        if isinstance(block, TextBlock):
            yield block.text


def calls(blocks: list[ContentBlock]) -> list[ToolUseBlock]:
    return [block for block in blocks if isinstance(block, ToolUseBlock)]


def ask(client: anthropic.Anthropic, *prompts: MessageParam) -> Message:
    return client.messages.create(model="claude-haiku-5-5", max_tokens=50, messages=prompts)


client = anthropic.Anthropic()
message = ask(client, {"role": "user", "content": "Hi"}, {"role": "user", "content": "Are you there?"})
assert isinstance(message, Message)
print(list(texts(message)), calls(message.content))
