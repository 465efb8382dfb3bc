from baseten_messages_client import Baseten


def make(key: str) -> Baseten:
    return Baseten(api_key=key, auth_scheme="bearer")  # error: the scheme is "Bearer"
