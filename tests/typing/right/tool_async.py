import asyncio

from baseten_messages_client import AsyncBaseten, BaseTool, tool


@tool
async def fetch(url: str) -> str:
    """Fetch a page."""
    await asyncio.sleep(0)
    return url


async def main() -> None:
    page = await fetch("https://example.com")
    print(page.upper())
    made: BaseTool = fetch
    print(made.is_async)
    async with AsyncBaseten() as client:
        runner = client.messages.tool_runner(
            tools=[fetch],
            model="zai-org/GLM-5.2",
            max_tokens=1024,
            messages=[{"role": "user", "content": "Read example.com."}],
        )
        async for message in runner:
            print(message.text)
        print((await runner.until_done()).text)


asyncio.run(main())
