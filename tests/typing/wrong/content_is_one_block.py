from baseten_messages_client import params


def user(text: str) -> params.InputMessage:
    return {"role": "user", "content": {"type": "text", "text": text}}  # error: a list of blocks is needed
