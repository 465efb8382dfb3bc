from baseten_messages_client import Baseten, Message, models, params


def go_on(client: Baseten, question: str, previous: Message) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": question}, previous.to_param(), {"role": "user", "content": "Why?"}],
    )


def go_on_with_models(client: Baseten, turns: list[models.InputMessage]) -> Message:
    return client.messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=turns)


def go_on_with_either(client: Baseten, turns: list[params.InputMessage | models.InputMessage]) -> Message:
    return client.messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=turns)


def go_on_with_tuple(client: Baseten, *turns: params.InputMessage) -> Message:
    return client.messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=turns)
