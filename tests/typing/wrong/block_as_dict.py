from baseten_messages_client import Message


def text(message: Message) -> None:
    print(message.content[0]["text"])  # error: a block is not a dict
