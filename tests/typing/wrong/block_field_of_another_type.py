from baseten_messages_client import Message


def show(message: Message) -> None:
    for block in message.content:
        if block.type == "tool_use":
            print(block.text)  # error: a call has no text
        elif block.type == "text":
            print(block.text)
