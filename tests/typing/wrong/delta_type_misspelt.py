from baseten_messages_client import StreamEvent


def text_of(event: StreamEvent) -> str:
    if event.type == "content_block_delta":
        if event.delta.type == "text":  # error: the type is text_delta
            return "text"
    return ""
