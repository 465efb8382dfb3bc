from baseten_messages_client import params


def system(text: str) -> list[params.TextBlock]:
    return [{"type": "text", "text": text, "cache_control": {"type": "permanent"}}]  # error: it is ephemeral
