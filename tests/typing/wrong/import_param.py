from baseten_messages_client import Baseten, params


def count(messages: list[params.InputMesage]) -> int:  # error: misspelt TypedDict
    return len(messages)


print(Baseten, count([]))
