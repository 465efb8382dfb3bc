from baseten_messages_client import Message


def signature(message: Message) -> str | None:
    for block in message.content:
        if block.type == "thinking":
            found: str | None = block.signature
            return found
    return None


def ended_by(message: Message) -> str:
    sequence: str | None = message.stop_sequence
    return "its end" if sequence is None else sequence.strip()
