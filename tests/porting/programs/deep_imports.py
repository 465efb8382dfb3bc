from anthropic import Anthropic
from anthropic._exceptions import OverloadedError
from anthropic.types.message import Message
from anthropic.types.message_param import MessageParam
from anthropic.types.text_block import TextBlock
from anthropic.types.tool_use_block import ToolUseBlock

client = Anthropic(max_retries=0)
messages: list[MessageParam] = [{"role": "user", "content": "Which rope is this?"}]


def ask() -> Message | None:
    try:
        return client.messages.create(model="claude-haiku-5-5", max_tokens=30, messages=messages)
    except OverloadedError as error:
        print("busy", error.status_code)
        return None


ask()
for block in ask().content:
    if isinstance(block, TextBlock):
        print(block.text)
    assert not isinstance(block, ToolUseBlock)
