from collections import Counter, defaultdict

from baseten_messages_client import Message, models


def count_types(message: Message) -> Counter[str]:
    return Counter(block.type for block in message.content)


def group(messages: list[Message]) -> dict[str, list[models.ContentBlock]]:
    groups: defaultdict[str, list[models.ContentBlock]] = defaultdict(list)
    for message in messages:
        for block in message.content:
            groups[block.type].append(block)
    return groups


def all_blocks(message: Message) -> list[models.ContentBlock]:
    blocks: list[models.ContentBlock] = message.content
    return sorted(blocks, key=lambda block: block.type)
