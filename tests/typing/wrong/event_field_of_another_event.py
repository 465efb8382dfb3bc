from baseten_messages_client import StreamEvent


def text_of(event: StreamEvent) -> str:
    match event.type:
        case "content_block_start":
            return str(event.delta)  # error: this event has a content_block
        case _:
            return ""
