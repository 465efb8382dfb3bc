from baseten_messages_client import params


def image(url: str) -> params.ImageBlock:
    return {"type": "image", "source": {"type": "url", "href": url}}  # error: the key is url
