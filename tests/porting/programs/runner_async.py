import asyncio

from anthropic import AsyncAnthropic, beta_async_tool


@beta_async_tool
async def wind(place: str) -> str:
    """Wind at a place."""
    await asyncio.sleep(0)
    return f"{place}: 4 Beaufort"


async def main() -> None:
    async with AsyncAnthropic() as client:
        runner = client.beta.messages.tool_runner(
            model="claude-opus-5-5",
            max_tokens=1024,
            tools=[wind],
            messages=[{"role": "user", "content": "How is the wind at Brest?"}],
        )
        async for message in runner:
            print(message.stop_reason)
        final = await runner.until_done()
        print(final.content[0].text)


asyncio.run(main())
