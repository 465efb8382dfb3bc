from typing import TypeGuard

from baseten_messages_client import Message, models


def is_text(block: models.ContentBlock) -> TypeGuard[models.TextBlock]:
    return block.type == "text"


def texts(message: Message) -> list[str]:
    return [block.text for block in filter(is_text, message.content)]


def total(message: Message) -> int:
    return sum(len(block.text) for block in message.content if is_text(block))
