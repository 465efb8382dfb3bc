from baseten_messages_client import Message


def arguments(message: Message) -> list[str]:
    return [str(block.inputs) for block in message.content if block.type == "tool_use"]  # error: the field is input
