import asyncio

from anthropic import AsyncAnthropic

client = AsyncAnthropic()


async def translate(word: str, limit: asyncio.Semaphore) -> str:
    async with limit:
        message = await client.messages.create(
            model="claude-haiku-5-5",
            max_tokens=20,
            messages=[{"role": "user", "content": f"Translate into French: {word}"}],
        )
        return f"{word}: {message.content[0].text}"


async def main() -> None:
    limit = asyncio.Semaphore(3)
    words = ["sea", "ship", "sail", "rope", "wind"]
    answers = await asyncio.gather(*(translate(word, limit) for word in words))
    print("\n".join(answers))


asyncio.run(main())
