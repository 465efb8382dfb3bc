from unittest.mock import patch

import anthropic
from anthropic.resources.messages import Messages

client = anthropic.Anthropic()
with patch.object(Messages, "create", return_value="fake"):
    print(client.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[]))
print(isinstance(client.messages, Messages))
print(
    client.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
    .content[0]
    .text
)
