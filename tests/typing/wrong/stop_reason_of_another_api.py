from baseten_messages_client import Message


def is_cut(message: Message) -> bool:
    return message.stop_reason != "stop"  # error: a reason of another API
