from baseten_messages_client import Message


def is_done(message: Message) -> bool:
    return message.stop_reason in ("stop", "length")  # error: reasons of another API
