from baseten_messages_client import Message


def names(message: Message) -> list[str]:
    found: list[str] = []
    for block in message.content:
        if block.type == "tool_use":
            found.append(block.text)  # error: a call has no text
    return found
