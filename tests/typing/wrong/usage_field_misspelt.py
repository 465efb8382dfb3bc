from baseten_messages_client import Message


def total(message: Message) -> int:
    usage = message.usage
    return usage.input_tokens + int(usage.completion_tokens)  # error: the field is named output_tokens
