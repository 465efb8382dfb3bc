from baseten_messages_client import Baseten


def make(key: str) -> Baseten:
    return Baseten(key)  # error: the options are keywords
