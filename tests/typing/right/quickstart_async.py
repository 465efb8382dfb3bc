import asyncio

from baseten_messages_client import AsyncBaseten


async def main() -> None:
    async with AsyncBaseten() as client:
        message = await client.messages.create(
            model="deepseek-ai/DeepSeek-V4-Pro",
            max_tokens=1024,
            messages=[{"role": "user", "content": "Hello!"}],
        )
    print(message.text)


asyncio.run(main())
