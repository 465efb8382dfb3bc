from baseten_messages_client import params


def image(data: str) -> params.ImageBlock:
    return {
        "type": "image",
        "source": {"type": "base46", "media_type": "image/png", "data": data},  # error: misspelt type
    }
