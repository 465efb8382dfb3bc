from baseten_messages_client import AsyncBaseten


async def ask(client: AsyncBaseten) -> str:
    message = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
    return message.text  # error: the call was not awaited
