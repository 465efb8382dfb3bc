from baseten_messages_client import Message


def calls(message: Message) -> int:
    count = 0
    for block in message.content:
        if block.type == "tooluse":  # error: misspelt type
            count += 1
    return count
