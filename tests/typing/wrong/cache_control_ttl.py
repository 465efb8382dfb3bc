from baseten_messages_client import params


def block(text: str) -> params.TextBlock:
    return {
        "type": "text",
        "text": text,
        "cache_control": {"type": "ephemeral", "ttl": "2h"},  # error: "5m" or "1h" is needed
    }
