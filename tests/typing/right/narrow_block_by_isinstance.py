from baseten_messages_client import Message
from baseten_messages_client.models import TextBlock, ToolUseBlock


def first_text(message: Message) -> str | None:
    for block in message.content:
        if isinstance(block, TextBlock):
            return block.text
    return None


def calls(message: Message) -> list[ToolUseBlock]:
    return [block for block in message.content if isinstance(block, ToolUseBlock)]
