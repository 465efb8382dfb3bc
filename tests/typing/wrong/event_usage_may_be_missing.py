from baseten_messages_client import StreamEvent


def tokens(event: StreamEvent) -> int:
    if event.type == "message_delta":
        return event.usage.output_tokens  # error: the usage may be None
    return 0
