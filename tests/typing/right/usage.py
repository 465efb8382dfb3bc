from baseten_messages_client import Message


def total_tokens(message: Message) -> int:
    return message.usage.input_tokens + message.usage.output_tokens


def cached_share(message: Message) -> float:
    cached = message.usage.cache_read_input_tokens
    if cached is None or not message.usage.input_tokens:
        return 0.0
    return cached / message.usage.input_tokens


def written(message: Message) -> int:
    return message.usage.cache_creation_input_tokens or 0
