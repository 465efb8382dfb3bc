from baseten_messages_client import Baseten, Message, params


def ask(client: Baseten, question: str, system: str | None = None, temperature: float | None = None) -> Message:
    messages: list[params.InputMessage] = [{"role": "user", "content": question}]
    return client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=messages, system=system, temperature=temperature, tools=None
    )
