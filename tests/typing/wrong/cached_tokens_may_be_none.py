from baseten_messages_client import Message


def cached_share(message: Message) -> float:
    return message.usage.cache_read_input_tokens / message.usage.input_tokens  # error: it may be None
