import asyncio

from anthropic import AsyncAnthropic

client = AsyncAnthropic()


async def tokens(prompt: str):
    stream = await client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=100,
        messages=[{"role": "user", "content": prompt}],
        stream=True,
    )
    async for event in stream:
        if event.type == "content_block_delta":
            yield event.delta.text


async def main():
    print([token async for token in tokens("Left or right?")])
    await client.close()
    print(client.is_closed())


asyncio.run(main())
