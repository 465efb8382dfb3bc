from anthropic import Anthropic
from anthropic.types import TextBlock, ThinkingBlock

client = Anthropic()

messages = [{"role": "user", "content": "Is 91 prime?"}]
first = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4000,
    thinking={"type": "enabled", "budget_tokens": 2000},
    messages=messages,
)
for block in first.content:
    match block:
        case ThinkingBlock(thinking=thinking, signature=signature):
            print(f"(thinks: {thinking} / {signature})")
        case TextBlock(text=text):
            print(text)

messages += [{"role": "assistant", "content": first.content}, {"role": "user", "content": "And 97?"}]
second = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4000,
    thinking={"type": "enabled", "budget_tokens": 2000},
    messages=messages,
)
print(next(block.text for block in second.content if block.type == "text"))
