from baseten_messages_client import StreamEvent


def is_start(event: StreamEvent) -> bool:
    return event.type == "content_block_begin"  # error: the type is content_block_start
