from baseten_messages_client import AsyncBaseten


async def show(client: AsyncBaseten) -> None:
    async with client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    ) as stream:
        for event in stream:  # error: async for is needed
            print(event)
