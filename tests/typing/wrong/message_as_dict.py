from baseten_messages_client import Message


def content(message: Message) -> None:
    print(message["content"])  # error: a message is not a dict
