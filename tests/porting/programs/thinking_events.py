from anthropic import Anthropic
from anthropic.types import ThinkingBlock

client = Anthropic()
kw = {
    "model": "claude-opus-5-5",
    "max_tokens": 2048,
    "thinking": {"type": "enabled", "budget_tokens": 1024},
    "messages": [{"role": "user", "content": "x"}],
}
m = client.messages.create(**kw)
print(
    [b.type for b in m.content],
    m.content[0].thinking,
    m.content[0].signature,
    m.content[1].data,
    isinstance(m.content[0], ThinkingBlock),
)
with client.messages.stream(**kw) as s:
    for e in s:
        if e.type == "thinking":
            print("T", e.thinking, e.snapshot)
        elif e.type == "signature":
            print("S", e.signature)
        elif e.type == "content_block_stop":
            print("stop", e.index, e.content_block.type)
