from baseten_messages_client import Baseten


async def main() -> None:
    async with Baseten() as client:  # error: this client is not async
        print(client)
