from baseten_messages_client import Message


def tool_names(message: Message) -> set[str]:
    names: set[str] = set()
    for block in message.content:
        if block.type != "tool_use":
            continue
        names.add(block.name)
    return names
