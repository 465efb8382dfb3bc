from baseten_messages_client import params


def user(text: str) -> params.InputMessage:
    return {"role": "user", "contents": text}  # error: the key is content
