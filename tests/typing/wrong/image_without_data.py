from baseten_messages_client import params


def image() -> params.ImageBlock:
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png"}}  # error: data is missing
