from baseten_messages_client import Message, MessageStream, models


def is_visible(block: models.ContentBlock) -> bool:
    return block.type in ("text", "image")


def length(delta: models.ContentBlockDelta) -> int:
    if delta.type == "text_delta":
        return len(delta.text)
    if delta.type == "thinking_delta":
        return len(delta.thinking)
    return 0


def on_event(event: models.StreamEvent) -> int:
    return length(event.delta) if event.type == "content_block_delta" else 0


def count(raw: MessageStream[models.StreamEvent]) -> int:
    return sum(on_event(event) for event in raw)


def visible(message: Message) -> list[models.ContentBlock]:
    return [block for block in message.content if is_visible(block)]
