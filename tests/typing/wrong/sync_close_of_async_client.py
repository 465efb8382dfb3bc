from baseten_messages_client import AsyncBaseten


async def stop(client: AsyncBaseten) -> None:
    client.close()  # error: it must be awaited
