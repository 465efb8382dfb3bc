from baseten_messages_client import AsyncBaseten


async def stop(client: AsyncBaseten) -> None:
    await client.close()  # error: the method is named aclose
