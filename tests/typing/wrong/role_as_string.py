from baseten_messages_client import params


def turn(role: str, text: str) -> params.InputMessage:
    return {"role": role, "content": text}  # error: any string is not a role
