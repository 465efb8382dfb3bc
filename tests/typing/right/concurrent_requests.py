import asyncio

from baseten_messages_client import AsyncBaseten, Message


async def ask(client: AsyncBaseten, question: str, limit: asyncio.Semaphore) -> Message:
    async with limit:
        return await client.messages.create(
            model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": question}]
        )


async def main(questions: list[str]) -> list[str]:
    limit = asyncio.Semaphore(4)
    async with AsyncBaseten(max_retries=5) as client:
        messages = await asyncio.gather(*(ask(client, question, limit) for question in questions))
    return [message.text for message in messages]


print(asyncio.run(main(["Hi", "Bye"])))
