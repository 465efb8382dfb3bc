import asyncio

from anthropic import AsyncAnthropic


async def relay(queue: asyncio.Queue) -> None:
    client = AsyncAnthropic()
    try:
        async with client.messages.stream(
            model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Call the watch."}]
        ) as stream:
            async for event in stream:
                if event.type == "text":
                    await queue.put(event.text)
                elif event.type == "message_stop":
                    await queue.put(f"<{event.message.stop_reason}>")
    finally:
        await queue.put(None)
        await client.close()


async def main() -> None:
    queue: asyncio.Queue = asyncio.Queue()
    task = asyncio.create_task(relay(queue))
    while (item := await queue.get()) is not None:
        print(item.strip())
    await task


asyncio.run(main())
