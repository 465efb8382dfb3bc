from baseten_messages_client import AsyncBaseten


async def warm_up(client: AsyncBaseten) -> None:
    client.messages.create(  # error: the call is never awaited
        model="zai-org/GLM-5.2", max_tokens=1, messages=[{"role": "user", "content": "Hi"}]
    )
