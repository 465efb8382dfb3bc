from baseten_messages_client import AsyncToolRunner, Message


async def show(runner: AsyncToolRunner[Message]) -> None:
    for message in runner:  # error: async for is needed
        print(message)
