from baseten_messages_client import AsyncBaseten


async def show(client: AsyncBaseten) -> None:
    with client.messages.stream(  # error: async with is needed
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    ) as stream:
        print(stream)
