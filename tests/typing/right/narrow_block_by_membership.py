from baseten_messages_client import Message


def visible(message: Message) -> int:
    return sum(1 for block in message.content if block.type in ("text", "tool_use"))


def has_thinking(message: Message) -> bool:
    return any(block.type == "thinking" for block in message.content)
