from baseten_messages_client import Message


def is_from_user(message: Message) -> bool:
    return message.role == "user"  # error: the role is always assistant
