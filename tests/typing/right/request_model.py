from baseten_messages_client import AsyncBaseten, Baseten, Message, MessageStream, models

REQUEST = models.MessagesRequest(
    model="zai-org/GLM-5.2",
    max_tokens=64,
    messages=[models.InputMessage(role="user", content="Hi")],
    temperature=0.5,
)


def ask(client: Baseten) -> Message:
    return client.messages.create(REQUEST, timeout=10)


def stream(client: Baseten) -> MessageStream:
    return client.messages.create(REQUEST, stream=True, idle_timeout=5)


async def ask_async(client: AsyncBaseten) -> Message:
    return await client.messages.create(REQUEST)


def read(client: Baseten) -> str:
    with client.messages.stream(REQUEST) as opened:
        return opened.get_final_text()
