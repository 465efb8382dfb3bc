from baseten_messages_client import params


def number(value: int) -> params.TextBlock:
    return {"type": "text", "text": value}  # error: the text must be a string
