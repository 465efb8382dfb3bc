from unittest.mock import MagicMock, patch

import anthropic
from anthropic.types import TextBlock

client = anthropic.Anthropic()


def summarize(c, text):
    return (
        c.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": text}])
        .content[0]
        .text
    )


with patch.object(client.messages, "create") as create:
    create.return_value = MagicMock(content=[TextBlock(type="text", text="short")])
    print(summarize(client, "long"), create.call_args.kwargs["max_tokens"])
with patch.object(client.messages, "create", side_effect=ValueError("no")):
    try:
        summarize(client, "x")
    except ValueError as e:
        print(e)
