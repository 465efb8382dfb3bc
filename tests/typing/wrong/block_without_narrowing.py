from baseten_messages_client import Message


def first_text(message: Message) -> str:
    return str(message.content[0].text)  # error: not every block has a text
