from baseten_messages_client import APIStatusError


def is_busy(error: APIStatusError) -> bool:
    return bool(error.status == 429)  # error: the attribute is named status_code
