from baseten_messages_client import Baseten, params


def user(text: str) -> params.InputMessage:
    return {"role": "user", "content": text}


def assistant(text: str) -> params.InputMessage:
    return {"role": "assistant", "content": [{"type": "text", "text": text}]}


def last_turns(messages: list[params.InputMessage], count: int) -> list[params.InputMessage]:
    return messages[-count:]


def ask(client: Baseten, messages: list[params.InputMessage]) -> str:
    message = client.messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=last_turns(messages, 8))
    return message.text


print(ask(Baseten(), [user("Hi"), assistant("Hello!"), user("Bye")]))
