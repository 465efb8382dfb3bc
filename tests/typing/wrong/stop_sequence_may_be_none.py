from baseten_messages_client import Message


def ended_by(message: Message) -> str:
    return message.stop_sequence.strip()  # error: it may be None
