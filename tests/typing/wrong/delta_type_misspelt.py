from baseten_messages_client import StreamEvent


def is_text(event: StreamEvent) -> bool:
    if event.type != "content_block_delta":
        return False
    return event.delta.type == "text"  # error: the type is text_delta
