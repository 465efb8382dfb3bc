from baseten_messages_client import Message


def count(message: Message) -> int:
    return len([block for block in message.content if block.type == "txt"])  # error: misspelt type
