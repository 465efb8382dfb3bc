from baseten_messages_client import params


def last_role(messages: list[params.InputMessage]) -> str:
    return str(messages[-1]["roles"])  # error: the key is role
